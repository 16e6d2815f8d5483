/* The session cookie: only values signed by this site are accepted; and which sessions are idle. */
#include "support/store_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "store/auth/session_cookie.h"

static const char *cookie;

static void
setup(void)
{
	store_setup();
	ck_assert_int_eq(session_cookie_add(store->db, store->arena, "a-token", STORE_NOW, &cookie), OK);
}

static enum status
read_cookie(const char *value)
{
	const char *token;
	int64_t seen;

	return session_cookie_read(store->db, store->arena, value, &token, &seen);
}

START_TEST(token_and_time_are_read_back)
{
	const char *token = NULL;
	int64_t seen = 0;

	ck_assert_int_eq(session_cookie_read(store->db, store->arena, cookie, &token, &seen), OK);
	ck_assert_str_eq(token, "a-token");
	ck_assert_int_eq(seen, STORE_NOW);
}
END_TEST

START_TEST(a_forged_session_cookie_is_refused)
{
	const char *signature = strrchr(cookie, '.');
	const char *const forged[] = { NULL, "", "a-token", "..", "a-token.", "a-token..", "a-token.1.",
		arena_printf(store->arena, "a-token.%d%s", STORE_NOW + 1, signature), /* a later time */
		arena_printf(store->arena, "b-token.%d%s", STORE_NOW, signature),     /* another's session */
		arena_printf(store->arena, "a-token. %d%s", STORE_NOW, signature),
		arena_printf(store->arena, "a-token.%d999999999999999999999%s", STORE_NOW, signature),
		arena_printf(store->arena, "%s0", cookie), arena_printf(store->arena, "%s.", cookie),
		arena_bytes(store->arena, cookie, strlen(cookie) - 1) };

	for (size_t i = 0; i < sizeof(forged) / sizeof(*forged); i++)
		ck_assert_msg(read_cookie(forged[i]) == NOT_FOUND, "%s", forged[i]);
}
END_TEST

START_TEST(editors_and_owners_are_signed_out_sooner)
{
	static const struct {
		const char *role;
		int64_t idle;
	} roles[] = { { "member", SESSION_COOKIE_IDLE }, { "author", SESSION_COOKIE_IDLE }, { "editor", SESSION_COOKIE_IDLE_TRUSTED }, { "owner", SESSION_COOKIE_IDLE_TRUSTED } };

	for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++) {
		struct user user = { .role = roles[i].role };
		ck_assert(session_cookie_is_valid(&user, STORE_NOW, STORE_NOW + roles[i].idle - 1));
		ck_assert(!session_cookie_is_valid(&user, STORE_NOW, STORE_NOW + roles[i].idle));
		ck_assert(session_cookie_is_valid(&user, STORE_NOW + 1000, STORE_NOW)); /* a script's cookie is valid until its session ends */
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("session_cookie");
	TCase *cases = tcase_create("session_cookie");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_add_test(cases, token_and_time_are_read_back);
	tcase_add_test(cases, a_forged_session_cookie_is_refused);
	tcase_add_test(cases, editors_and_owners_are_signed_out_sooner);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
