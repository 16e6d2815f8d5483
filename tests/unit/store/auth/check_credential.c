/* Passwords and links in the database, and the delays for failed attempts. */
#include "support/store_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "store/account/user_role.h"
#include "store/auth/calendar_link.h"
#include "store/auth/credential.h"
#include "store/auth/sign_in_link.h"
#include "store/auth/throttle_count.h"
#include "store/auth/second_factor.h"
#include "store/auth/email_verification.h"
#include "store/schedule/schedule.h"
#include "store/db/site_key.h"
#include "store/auth/session.h"

static int64_t anna, bert;

static void
setup(void)
{
	store_setup();
	anna = store_user(store, "Anna", "member");
	bert = store_user(store, "Bert", "member");
	ck_assert_int_eq(db_begin_private(store->db), OK);
}

static void
teardown(void)
{
	db_end(store->db);
	store_close(store);
}

static const char *
session_of(int64_t user)
{
	const char *token;

	ck_assert_int_eq(session_add(store->db, store->arena, user, STORE_NOW + 60, "x", &token), OK);
	return token;
}

static bool
lives(const char *token)
{
	struct user user;
	enum status status = session_user(store->db, store->arena, token, STORE_NOW, &user);

	ck_assert(status == OK || status == NOT_FOUND);
	return status == OK;
}

START_TEST(a_new_password_ends_all_other_sessions_and_links)
{
	const char *here = session_of(anna), *there = session_of(anna), *other = session_of(bert), *link, *hash;
	struct user user;

	ck_assert_int_eq(sign_in_link_add(store->db, store->arena, anna, STORE_NOW, STORE_NOW + 60, &link), OK);
	ck_assert_int_eq(credential_password(store->db, store->arena, anna, &hash), NOT_FOUND);
	ck_assert_int_eq(credential_change_password(store->db, anna, "first", STORE_NOW, session_id(store->arena, here)), OK);
	ck_assert(lives(here) && !lives(there) && lives(other));
	ck_assert_int_eq(sign_in_link_user(store->db, store->arena, link, STORE_NOW, &user), NOT_FOUND);
	ck_assert_int_eq(credential_password(store->db, store->arena, anna, &hash), OK);
	ck_assert_str_eq(hash, "first");
	ck_assert_int_eq(credential_renew_password(store->db, anna, "renewed"), OK);
	ck_assert(lives(here));
	ck_assert_int_eq(credential_change_password(store->db, anna, "second", STORE_NOW, ""), OK);
	ck_assert(!lives(here));
	ck_assert_int_eq(credential_password(store->db, store->arena, anna, &hash), OK);
	ck_assert_str_eq(hash, "second");
}
END_TEST

/* All kinds of access that a user can have. */
struct access {
	const char *session, *link, *half, *calendar;
	struct email_verification_keys mail;
};

static struct access
give_access(int64_t user)
{
	const struct email_verification verification = { .user_id = user, .mailed = 1, .created = STORE_NOW, .expires = STORE_NOW + 60 };
	struct access access = { .session = session_of(user) };

	ck_assert_int_eq(sign_in_link_add(store->db, store->arena, user, STORE_NOW, STORE_NOW + 60, &access.link), OK);
	ck_assert_int_eq(sign_in_challenge_add(store->db, store->arena, user, true, STORE_NOW, &access.half), OK);
	ck_assert_int_eq(calendar_link_renew(store->db, store->arena, user, STORE_NOW, &access.calendar), OK);
	ck_assert_int_eq(email_verification_add(store->db, store->arena, "sign-in", &verification, &access.mail), OK);
	return access;
}

/* How many of them work. */
static int
works(const struct access *access)
{
	struct email_verification verification;
	struct user user;
	bool by_link;

	return (session_user(store->db, store->arena, access->session, STORE_NOW, &user) == OK) +
		(sign_in_link_user(store->db, store->arena, access->link, STORE_NOW, &user) == OK) +
		(sign_in_challenge_user(store->db, store->arena, access->half, STORE_NOW, &user, &by_link) == OK) +
		(calendar_link_user(store->db, store->arena, access->calendar, &user) == OK) +
		(email_verification_by_link(store->db, store->arena, access->mail.link, STORE_NOW, &verification) == OK) +
		(email_verification_by_page(store->db, store->arena, access->mail.page, STORE_NOW, &verification) == OK);
}

