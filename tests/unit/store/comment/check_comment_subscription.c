/* Emails about replies: who is asked, what a confirmation confirms, and notices that exist once. */
#include "support/raw_sql.h"
#include "support/store_case.h"
#include "support/suite.h"

#include <string.h>

#include "core/str.h"
#include "store/comment/comment_subscription.h"

static struct post_save save;
static int64_t post_id;

static void
setup(void)
{
	store_setup();
	save = store_post(store_user(store, "Author", "author"), "first", "First", "Words.", "");
	post_id = store_save(store, &save);
}

static struct comment
written(int64_t parent, int64_t user, const char *person)
{
	struct comment comment = { .post_id = post_id, .parent_id = parent, .user_id = user, .name = "Guest", .text = "x", .xhtml = "<p>x</p>", .person = person };

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	ck_assert_int_eq(comment_add(store->db, store->arena, &comment, "shown", &comment.id), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(comment_by_id(store->db, store->arena, comment.id, &comment), OK);
	return comment;
}

/* Subscribes a comment and says whether the address is asked. */
static bool
asks(int64_t comment, const char *email, const char *person, const char *network, int64_t now, struct comment_subscriber *ret)
{
	struct comment_subscriber subscriber = { .email = email, .person = person, .lang = "en", .created = now };
	bool ask;

	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(comment_subscribe(store->db, store->arena, comment, &subscriber, network, &subscriber.id, &ask), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(comment_subscriber_by_id(store->db, store->arena, subscriber.id, ret), OK);
	return ask;
}

static void
confirm(const struct comment_subscriber *subscriber, int64_t now)
{
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(comment_subscriber_confirm(store->db, subscriber, now), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

static int64_t
notices(void)
{
	return raw_number(store->db, "SELECT count(*) FROM reply_notice WHERE due > 0");
}

static void
show(const struct comment *reply)
{
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(comment_notify_shown(store->db, store->arena, reply, STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

START_TEST(an_address_is_asked_once_a_day_and_a_network_only_a_few_times)
{
	struct comment comment = written(0, 0, "");
	struct comment_subscriber subscriber;

	ck_assert(asks(comment.id, "a@example.org", "", "n", STORE_NOW, &subscriber));
	ck_assert(!asks(comment.id, "a@example.org", "", "m", STORE_NOW + 1, &subscriber));
	ck_assert(!asks(comment.id, "a@example.org", "", "m", STORE_NOW + 86399, &subscriber));
	ck_assert(asks(comment.id, "a@example.org", "", "m", STORE_NOW + 86400, &subscriber));
	for (int i = 0; i < 4; i++)
		ck_assert(asks(comment.id, arena_printf(store->arena, "b%d@example.org", i), "", "n", STORE_NOW, &subscriber));
	ck_assert(!asks(comment.id, "c@example.org", "", "n", STORE_NOW, &subscriber));
	ck_assert(asks(comment.id, "c@example.org", "", "o", STORE_NOW, &subscriber));
}
END_TEST

/* A guest who types a confirmed address is not taken for its owner, unless the cookie is the same. */
START_TEST(a_confirmation_is_for_the_cookie_that_asked)
{
	struct comment comment = written(0, 0, "");
	struct comment_subscriber first, again, other;

	ck_assert(asks(comment.id, "a@example.org", "p", "n", STORE_NOW, &first));
	confirm(&first, STORE_NOW + 5);
	ck_assert(!asks(comment.id, "a@example.org", "p", "n", STORE_NOW + 90000, &again));
	ck_assert_int_eq(again.id, first.id);
	ck_assert_int_eq(again.confirmed, STORE_NOW + 5);
	(void)asks(comment.id, "a@example.org", "q", "n", STORE_NOW + 90000, &other);
	ck_assert_int_eq(other.confirmed, 0);
	(void)asks(comment.id, "a@example.org", "", "n", STORE_NOW + 90000, &other);
	ck_assert_int_eq(other.confirmed, 0);
}
END_TEST

START_TEST(an_address_that_is_not_confirmed_is_removed)
{
	struct comment comment = written(0, 0, "");
	struct comment_subscriber subscriber;
	bool due;

	(void)asks(comment.id, "a@example.org", "", "n", STORE_NOW, &subscriber);
	ck_assert_int_eq(comment_subscriber_is_due(store->db, STORE_NOW + SUBSCRIBER_OPEN_SECONDS - 1, &due), OK);
	ck_assert(!due);
	/* Too late to confirm. */
	confirm(&subscriber, STORE_NOW + SUBSCRIBER_OPEN_SECONDS + 1);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(comment_subscriber_sweep(store->db, STORE_NOW + SUBSCRIBER_OPEN_SECONDS + 1), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(raw_number(store->db, "SELECT count(*) FROM comment_subscriber"), 0);
	ck_assert_int_eq(raw_number(store->db, "SELECT count(*) FROM comment WHERE subscriber_id IS NOT NULL"), 0);
}
END_TEST

START_TEST(a_reply_is_noted_once_and_never_to_its_own_author)
{
	int64_t member = store_user(store, "Mia", "member"), other = store_user(store, "Max", "member");
	struct comment first = written(0, member, ""), reply = written(first.id, other, ""), own = written(first.id, member, "");

	show(&reply);
	ck_assert_int_eq(notices(), 0); /* nobody asked */
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(reply_preference_save(store->db, member, "now", STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	show(&first);
	show(&own);
	ck_assert_int_eq(notices(), 0);
	show(&reply);
	show(&reply);
	ck_assert_int_eq(notices(), 1);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(reply_notice_done(store->db, reply.id), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	show(&reply);
	ck_assert_int_eq(notices(), 0);
}
END_TEST

START_TEST(notices_of_a_day_are_due_together_and_name_their_recipient)
{
	int64_t member = store_user(store, "Mia", "member");
	struct comment first = written(0, member, ""), guest = written(0, 0, "p");
	struct comment_subscriber subscriber;
	struct reply_notice *list;
	const char *mode;
	size_t count;

	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(reply_preference_save(store->db, member, "daily", STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(reply_preference(store->db, store->arena, member, &mode), OK);
	ck_assert_str_eq(mode, "daily");
	(void)asks(guest.id, "a@example.org", "p", "n", STORE_NOW, &subscriber);
	confirm(&subscriber, STORE_NOW);
	for (int i = 0; i < 2; i++) {
		struct comment to_member = written(first.id, 0, "q"), to_guest = written(guest.id, 0, "q");
		show(&to_member);
		show(&to_guest);
	}
	ck_assert_int_eq(reply_notice_list(store->db, store->arena, STORE_NOW, 10, &list, &count), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(list[0].subscriber_id, subscriber.id);
	ck_assert_str_eq(list[0].email, "a@example.org");
	ck_assert_int_gt(list[0].confirmed, 0);
	ck_assert_int_eq(reply_notice_list(store->db, store->arena, STORE_NOW + 86400, 10, &list, &count), OK);
	ck_assert_uint_eq(count, 4);
	ck_assert_int_eq(list[2].user_id, member);
	ck_assert_int_eq(list[3].user_id, member);
	ck_assert_int_eq(raw_number(store->db, "SELECT count(DISTINCT due) FROM reply_notice"), 2);
}
END_TEST

START_TEST(secrets_differ)
{
	const char *one, *two, *three;

	ck_assert_int_eq(comment_confirm_secret(store->db, store->arena, 1, &one), OK);
	ck_assert_int_eq(comment_unsubscribe_secret(store->db, store->arena, "g1", &two), OK);
	ck_assert_int_eq(comment_unsubscribe_secret(store->db, store->arena, "m1", &three), OK);
	ck_assert_uint_eq(strlen(one), 43);
	ck_assert_str_ne(one, two);
	ck_assert_str_ne(two, three);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("comment_subscription");
	TCase *cases = tcase_create("comment_subscription");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_set_timeout(cases, 30);
	tcase_add_test(cases, an_address_is_asked_once_a_day_and_a_network_only_a_few_times);
	tcase_add_test(cases, a_confirmation_is_for_the_cookie_that_asked);
	tcase_add_test(cases, an_address_that_is_not_confirmed_is_removed);
	tcase_add_test(cases, a_reply_is_noted_once_and_never_to_its_own_author);
	tcase_add_test(cases, notices_of_a_day_are_due_together_and_name_their_recipient);
	tcase_add_test(cases, secrets_differ);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
