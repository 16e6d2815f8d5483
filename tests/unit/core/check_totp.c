/* Time-based codes: the vectors of RFC 6238, the time window, and no reuse of a code. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/token.h"
#include "core/totp.h"

/* RFC 6238, appendix B: "12345678901234567890" with SHA-1; the last six of its eight digits. */
static const char secret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
static const struct {
	int64_t time;
	const char *code;
} vectors[] = {
	{ 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" }, { 1234567890, "005924" }, { 2000000000, "279037" },
	{ 20000000000, "353130" },
};

static void
setup(void)
{
	token_init();
	arena_setup();
}

START_TEST(codes_match_rfc_6238)
{
	int64_t step = -1;

	ck_assert(totp_step(secret, vectors[_i].code, vectors[_i].time, 0, &step));
	ck_assert_int_eq(step, vectors[_i].time / TOTP_SECONDS);
}
END_TEST

START_TEST(codes_are_accepted_one_step_early_or_late)
{
	int64_t begins = 1234567890 / TOTP_SECONDS * TOTP_SECONDS, step;

	ck_assert(totp_step(secret, "005924", begins - TOTP_SECONDS, 0, &step));
	ck_assert(totp_step(secret, "005924", begins + 2 * TOTP_SECONDS - 1, 0, &step));
	ck_assert_int_eq(step, begins / TOTP_SECONDS);
	ck_assert(!totp_step(secret, "005924", begins - TOTP_SECONDS - 1, 0, &step));
	ck_assert(!totp_step(secret, "005924", begins + 2 * TOTP_SECONDS, 0, &step));
}
END_TEST

START_TEST(no_code_is_accepted_twice_nor_an_earlier_one)
{
	int64_t now = 1234567890, present = now / TOTP_SECONDS, step = -1;

	ck_assert(totp_step(secret, "005924", now, present - 1, &step));
	ck_assert(!totp_step(secret, "005924", now, present, &step));
	ck_assert(!totp_step(secret, "005924", now + TOTP_SECONDS, present + 1, &step));
}
END_TEST

START_TEST(wrong_and_malformed_codes_are_refused)
{
	static const char *const wrong[] = { "", "0", "00592", "0059240", "89005924", "005925", "-05924", "abcdef", "００５９２４" };
	int64_t step;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		ck_assert_msg(!totp_step(secret, wrong[i], 1234567890, 0, &step), "%s", wrong[i]);
	ck_assert(!totp_step("not base32!", "005924", 1234567890, 0, &step));
}
END_TEST

START_TEST(secrets_are_base32_and_differ)
{
	const char *one = totp_secret_new(arena), *other = totp_secret_new(arena);

	ck_assert_uint_eq(strlen(one), TOTP_SECRET_BYTES * 8 / 5);
	ck_assert_uint_eq(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), strlen(one));
	ck_assert_str_ne(one, other);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("totp");
	TCase *cases = tcase_create("totp");

	tcase_add_checked_fixture(cases, setup, arena_teardown);
	tcase_add_loop_test(cases, codes_match_rfc_6238, 0, sizeof(vectors) / sizeof(*vectors));
	tcase_add_test(cases, codes_are_accepted_one_step_early_or_late);
	tcase_add_test(cases, no_code_is_accepted_twice_nor_an_earlier_one);
	tcase_add_test(cases, wrong_and_malformed_codes_are_refused);
	tcase_add_test(cases, secrets_are_base32_and_differ);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