static void
change(int64_t id, const char *role, bool disabled)
{
	struct user user = store_user_by_id(store, id);

	ck_assert_int_eq(user_role_set(store->db, id, user.revision, role, disabled), OK);
}

START_TEST(password_and_role_changes_end_access_for_good)
{
	int64_t author, owner;
	struct access access, other;

	db_end(store->db);
	owner = store_user(store, "Olga", "owner");
	author = store_user(store, "Art", "author");
	ck_assert_int_eq(db_begin_private(store->db), OK);
	other = give_access(owner);
	access = give_access(author);
	ck_assert_int_eq(works(&access), 6);
	ck_assert_int_eq(credential_change_password(store->db, author, "new", STORE_NOW, ""), OK);
	ck_assert_int_eq(works(&access), 0);
	access = give_access(author);
	ck_assert_int_eq(credential_sign_out_others(store->db, author, session_id(store->arena, access.session)), OK);
	ck_assert_int_eq(works(&access), 1);
	ck_assert(lives(access.session));
	access = give_access(author);
	change(author, "author", true);
	ck_assert_int_eq(works(&access), 0);
	change(author, "author", false);
	ck_assert_int_eq(works(&access), 0);
	/* With another role only the calendar ends, since it is for authors. */
	access = give_access(author);
	change(author, "editor", false);
	ck_assert_int_eq(works(&access), 6);
	change(author, "member", false);
	ck_assert_int_eq(works(&access), 5);
	change(author, "author", false);
	ck_assert_int_eq(works(&access), 5);
	ck_assert_int_eq(works(&other), 6);
}
END_TEST

START_TEST(a_sign_in_link_works_once)
{
	const char *link, *over;
	struct user user = { 0 };

	ck_assert_int_eq(sign_in_link_add(store->db, store->arena, anna, STORE_NOW, STORE_NOW + 1, &over), OK);
	ck_assert_int_eq(sign_in_link_add(store->db, store->arena, anna, STORE_NOW, STORE_NOW + 60, &link), OK);
	ck_assert_int_eq(sign_in_link_user(store->db, store->arena, link, STORE_NOW, &user), OK);
	ck_assert_int_eq(sign_in_link_user(store->db, store->arena, over, STORE_NOW + 1, &user), NOT_FOUND);
	ck_assert_int_eq(sign_in_link_use(store->db, store->arena, over, STORE_NOW + 1, &user), NOT_FOUND);
	ck_assert_int_eq(sign_in_link_use(store->db, store->arena, link, STORE_NOW, &user), OK);
	ck_assert_int_eq(user.id, anna);
	ck_assert_int_eq(sign_in_link_use(store->db, store->arena, link, STORE_NOW, &user), NOT_FOUND);
	ck_assert_int_eq(sign_in_link_user(store->db, store->arena, "", STORE_NOW, &user), NOT_FOUND);
}
END_TEST

static int64_t
wait_of(enum throttle_kind kind, const char *name, int64_t now)
{
	int64_t seconds = -1;

	ck_assert_int_eq(throttle_wait(store->db, store->arena, kind, name, now, &seconds), OK);
	return seconds;
}

