/*
 * Two-factor authentication in the database: the secret is encrypted and cannot be replaced once it is on, no code works
 * twice, and there are recovery codes.
 */
#include "support/store_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "store/auth/second_factor.h"

static int64_t anna, bert;

static void
setup(void)
{
	store_setup();
	anna = store_user(store, "Anna", "owner");
	bert = store_user(store, "Bert", "member");
	ck_assert_int_eq(db_begin_private(store->db), OK);
}

static void
teardown(void)
{
	db_end(store->db);
	store_close(store);
}

static enum status
begin(int64_t user_id, const char *secret)
{
	return second_factor_begin(store->db, store->arena, user_id, secret, STORE_NOW);
}

static bool
is_on(int64_t user_id)
{
	bool on;

	ck_assert_int_eq(second_factor_is_on(store->db, user_id, &on), OK);
	return on;
}

START_TEST(a_confirmed_secret_turns_it_on_and_cannot_be_replaced)
{
	struct second_factor factor;

	ck_assert_int_eq(second_factor_of_user(store->db, store->arena, anna, &factor), NOT_FOUND);
	ck_assert_int_eq(second_factor_confirm(store->db, anna, 7, STORE_NOW), NOT_FOUND);
	ck_assert_int_eq(begin(anna, "FIRST"), OK);
	ck_assert_int_eq(begin(anna, "SECOND"), OK);
	ck_assert(!is_on(anna));
	ck_assert_int_eq(second_factor_use(store->db, anna, 9), NOT_FOUND);
	ck_assert_int_eq(second_factor_confirm(store->db, anna, 7, STORE_NOW), OK);
	ck_assert(is_on(anna) && !is_on(bert));
	ck_assert_int_eq(second_factor_confirm(store->db, anna, 8, STORE_NOW), NOT_FOUND);
	ck_assert_int_eq(begin(anna, "THIRD"), CONFLICT);
	ck_assert_int_eq(second_factor_of_user(store->db, store->arena, anna, &factor), OK);
	ck_assert_str_eq(factor.secret, "SECOND");
	ck_assert_int_eq(factor.step, 7);
}
END_TEST

START_TEST(no_code_is_accepted_twice)
{
	ck_assert_int_eq(begin(anna, "SECRET"), OK);
	ck_assert_int_eq(second_factor_confirm(store->db, anna, 7, STORE_NOW), OK);
	ck_assert_int_eq(second_factor_use(store->db, anna, 7), NOT_FOUND);
	ck_assert_int_eq(second_factor_use(store->db, anna, 8), OK);
	ck_assert_int_eq(second_factor_use(store->db, anna, 8), NOT_FOUND);
	ck_assert_int_eq(second_factor_use(store->db, anna, 6), NOT_FOUND);
}
END_TEST

START_TEST(the_secret_is_encrypted_with_a_key_of_its_user)
{
	struct second_factor factor;

	ck_assert_int_eq(begin(anna, "SECRETOFANNA"), OK);
	ck_assert_int_eq(begin(bert, "SECRETOFBERT"), OK);
	ck_assert_int_eq(db_execute(store->db, "SELECT CASE WHEN secret LIKE '%SECRET%' THEN abs(-9223372036854775808) END FROM second_factor"), OK);
	ck_assert_int_eq(db_execute(store->db, "UPDATE second_factor SET secret = (SELECT b.secret FROM second_factor AS b ORDER BY b.user_id DESC LIMIT 1)"),
		OK);
	ck_assert_int_eq(second_factor_of_user(store->db, store->arena, bert, &factor), OK);
	ck_assert_int_eq(second_factor_of_user(store->db, store->arena, anna, &factor), FAULT);
}
END_TEST

START_TEST(a_recovery_code_works_once_in_any_spelling)
{
	const char *codes[RECOVERY_CODES], *newer[RECOVERY_CODES];
	int64_t left = 0;
	char *loud;

	ck_assert_int_eq(recovery_code_renew(store->db, store->arena, anna, STORE_NOW, codes), OK);
	ck_assert_uint_eq(strlen(codes[0]), strlen("abcd-efgh-jkmn"));
	ck_assert_int_eq(recovery_code_use(store->db, store->arena, bert, codes[0]), NOT_FOUND);
	loud = arena_dup(store->arena, codes[0]);
	for (char *letter = loud; *letter != '\0'; letter++)
		*letter = *letter == '-' ? ' ' : *letter >= 'a' && *letter <= 'z' ? (char)(*letter - 'a' + 'A') : *letter;
	ck_assert_int_eq(recovery_code_use(store->db, store->arena, anna, loud), OK);
	ck_assert_int_eq(recovery_code_use(store->db, store->arena, anna, codes[0]), NOT_FOUND);
	ck_assert_int_eq(recovery_code_use(store->db, store->arena, anna, ""), NOT_FOUND);
	ck_assert_int_eq(recovery_code_left(store->db, anna, &left), OK);
	ck_assert_int_eq(left, RECOVERY_CODES - 1);
	ck_assert_int_eq(recovery_code_renew(store->db, store->arena, anna, STORE_NOW, newer), OK);
	ck_assert_int_eq(recovery_code_use(store->db, store->arena, anna, codes[1]), NOT_FOUND);
	ck_assert_int_eq(recovery_code_use(store->db, store->arena, anna, newer[1]), OK);
}
END_TEST

