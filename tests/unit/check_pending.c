/* Links and codes of a mail, and invitations: each once, for as long as they are good. */
#include "store_fixture.h"
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "store/invitation.h"
#include "store/pending.h"

static struct store *store;
static int64_t anna, owner;

static void
setup(void)
{
	store = store_open();
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

static struct pending_keys
add(void)
{
	const struct pending pending = { .user_id = anna, .created = STORE_NOW, .expires = STORE_NOW + PENDING_SECONDS };
	struct pending_keys keys;

	ck_assert_int_eq(pending_add(store->db, store->arena, &pending, &keys), OK);
	return keys;
}

START_TEST(link_and_code_are_of_one_and_used_once)
{
	struct pending_keys keys = add(), other = add();
	struct pending by_link, by_page;

	ck_assert_int_eq(pending_by_link(store->db, store->arena, keys.link, STORE_NOW, &by_link), OK);
	ck_assert_int_eq(pending_by_page(store->db, store->arena, keys.page, STORE_NOW, &by_page), OK);
	ck_assert_str_eq(by_link.id, by_page.id);
	ck_assert_int_eq(by_link.user_id, anna);
	ck_assert_int_eq(pending_by_link(store->db, store->arena, keys.page, STORE_NOW, &by_link), NOT_FOUND);
	ck_assert_int_eq(pending_by_page(store->db, store->arena, keys.link, STORE_NOW, &by_link), NOT_FOUND);
	ck_assert(!pending_is_code(store->arena, &by_page, keys.page, other.code));
	ck_assert(!pending_is_code(store->arena, &by_page, other.page, keys.code));
	ck_assert(pending_is_code(store->arena, &by_page, keys.page, keys.code));
	ck_assert_int_eq(pending_use(store->db, &by_page), OK);
	ck_assert_int_eq(pending_use(store->db, &by_link), NOT_FOUND);
	ck_assert_int_eq(pending_by_link(store->db, store->arena, keys.link, STORE_NOW, &by_link), NOT_FOUND);
	ck_assert_int_eq(pending_by_link(store->db, store->arena, other.link, STORE_NOW, &by_link), OK);
}
END_TEST

START_TEST(a_code_is_read_however_it_is_typed)
{
	struct pending_keys keys = add();
	struct pending pending;
	char *capital = arena_dup(store->arena, keys.code);

	ck_assert_int_eq(pending_by_page(store->db, store->arena, keys.page, STORE_NOW, &pending), OK);
	for (char *c = capital; *c != '\0'; c++)
		*c = (char)(*c >= 'a' ? *c - 32 : *c);
	ck_assert_uint_eq(strlen(keys.code), CODE_LENGTH);
	ck_assert(pending_is_code(store->arena, &pending, keys.page, capital));
	ck_assert(pending_is_code(store->arena, &pending, keys.page, pending_code_text(store->arena, keys.code)));
	ck_assert(pending_is_code(store->arena, &pending, keys.page, arena_printf(store->arena, " %.2s %s ", keys.code, keys.code + 2)));
	ck_assert(!pending_is_code(store->arena, &pending, keys.page, arena_printf(store->arena, "%sA", keys.code)));
	ck_assert(!pending_is_code(store->arena, &pending, keys.page, arena_printf(store->arena, "%.7s", keys.code)));
	ck_assert(!pending_is_code(store->arena, &pending, keys.page, ""));
}
END_TEST

START_TEST(after_five_wrong_codes_the_right_one_is_none_but_the_link_is)
{
	struct pending_keys keys = add();
	struct pending pending;

	for (int i = 0; i < PENDING_TRIES; i++) {
		ck_assert_int_eq(pending_by_page(store->db, store->arena, keys.page, STORE_NOW, &pending), OK);
		ck_assert(pending_is_code(store->arena, &pending, keys.page, keys.code));
		ck_assert_int_eq(pending_wrong(store->db, &pending), OK);
	}
	ck_assert_int_eq(pending_by_page(store->db, store->arena, keys.page, STORE_NOW, &pending), OK);
	ck_assert(!pending_is_code(store->arena, &pending, keys.page, keys.code));
	ck_assert_int_eq(pending_by_link(store->db, store->arena, keys.link, STORE_NOW, &pending), OK);
}
END_TEST

START_TEST(what_is_over_is_none_and_goes)
{
	struct pending_keys keys = add();
	struct pending pending;
	bool due;

	ck_assert_int_eq(pending_by_link(store->db, store->arena, keys.link, STORE_NOW + PENDING_SECONDS, &pending), NOT_FOUND);
	ck_assert_int_eq(pending_by_page(store->db, store->arena, keys.page, STORE_NOW + PENDING_SECONDS, &pending), NOT_FOUND);
	ck_assert_int_eq(pending_is_due(store->db, STORE_NOW, &due), OK);
	ck_assert(!due);
	ck_assert_int_eq(pending_is_due(store->db, STORE_NOW + PENDING_SECONDS, &due), OK);
	ck_assert(due);
	ck_assert_int_eq(pending_sweep(store->db, STORE_NOW + PENDING_SECONDS), OK);
	ck_assert_int_eq(pending_is_due(store->db, STORE_NOW + PENDING_SECONDS, &due), OK);
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

START_TEST(an_invitation_is_used_once)
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

START_TEST(whoever_may_not_invite_any_more_has_invited_nobody)
{
	const char *token = invite(owner), *other = invite(0);
	struct user user = store_user_by_id(store, owner);
	struct invitation invitation;

	ck_assert_int_eq(user_change(store->db, owner, user.revision, "editor", false), OK);
	ck_assert_int_eq(invitation_by_token(store->db, store->arena, token, STORE_NOW, &invitation), NOT_FOUND);
	ck_assert_int_eq(invitation_by_token(store->db, store->arena, other, STORE_NOW, &invitation), OK);
	ck_assert_str_eq(invitation.inviter, "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pending");
	TCase *cases = tcase_create("pending");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, link_and_code_are_of_one_and_used_once);
	tcase_add_test(cases, a_code_is_read_however_it_is_typed);
	tcase_add_test(cases, after_five_wrong_codes_the_right_one_is_none_but_the_link_is);
	tcase_add_test(cases, what_is_over_is_none_and_goes);
	tcase_add_test(cases, an_invitation_is_used_once);
	tcase_add_test(cases, whoever_may_not_invite_any_more_has_invited_nobody);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