START_TEST(the_delay_doubles_with_each_attempt_after_the_free_ones)
{
	static const int64_t waits[] = { 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900 };

	for (size_t i = 0; i < sizeof(waits) / sizeof(*waits); i++) {
		ck_assert_int_eq(wait_of(THROTTLE_ACCOUNT, "a@b.org", STORE_NOW), waits[i]);
		ck_assert_int_eq(throttle_add(store->db, store->arena, THROTTLE_ACCOUNT, "a@b.org", STORE_NOW), OK);
	}
	ck_assert_int_eq(wait_of(THROTTLE_ACCOUNT, "a@b.org", STORE_NOW + 899), 1);
	ck_assert_int_eq(wait_of(THROTTLE_ACCOUNT, "a@b.org", STORE_NOW + 900), 0);
	/* A clock that is set back does not make anybody wait for years. */
	ck_assert_int_eq(wait_of(THROTTLE_ACCOUNT, "a@b.org", STORE_NOW - 1000000), 900);
	ck_assert_int_eq(wait_of(THROTTLE_ACCOUNT, "c@d.org", STORE_NOW), 0);
	ck_assert_int_eq(wait_of(THROTTLE_NETWORK, "a@b.org", STORE_NOW), 0);
	ck_assert_int_eq(throttle_subtract(store->db, store->arena, THROTTLE_ACCOUNT, "never@tried.org"), OK);
	ck_assert_int_eq(wait_of(THROTTLE_ACCOUNT, "never@tried.org", STORE_NOW), 0);
	ck_assert_int_eq(throttle_end(store->db, store->arena, THROTTLE_ACCOUNT, "a@b.org"), OK);
	ck_assert_int_eq(wait_of(THROTTLE_ACCOUNT, "a@b.org", STORE_NOW), 0);
}
END_TEST

/* Five emails at once, then one an hour: the newest link is valid for as long (cgi-bin/account/sign_in_mail.c). */
START_TEST(five_emails_to_an_address_are_sent_at_once_then_one_per_hour)
{
	for (int64_t i = 0; i < 5; i++) {
		ck_assert_int_eq(wait_of(THROTTLE_MAIL, "a@b.org", STORE_NOW + i), 0);
		ck_assert_int_eq(throttle_add(store->db, store->arena, THROTTLE_MAIL, "a@b.org", STORE_NOW + i), OK);
	}
	for (int64_t now = STORE_NOW + 4; now < STORE_NOW + 10 * 3600; now += 3600) {
		ck_assert_int_eq(wait_of(THROTTLE_MAIL, "a@b.org", now), 3600);
		ck_assert_int_eq(wait_of(THROTTLE_MAIL, "a@b.org", now + 3599), 1);
		ck_assert_int_eq(wait_of(THROTTLE_MAIL, "a@b.org", now + 3600), 0);
		ck_assert_int_eq(throttle_add(store->db, store->arena, THROTTLE_MAIL, "a@b.org", now + 3600), OK);
	}
	ck_assert_int_eq(wait_of(THROTTLE_ACCOUNT, "a@b.org", STORE_NOW), 0);
}
END_TEST

START_TEST(throttle_subtract_removes_one_attempt)
{
	for (int i = 0; i < 7; i++)
		ck_assert_int_eq(throttle_add(store->db, store->arena, THROTTLE_ACCOUNT, "a@b.org", STORE_NOW), OK);
	ck_assert_int_eq(wait_of(THROTTLE_ACCOUNT, "a@b.org", STORE_NOW), 4);
	ck_assert_int_eq(throttle_subtract(store->db, store->arena, THROTTLE_ACCOUNT, "a@b.org"), OK);
	ck_assert_int_eq(wait_of(THROTTLE_ACCOUNT, "a@b.org", STORE_NOW), 2);
}
END_TEST

START_TEST(attempts_are_deleted_after_a_day)
{
	for (int i = 0; i < 8; i++)
		ck_assert_int_eq(throttle_add(store->db, store->arena, THROTTLE_ACCOUNT, "a@b.org", STORE_NOW), OK);
	ck_assert_int_gt(wait_of(THROTTLE_ACCOUNT, "a@b.org", STORE_NOW), 0);
	ck_assert_int_eq(throttle_add(store->db, store->arena, THROTTLE_ACCOUNT, "other", STORE_NOW + 86401), OK);
	ck_assert_int_eq(wait_of(THROTTLE_ACCOUNT, "a@b.org", STORE_NOW), 0);
}
END_TEST

static const struct {
	const char *address, *network;
} networks[] = { { "192.0.2.77", "192.0.2" }, { "2001:db8:abcd:12::1", "2001:0db8:abcd" }, { "::1", "0000:0000:0000" },
	{ "", "" }, { NULL, "" }, { "unix:", "" }, { "1.2.3", "" }, { "192.0.2.77, 10.0.0.1", "" },
	{ "::ffff:198.51.100.7", "198.51.100" }, { "::FFFF:c633:6407", "198.51.100" } };