START_TEST(turning_it_off_deletes_the_recovery_codes)
{
	const char *codes[RECOVERY_CODES];
	int64_t left = -1;

	ck_assert_int_eq(second_factor_end(store->db, anna), NOT_FOUND);
	ck_assert_int_eq(begin(anna, "SECRET"), OK);
	ck_assert_int_eq(second_factor_confirm(store->db, anna, 7, STORE_NOW), OK);
	ck_assert_int_eq(recovery_code_renew(store->db, store->arena, anna, STORE_NOW, codes), OK);
	ck_assert_int_eq(second_factor_end(store->db, anna), OK);
	ck_assert(!is_on(anna));
	ck_assert_int_eq(recovery_code_left(store->db, anna, &left), OK);
	ck_assert_int_eq(left, 0);
}
END_TEST

START_TEST(a_sign_in_challenge_expires_and_ends_with_the_sign_in)
{
	const char *token, *again;
	struct user user = { 0 };
	bool by_link = false;

	ck_assert_int_eq(sign_in_challenge_add(store->db, store->arena, anna, true, STORE_NOW, &token), OK);
	ck_assert_int_eq(sign_in_challenge_user(store->db, store->arena, token, STORE_NOW + SIGN_IN_CHALLENGE_SECONDS - 1, &user, &by_link), OK);
	ck_assert_int_eq(user.id, anna);
	ck_assert(by_link);
	ck_assert_int_eq(sign_in_challenge_user(store->db, store->arena, token, STORE_NOW + SIGN_IN_CHALLENGE_SECONDS, &user, &by_link), NOT_FOUND);
	ck_assert_int_eq(sign_in_challenge_user(store->db, store->arena, "", STORE_NOW, &user, &by_link), NOT_FOUND);
	ck_assert_int_eq(sign_in_challenge_add(store->db, store->arena, anna, true, STORE_NOW, &again), OK);
	ck_assert_int_eq(sign_in_challenge_end(store->db, anna), OK);
	ck_assert_int_eq(sign_in_challenge_user(store->db, store->arena, token, STORE_NOW, &user, &by_link), NOT_FOUND);
	ck_assert_int_eq(sign_in_challenge_user(store->db, store->arena, again, STORE_NOW, &user, &by_link), NOT_FOUND);
}
END_TEST

START_TEST(the_setting_requires_it_from_owners_or_editors)
{
	static const struct {
		const char *setting, *role;
		bool required;
	} cases[] = {
		{ "off", "owner", false }, { "", "owner", false }, { "owners", "owner", true }, { "owners", "editor", false },
		{ "moderators", "owner", true }, { "moderators", "editor", true }, { "moderators", "moderator", true }, { "moderators", "author", false },
		{ "moderators", "member", false }, { "editors", "moderator", false },
		{ "editors", "owner", true }, { "editors", "editor", true }, { "editors", "author", false }, { "editors", "member", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct user user = { .role = cases[i].role };
		ck_assert_msg(second_factor_is_required(cases[i].setting, &user) == cases[i].required, "%s %s", cases[i].setting, cases[i].role);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("second_factor");
	TCase *cases = tcase_create("second_factor");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_confirmed_secret_turns_it_on_and_cannot_be_replaced);
	tcase_add_test(cases, no_code_is_accepted_twice);
	tcase_add_test(cases, the_secret_is_encrypted_with_a_key_of_its_user);
	tcase_add_test(cases, a_recovery_code_works_once_in_any_spelling);
	tcase_add_test(cases, turning_it_off_deletes_the_recovery_codes);
	tcase_add_test(cases, a_sign_in_challenge_expires_and_ends_with_the_sign_in);
	tcase_add_test(cases, the_setting_requires_it_from_owners_or_editors);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
