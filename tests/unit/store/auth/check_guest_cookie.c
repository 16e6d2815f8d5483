/* The cookie of guests who comment, and who is taken for the author of a comment. */
#include "support/store_case.h"
#include "support/suite.h"

#include <string.h>

#include "core/str.h"
#include "store/auth/guest_cookie.h"
#include "store/comment/comment_author.h"

static const char *
person_of(const char *cookie, int64_t now)
{
	const char *person;

	ck_assert_int_eq(guest_cookie_person(store->db, store->arena, cookie, now, &person), OK);
	return person;
}

START_TEST(a_cookie_names_its_guest_for_a_year)
{
	const char *cookie, *person, *other;

	ck_assert_int_eq(guest_cookie_new(store->db, store->arena, STORE_NOW, &cookie, &person), OK);
	ck_assert_uint_eq(strlen(person), 64);
	ck_assert_str_eq(person_of(cookie, STORE_NOW), person);
	ck_assert_str_eq(person_of(cookie, STORE_NOW + GUEST_SECONDS - 1), person);
	ck_assert_str_eq(person_of(cookie, STORE_NOW + GUEST_SECONDS), "");
	ck_assert_str_eq(person_of(cookie, STORE_NOW - 1), "");
	ck_assert_ptr_null(strstr(cookie, person));
	ck_assert_int_eq(guest_cookie_new(store->db, store->arena, STORE_NOW, &cookie, &other), OK);
	ck_assert_str_ne(person, other);
}
END_TEST

START_TEST(a_changed_cookie_names_nobody)
{
	static const char *const bad[] = { NULL, "", ".", "..", "a.b.c", "a.1.b", "x" };
	const char *cookie, *person;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ck_assert_str_eq(person_of(bad[i], STORE_NOW), "");
	ck_assert_int_eq(guest_cookie_new(store->db, store->arena, STORE_NOW, &cookie, &person), OK);
	for (size_t i = 0; cookie[i] != '\0'; i++) {
		char *changed = arena_dup(store->arena, cookie);
		changed[i] = changed[i] == '1' ? '2' : '1';
		ck_assert_msg(str_empty(person_of(changed, STORE_NOW)), "%zu", i);
	}
}
END_TEST

START_TEST(only_the_account_or_the_cookie_is_the_author)
{
	struct user user = { .id = 3 }, other = { .id = 4 };
	struct comment of_user = { .user_id = 3, .person = "", .name = "Mia" }, of_guest = { .person = "p", .name = "Gina" }, of_nobody = { .person = "", .name = "Gina" };
	struct comment_author account = { .user = &user, .person = "", .network = "n" }, stranger = { .user = &other, .person = "p", .network = "n" };
	struct comment_author guest = { .person = "p", .network = "n" }, nobody = { .person = "", .network = "n" };

	ck_assert(comment_author_is(&account, &of_user) && !comment_author_is(&stranger, &of_user));
	ck_assert(!comment_author_is(&guest, &of_user) && !comment_author_is(&nobody, &of_user));
	ck_assert(comment_author_is(&guest, &of_guest) && !comment_author_is(&nobody, &of_guest) && !comment_author_is(&stranger, &of_guest));
	ck_assert(!comment_author_is(&nobody, &of_nobody) && !comment_author_is(&guest, &of_nobody));
}
END_TEST

START_TEST(a_secret_is_for_one_comment_and_a_quarter_of_an_hour)
{
	struct comment comment = { .id = 7, .created = STORE_NOW, .state = "held" }, other = { .id = 8, .created = STORE_NOW, .state = "held" };
	const char *secret;
	bool knows;

	ck_assert_int_eq(comment_author_secret(store->db, store->arena, &comment, &secret), OK);
	ck_assert_uint_eq(strlen(secret), 43);
	ck_assert_int_eq(comment_author_knows(store->db, store->arena, &comment, secret, STORE_NOW + COMMENT_OWN_SECONDS - 1, &knows), OK);
	ck_assert(knows);
	ck_assert_int_eq(comment_author_knows(store->db, store->arena, &comment, secret, STORE_NOW + COMMENT_OWN_SECONDS, &knows), OK);
	ck_assert(!knows);
	ck_assert_int_eq(comment_author_knows(store->db, store->arena, &other, secret, STORE_NOW, &knows), OK);
	ck_assert(!knows);
	ck_assert(comment_author_may_edit(&comment, STORE_NOW + 1) && !comment_author_may_edit(&comment, STORE_NOW + COMMENT_OWN_SECONDS));
	comment.state = "rejected";
	ck_assert(!comment_author_may_edit(&comment, STORE_NOW + 1));
}
END_TEST

START_TEST(a_guest_cannot_imitate_staff_but_members_are_not_told)
{
	static const struct { const char *name; bool imitates; } names[] = { { "Anna Li", true }, { "ANNA LI", true }, { "Аnnа Li", true }, { "Mia", false },
		{ "Anna", false }, { "", false }, { "!!!", false }, { "Mo\xE2\x80\x8B""d", true } };
	bool imitates;

	(void)store_user(store, "Anna Li", "author");
	(void)store_user(store, "Mod", "moderator");
	(void)store_user(store, "Mia", "member");
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		ck_assert_int_eq(comment_author_imitates(store->db, store->arena, names[i].name, &imitates), OK);
		ck_assert_msg(imitates == names[i].imitates, "%s", names[i].name);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("guest_cookie");
	TCase *cases = tcase_create("guest_cookie");

	tcase_add_checked_fixture(cases, store_setup, store_teardown);
	tcase_set_timeout(cases, 30);
	tcase_add_test(cases, a_cookie_names_its_guest_for_a_year);
	tcase_add_test(cases, a_changed_cookie_names_nobody);
	tcase_add_test(cases, only_the_account_or_the_cookie_is_the_author);
	tcase_add_test(cases, a_secret_is_for_one_comment_and_a_quarter_of_an_hour);
	tcase_add_test(cases, a_guest_cannot_imitate_staff_but_members_are_not_told);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
