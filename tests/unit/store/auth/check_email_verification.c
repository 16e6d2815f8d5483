/* Links and codes from an email, and invitations: each works once, until it expires. */
#include "support/store_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "store/account/user_role.h"
#include "store/user/invitation.h"
#include "store/auth/email_verification.h"

static int64_t anna, owner;

static void
setup(void)
{
	store_setup();
	anna = store_user(store, "Anna", "member");
	owner = store_user(store, "Otto", "owner");
	(void)store_user(store, "Olga", "owner");
	ck_assert_int_eq(db_begin_private(store->db), OK);
}

static void
teardown(void)
{
	db_end(store->db);
	store_close(store);
}

/* One more request about that, with an email or without. */
static struct email_verification_keys
add_about(const char *about, bool mailed)
{
	const struct email_verification verification = { .user_id = anna, .mailed = mailed, .created = STORE_NOW, .expires = STORE_NOW + EMAIL_VERIFICATION_SECONDS };
	struct email_verification_keys keys;

	ck_assert_int_eq(email_verification_add(store->db, store->arena, about, &verification, &keys), OK);
	return keys;
}

static struct email_verification_keys
add(void)
{
	return add_about("sign-in anna@example.org", true);
}

static enum status
type_code(const char *page_token, const char *typed, struct email_verification *ret_mailed)
{
	struct email_verification page;

	ck_assert_int_eq(email_verification_by_page(store->db, store->arena, page_token, STORE_NOW, &page), OK);
	return email_verification_by_code(store->db, store->arena, &page, typed, STORE_NOW, ret_mailed);
}

START_TEST(link_and_code_belong_together_and_work_once)
{
	struct email_verification_keys keys = add(), other = add_about("sign-in bert@example.org", true);
	struct email_verification by_link, by_page, by_code;

	ck_assert_int_eq(email_verification_by_link(store->db, store->arena, keys.link, STORE_NOW, &by_link), OK);
	ck_assert_int_eq(email_verification_by_page(store->db, store->arena, keys.page, STORE_NOW, &by_page), OK);
	ck_assert_str_eq(by_link.id, by_page.id);
	ck_assert_int_eq(by_link.user_id, anna);
	ck_assert_int_eq(email_verification_by_link(store->db, store->arena, keys.page, STORE_NOW, &by_link), NOT_FOUND);
	ck_assert_int_eq(email_verification_by_page(store->db, store->arena, keys.link, STORE_NOW, &by_link), NOT_FOUND);
	ck_assert_int_eq(type_code(keys.page, other.code, &by_code), NOT_FOUND);
	ck_assert_int_eq(type_code(other.page, keys.code, &by_code), NOT_FOUND);
	ck_assert_int_eq(type_code(keys.page, keys.code, &by_code), OK);
	ck_assert_str_eq(by_code.id, by_page.id);
	ck_assert_int_eq(email_verification_use(store->db, &by_page), OK);
	ck_assert_int_eq(email_verification_use(store->db, &by_link), NOT_FOUND);
	ck_assert_int_eq(email_verification_by_link(store->db, store->arena, keys.link, STORE_NOW, &by_link), NOT_FOUND);
	ck_assert_int_eq(email_verification_by_link(store->db, store->arena, other.link, STORE_NOW, &by_link), OK);
}
END_TEST

/* When no further email is sent to a mailbox, the page accepts the codes of the emails that were sent before. */
START_TEST(a_page_accepts_codes_of_all_emails_of_its_purpose_and_address)
{
	struct email_verification_keys first = add(), second = add(), late = add_about("sign-in anna@example.org", false), join = add_about("join anna@example.org", false);
	struct email_verification mailed, by_link;

	ck_assert_int_eq(type_code(late.page, first.code, &mailed), OK);
	ck_assert_int_eq(type_code(late.page, second.code, &mailed), OK);
	ck_assert_int_eq(email_verification_by_link(store->db, store->arena, second.link, STORE_NOW, &by_link), OK);
	ck_assert_str_eq(mailed.id, by_link.id);
	ck_assert_int_eq(email_verification_use(store->db, &mailed), OK);
	ck_assert_int_eq(type_code(late.page, second.code, &mailed), NOT_FOUND);
	ck_assert_int_eq(type_code(first.page, first.code, &mailed), OK);
	/* Its own code was sent to nobody. */
	ck_assert_int_eq(type_code(late.page, late.code, &mailed), NOT_FOUND);
	ck_assert_int_eq(type_code(first.page, late.code, &mailed), NOT_FOUND);
	ck_assert_int_eq(type_code(join.page, first.code, &mailed), NOT_FOUND);
}
END_TEST