START_TEST(ip_addresses_are_grouped_by_network)
{
	ck_assert_str_eq(throttle_network(store->arena, networks[_i].address), networks[_i].network);
}
END_TEST

START_TEST(users_can_end_only_their_own_sessions)
{
	const char *here = session_of(anna), *there = session_of(anna), *other = session_of(bert);
	struct session *sessions;
	size_t count;

	ck_assert_int_eq(session_list(store->db, store->arena, anna, STORE_NOW, &sessions, &count), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(sessions[0].agent, "x");
	ck_assert_int_eq(session_end(store->db, anna, session_id(store->arena, other)), NOT_FOUND);
	ck_assert(lives(other));
	ck_assert_int_eq(session_end(store->db, anna, session_id(store->arena, there)), OK);
	ck_assert_int_eq(session_end(store->db, anna, session_id(store->arena, there)), NOT_FOUND);
	ck_assert(lives(here) && !lives(there));
	ck_assert_int_eq(session_end_others(store->db, anna, ""), OK);
	ck_assert(!lives(here) && lives(other));
}
END_TEST

START_TEST(expired_sessions_are_deleted)
{
	struct session *sessions;
	size_t count;

	(void)session_of(anna);
	ck_assert_int_eq(session_sweep(store->db, STORE_NOW), OK);
	ck_assert_int_eq(session_list(store->db, store->arena, anna, STORE_NOW, &sessions, &count), OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(session_sweep(store->db, STORE_NOW + 60), OK);
	ck_assert_int_eq(session_list(store->db, store->arena, anna, STORE_NOW, &sessions, &count), OK);
	ck_assert_uint_eq(count, 0);
}
END_TEST

/* A signature for one purpose or site is not valid for another. */
START_TEST(signatures_differ_by_key_and_text)
{
	const char *form, *again, *throttle, *other;

	ck_assert_int_eq(site_key_sign(store->db, store->arena, "form", "x", &form), OK);
	ck_assert_int_eq(site_key_make(store->db, store->arena), OK);
	ck_assert_int_eq(site_key_sign(store->db, store->arena, "form", "x", &again), OK);
	ck_assert_int_eq(site_key_sign(store->db, store->arena, "throttle", "x", &throttle), OK);
	ck_assert_int_eq(site_key_sign(store->db, store->arena, "form", "y", &other), OK);
	ck_assert_uint_eq(strlen(form), 64);
	ck_assert_str_eq(form, again);
	ck_assert_str_ne(form, throttle);
	ck_assert_str_ne(form, other);
	ck_assert_int_eq(db_execute(store->db, "DELETE FROM site_key"), OK);
	ck_assert_int_eq(site_key_sign(store->db, store->arena, "form", "x", &other), FAULT);
	ck_assert_int_eq(site_key_make(store->db, store->arena), OK);
	ck_assert_int_eq(site_key_sign(store->db, store->arena, "form", "x", &other), OK);
	ck_assert_str_ne(form, other);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("credential");
	TCase *cases = tcase_create("credential");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_new_password_ends_all_other_sessions_and_links);
	tcase_add_test(cases, password_and_role_changes_end_access_for_good);
	tcase_add_test(cases, a_sign_in_link_works_once);
	tcase_add_test(cases, the_delay_doubles_with_each_attempt_after_the_free_ones);
	tcase_add_test(cases, five_emails_to_an_address_are_sent_at_once_then_one_per_hour);
	tcase_add_test(cases, throttle_subtract_removes_one_attempt);
	tcase_add_test(cases, attempts_are_deleted_after_a_day);
	tcase_add_loop_test(cases, ip_addresses_are_grouped_by_network, 0, sizeof(networks) / sizeof(*networks));
	tcase_add_test(cases, users_can_end_only_their_own_sessions);
	tcase_add_test(cases, expired_sessions_are_deleted);
	tcase_add_test(cases, signatures_differ_by_key_and_text);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