START_TEST(a_code_is_accepted_in_capitals_and_with_spaces)
{
	struct email_verification_keys keys = add();
	struct email_verification mailed;
	char *capital = arena_dup(store->arena, keys.code);

	for (char *c = capital; *c != '\0'; c++)
		*c = (char)(*c >= 'a' ? *c - 32 : *c);
	ck_assert_uint_eq(strlen(keys.code), EMAIL_VERIFICATION_CODE_LENGTH);
	ck_assert_int_eq(type_code(keys.page, capital, &mailed), OK);
	ck_assert_int_eq(type_code(keys.page, email_verification_code_text(store->arena, keys.code), &mailed), OK);
	ck_assert_int_eq(type_code(keys.page, arena_printf(store->arena, " %.2s %s ", keys.code, keys.code + 2), &mailed), OK);
	ck_assert_int_eq(type_code(keys.page, arena_printf(store->arena, "%sA", keys.code), &mailed), NOT_FOUND);
	ck_assert_int_eq(type_code(keys.page, arena_printf(store->arena, "%.7s", keys.code), &mailed), NOT_FOUND);
	ck_assert_int_eq(type_code(keys.page, "", &mailed), NOT_FOUND);
}
END_TEST

static void
type_wrong(const char *page_token, int times)
{
	struct email_verification page;

	ck_assert_int_eq(email_verification_by_page(store->db, store->arena, page_token, STORE_NOW, &page), OK);
	for (int i = 0; i < times; i++)
		ck_assert_int_eq(email_verification_wrong(store->db, &page), OK);
}

START_TEST(five_wrong_codes_end_the_codes_of_a_page_but_not_the_link)
{
	struct email_verification_keys keys = add(), other = add();
	struct email_verification verification;

	type_wrong(keys.page, EMAIL_VERIFICATION_TRIES - 1);
	ck_assert_int_eq(type_code(keys.page, keys.code, &verification), OK);
	type_wrong(keys.page, 1);
	ck_assert_int_eq(type_code(keys.page, keys.code, &verification), TOO_MANY);
	ck_assert_int_eq(type_code(other.page, keys.code, &verification), OK);
	ck_assert_int_eq(email_verification_by_link(store->db, store->arena, keys.link, STORE_NOW, &verification), OK);
}
END_TEST

/* Opening a page is free. Without this limit an attacker could open many pages and guess without end. */
START_TEST(a_hundred_wrong_codes_end_all_codes_of_an_address_but_no_link)
{
	struct email_verification_keys keys = add(), other = add_about("sign-in bert@example.org", true);
	struct email_verification verification;

	for (int i = 0; i < EMAIL_VERIFICATION_TRIES_ALL / EMAIL_VERIFICATION_TRIES; i++) {
		ck_assert_int_eq(type_code(keys.page, keys.code, &verification), OK);
		type_wrong(add_about("sign-in anna@example.org", false).page, EMAIL_VERIFICATION_TRIES);
	}
	ck_assert_int_eq(type_code(keys.page, keys.code, &verification), TOO_MANY);
	ck_assert_int_eq(type_code(other.page, other.code, &verification), OK);
	ck_assert_int_eq(email_verification_by_link(store->db, store->arena, keys.link, STORE_NOW, &verification), OK);
}
END_TEST

START_TEST(email_verification_end_ends_all_requests_of_a_user)
{
	struct email_verification_keys keys = add();
	struct email_verification verification;

	ck_assert_int_eq(email_verification_end(store->db, owner), OK);
	ck_assert_int_eq(email_verification_by_link(store->db, store->arena, keys.link, STORE_NOW, &verification), OK);
	ck_assert_int_eq(email_verification_end(store->db, anna), OK);
	ck_assert_int_eq(email_verification_by_link(store->db, store->arena, keys.link, STORE_NOW, &verification), NOT_FOUND);
	ck_assert_int_eq(email_verification_by_page(store->db, store->arena, keys.page, STORE_NOW, &verification), NOT_FOUND);
}
END_TEST

START_TEST(expired_requests_are_invalid_and_deleted)
{
	struct email_verification_keys keys = add();
	struct email_verification verification;
	bool due;

	ck_assert_int_eq(email_verification_by_link(store->db, store->arena, keys.link, STORE_NOW + EMAIL_VERIFICATION_SECONDS, &verification), NOT_FOUND);
	ck_assert_int_eq(email_verification_by_page(store->db, store->arena, keys.page, STORE_NOW + EMAIL_VERIFICATION_SECONDS, &verification), NOT_FOUND);
	ck_assert_int_eq(email_verification_is_due(store->db, STORE_NOW, &due), OK);
	ck_assert(!due);
	ck_assert_int_eq(email_verification_is_due(store->db, STORE_NOW + EMAIL_VERIFICATION_SECONDS, &due), OK);
	ck_assert(due);
	ck_assert_int_eq(email_verification_sweep(store->db, STORE_NOW + EMAIL_VERIFICATION_SECONDS), OK);
	ck_assert_int_eq(email_verification_is_due(store->db, STORE_NOW + EMAIL_VERIFICATION_SECONDS, &due), OK);
	ck_assert(!due);
}
END_TEST

static const char *
invite(int64_t by)
{
	const struct invitation invitation = { .role = "author", .email = "", .user_id = by, .created = STORE_NOW,
		.expires = STORE_NOW + INVITATION_SECONDS };
	const char *token;

	ck_assert_int_eq(invitation_add(store->db, store->arena, &invitation, &token), OK);
	return token;
}

START_TEST(an_invitation_works_once)
{
	const char *token = invite(owner);
	struct invitation invitation, *list;
	size_t count;

	ck_assert_int_eq(invitation_by_token(store->db, store->arena, token, STORE_NOW, &invitation), OK);
	ck_assert_str_eq(invitation.role, "author");
	ck_assert_str_eq(invitation.inviter, "Otto");
	ck_assert_int_eq(invitation_list(store->db, store->arena, STORE_NOW, &list, &count), OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(invitation_by_token(store->db, store->arena, token, STORE_NOW + INVITATION_SECONDS, &invitation), NOT_FOUND);
	ck_assert_int_eq(invitation_remove(store->db, invitation.id), OK);
	ck_assert_int_eq(invitation_remove(store->db, invitation.id), NOT_FOUND);
	ck_assert_int_eq(invitation_by_token(store->db, store->arena, token, STORE_NOW, &invitation), NOT_FOUND);
}
END_TEST

START_TEST(invitations_of_a_user_without_the_right_are_invalid)
{
	const char *token = invite(owner), *other = invite(0);
	struct user user = store_user_by_id(store, owner);
	struct invitation invitation;

	ck_assert_int_eq(user_role_set(store->db, owner, user.revision, "editor", false), OK);
	ck_assert_int_eq(invitation_by_token(store->db, store->arena, token, STORE_NOW, &invitation), NOT_FOUND);
	ck_assert_int_eq(invitation_by_token(store->db, store->arena, other, STORE_NOW, &invitation), OK);
	ck_assert_str_eq(invitation.inviter, "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("email_verification");
	TCase *cases = tcase_create("email_verification");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, link_and_code_belong_together_and_work_once);
	tcase_add_test(cases, a_code_is_accepted_in_capitals_and_with_spaces);
	tcase_add_test(cases, a_page_accepts_codes_of_all_emails_of_its_purpose_and_address);
	tcase_add_test(cases, five_wrong_codes_end_the_codes_of_a_page_but_not_the_link);
	tcase_add_test(cases, a_hundred_wrong_codes_end_all_codes_of_an_address_but_no_link);
	tcase_add_test(cases, email_verification_end_ends_all_requests_of_a_user);
	tcase_add_test(cases, expired_requests_are_invalid_and_deleted);
	tcase_add_test(cases, an_invitation_works_once);
	tcase_add_test(cases, invitations_of_a_user_without_the_right_are_invalid);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
