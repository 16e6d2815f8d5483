/* Decisions with their undo, flags, the queue and links, in the database. */
#include "support/moderation_case.h"
#include "support/suite.h"

#include "core/str.h"
#include "store/account/user_role.h"
#include "store/auth/feed_address.h"
#include "store/comment/comment.h"
#include "store/comment/comment_thread.h"
#include "store/moderation/ban.h"
#include "store/moderation/comment_judge.h"
#include "store/moderation/decision.h"
#include "store/moderation/flag.h"
#include "store/moderation/moderation_link.h"
#include "store/moderation/moderation_queue.h"
#include "store/moderation/trust_record.h"
#include "store/setting/setting.h"

START_TEST(a_decision_is_made_once)
{
	int64_t id = add_by(0, "Guest", "Hello", "held"), first, second;
	struct decision approve = order("approve", id, 1), reject = order("reject", id, 1), latest;

	ck_assert_int_eq(decision_make(store->db, store->arena, &approve, &first), OK);
	ck_assert_str_eq(read_comment(id).state, "shown");
	ck_assert_int_eq(read_comment(id).decided_by, mod);
	ck_assert_int_eq(decision_make(store->db, store->arena, &reject, &second), CONFLICT);
	ck_assert_str_eq(read_comment(id).state, "shown");
	ck_assert_int_eq(decision_latest(store->db, store->arena, id, &latest), OK);
	ck_assert_str_eq(latest.user_name, "Mo Derator");
	ck_assert_str_eq(latest.action, "approve");
	ck_assert_int_eq(latest.created, STORE_NOW);
	ck_assert_int_eq(number("SELECT count(*) FROM moderation_decision"), 1);
	approve.action = "delete";
	ck_assert_int_eq(decision_make(store->db, store->arena, &approve, &second), INVALID);
	approve = order("approve", 999, 1);
	ck_assert_int_eq(decision_make(store->db, store->arena, &approve, &second), NOT_FOUND);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

START_TEST(a_decision_can_be_undone_for_a_day)
{
	int64_t id = add_by(0, "Guest", "Hello", "held"), decision = decide("spam", id);
	const char *label;

	ck_assert_int_eq(decision_label(store->db, id, &label), OK);
	ck_assert_str_eq(label, "spam");
	ck_assert_int_eq(decision_undo(store->db, store->arena, decision, mod, STORE_NOW + 24 * 3600), TOO_MANY);
	ck_assert_int_eq(decision_undo(store->db, store->arena, decision, mod, STORE_NOW + 24 * 3600 - 1), OK);
	ck_assert_str_eq(read_comment(id).state, "held");
	ck_assert_str_eq(read_comment(id).reason, "first");
	ck_assert_int_eq(decision_label(store->db, id, &label), OK);
	ck_assert_str_eq(label, "");
	ck_assert_int_eq(decision_undo(store->db, store->arena, decision, mod, STORE_NOW), CONFLICT);
	ck_assert_int_eq(decision_undo(store->db, store->arena, 999, mod, STORE_NOW), NOT_FOUND);
	/* What somebody else decided afterwards stays. */
	decision = decide("approve", id);
	(void)decide("reject", id);
	ck_assert_int_eq(decision_undo(store->db, store->arena, decision, mod, STORE_NOW), CONFLICT);
	ck_assert_str_eq(read_comment(id).state, "rejected");
}
END_TEST

START_TEST(undoing_an_approval_keeps_the_place_of_replies)
{
	int64_t id = add_by(0, "Guest", "Hello", "held"), decision = decide("approve", id), reply_id;
	struct comment reply = { .post_id = post, .parent_id = id, .name = "B", .text = "Reply", .xhtml = "<p/>", .created = STORE_NOW }, *top;
	size_t count;

	ck_assert_int_eq(comment_add(store->db, store->arena, &reply, "shown", &reply_id), OK);
	ck_assert_int_eq(decision_undo(store->db, store->arena, decision, mod, STORE_NOW), OK);
	ck_assert_str_eq(read_comment(id).state, "held");
	ck_assert_int_eq(comment_list_top(store->db, store->arena, post, COMMENT_OLDEST, NULL, 10, &top, &count), OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(top[0].id, id);
	ck_assert_int_eq(top[0].replies, 1);
}
END_TEST

START_TEST(an_edit_keeps_the_text_before_it_for_a_month)
{
	int64_t id = add_by(0, "Guest", "Rude words", "shown"), decision;
	struct decision edit = order("edit", id, 1);
	bool due;

	ck_assert_int_eq(decision_edit(store->db, store->arena, &edit, "Words", "<p>Words</p>", &decision), OK);
	ck_assert_str_eq(read_comment(id).text, "Words");
	ck_assert_int_eq(decision_undo(store->db, store->arena, decision, mod, STORE_NOW), OK);
	ck_assert_str_eq(read_comment(id).text, "Rude words");
	ck_assert_str_eq(read_comment(id).xhtml, "<p>x</p>");
	ck_assert_int_eq(decision_is_due(store->db, STORE_NOW + DECISION_TEXT_SECONDS - 1, &due), OK);
	ck_assert(!due);
	ck_assert_int_eq(decision_is_due(store->db, STORE_NOW + DECISION_TEXT_SECONDS, &due), OK);
	ck_assert(due);
	ck_assert_int_eq(decision_sweep(store->db, STORE_NOW + DECISION_TEXT_SECONDS), OK);
	ck_assert_int_eq(number("SELECT count(*) FROM moderation_decision WHERE old_text <> '' OR old_xhtml <> ''"), 0);
}
END_TEST

/* --- flags ----------------------------------------------------------------------------- */

START_TEST(flags_weigh_by_accuracy)
{
	ck_assert_int_eq(flag_weight(TRUST_NEW, false, 0, 0), FLAG_ONE);
	ck_assert_int_eq(flag_weight(TRUST_TRUSTED, false, 0, 0), 4 * FLAG_ONE);
	ck_assert_int_eq(flag_weight(TRUST_NEW, true, 0, 0), FLAG_STAFF);
	ck_assert_int_eq(flag_weight(TRUST_NEW, false, 5, 0), FLAG_ONE);
	/* 16 right of 16: log4(16) · 5 = 10 more. */
	ck_assert_int_eq(flag_weight(TRUST_NEW, false, 16, 0), 11 * FLAG_ONE);
	ck_assert_int_eq(flag_weight(TRUST_NEW, false, 7, 3), FLAG_ONE);
	ck_assert_int_eq(flag_weight(TRUST_NEW, false, 0, 16), 0);
}
END_TEST

static enum status
flag(int64_t comment_id, int64_t user_id, int64_t weight, int64_t threshold)
{
	struct flag flag = { .comment_id = comment_id, .user_id = user_id, .reason = "rude", .note = "", .weight = weight, .created = STORE_NOW };

	return flag_add(store->db, store->arena, &flag, threshold);
}

START_TEST(flags_hide_at_the_threshold_and_are_decided)
{
	int64_t id = add_by(0, "Guest", "Hello", "shown"), decision, upheld, declined, others[4];
	struct queue_item *items;
	size_t count;

	db_end(store->db);
	for (size_t i = 0; i < 4; i++)
		others[i] = store_user(store, "Other", "member");
	ck_assert_int_eq(db_begin_comment(store->db), OK);
	id = add_by(0, "Guest", "Hello", "shown");
	ck_assert_int_eq(flag(id, others[0], 20, 50), OK);
	ck_assert_int_eq(flag(id, others[0], 20, 50), CONFLICT);
	ck_assert_str_eq(read_comment(id).state, "shown");
	/* It is in the queue all the same. */
	ck_assert_int_eq(queue_list(store->db, store->arena, (struct queue_place){ 0 }, 10, &items, &count), OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(flag(id, others[1], 30, 50), OK);
	ck_assert_str_eq(read_comment(id).state, "hidden");
	ck_assert_str_eq(read_comment(id).reason, "flags");
	ck_assert_int_eq(flag(id, others[2], 30, 50), NOT_FOUND);
	decision = decide("approve", id);
	ck_assert_str_eq(read_comment(id).state, "shown");
	ck_assert_int_eq(read_comment(id).flags, 0);
	ck_assert_int_eq(flag_accuracy(store->db, others[1], &upheld, &declined), OK);
	ck_assert_int_eq(upheld, 0);
	ck_assert_int_eq(declined, 1);
	ck_assert_int_eq(queue_list(store->db, store->arena, (struct queue_place){ 0 }, 10, &items, &count), OK);
	ck_assert_uint_eq(count, 0);
	/* A moderator approved it: flags do not hide it again, but bring it back into the queue. */
	ck_assert_int_eq(flag(id, others[2], 90, 50), OK);
	ck_assert_str_eq(read_comment(id).state, "shown");
	ck_assert_int_eq(decision_undo(store->db, store->arena, decision, mod, STORE_NOW), OK);
	ck_assert_str_eq(read_comment(id).state, "hidden");
	ck_assert_int_eq(read_comment(id).flags, 50);
	ck_assert_int_eq(flag_accuracy(store->db, others[1], &upheld, &declined), OK);
	ck_assert_int_eq(declined, 0);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

START_TEST(nobody_flags_their_own_comment)
{
	int64_t id = add_by(member, "Anna", "Mine", "shown");

	ck_assert_int_eq(flag(id, member, 10, 50), FORBIDDEN);
	ck_assert_int_eq(flag(999, member, 10, 50), NOT_FOUND);
}
END_TEST

/* --- the queue and lists ------------------------------------------------------------------- */

START_TEST(similar_items_are_grouped)
{
	struct queue_item *items;
	size_t count;

	(void)add_by(0, "A", "Buy at https://spam.example/1 now", "held");
	(void)add_by(0, "B", "Hello", "held");
	(void)add_by(0, "C", "Look: www.spam.example. http://spam.example", "held");
	(void)add_by(0, "D", "hello!!", "held");
	(void)add_by(0, "E", "Something else", "held");
	ck_assert_int_eq(queue_list(store->db, store->arena, (struct queue_place){ 0 }, 10, &items, &count), OK);
	ck_assert_uint_eq(count, 5);
	queue_group(store->arena, items, count);
	ck_assert_uint_eq(items[0].similar, 0);
	ck_assert_uint_eq(items[1].similar, 1);
	ck_assert_uint_eq(items[2].similar, 0);
	ck_assert_uint_eq(items[3].similar, 1);
	ck_assert_uint_eq(items[4].similar, 4);
}
END_TEST

START_TEST(lists_have_filters_and_pages)
{
	struct queue_filter filters[] = { { 0 }, { .state = "held" }, { .post_id = post }, { .name = "Guest" }, { .user_id = member },
		{ .network = "net" }, { .words = "héllo 1" } };
	size_t expected[] = { QUEUE_PAGE + 1, QUEUE_PAGE + 1, QUEUE_PAGE + 1, QUEUE_PAGE + 1, 2, QUEUE_PAGE + 1, 11 };
	struct queue_item *items;
	struct queue_place place;
	size_t count;

	for (int i = 0; i < 60; i++)
		(void)add_by(0, "Guest", arena_printf(store->arena, "Hello %d", i), "held");
	(void)add_by(member, "Anna", "Mine", "shown");
	(void)add_by(member, "Anna", "Mine too", "rejected");
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		ck_assert_int_eq(queue_find(store->db, store->arena, &filters[i], (struct queue_place){ 0 }, &items, &count), OK);
		ck_assert_msg(count == expected[i], "filter %zu: %zu", i, count);
		for (size_t j = 1; j < count; j++)
			ck_assert_int_lt(items[j].id, items[j - 1].id);
	}
	ck_assert_int_eq(queue_find(store->db, store->arena, &filters[1], (struct queue_place){ 0 }, &items, &count), OK);
	place = (struct queue_place){ items[QUEUE_PAGE - 1].created, items[QUEUE_PAGE - 1].id };
	ck_assert_int_eq(queue_find(store->db, store->arena, &filters[1], place, &items, &count), OK);
	ck_assert_uint_eq(count, 60 - QUEUE_PAGE);
	ck_assert_int_eq(queue_count(store->db, 10, &place.id), OK);
	ck_assert_int_eq(place.id, 10);
	ck_assert_int_eq(queue_oldest(store->db, &place.created), OK);
	ck_assert_int_eq(place.created, STORE_NOW - 60);
}
END_TEST

/* --- links and addresses --------------------------------------------------------------------- */

START_TEST(a_link_works_once_and_for_moderators_only)
{
	int64_t id = add_by(0, "Guest", "Hello", "held");
	struct moderation_link link = { .comment_id = id, .user_id = mod, .action = "approve", .expires = STORE_NOW + MODERATION_LINK_SECONDS }, found;
	const char *approve, *reject;
	struct user user;
	bool due;

	ck_assert_int_eq(moderation_link_add(store->db, store->arena, &link, &approve), OK);
	link.action = "reject";
	ck_assert_int_eq(moderation_link_add(store->db, store->arena, &link, &reject), OK);
	ck_assert_int_eq(moderation_link_find(store->db, store->arena, approve, STORE_NOW, &found, &user), OK);
	ck_assert_str_eq(found.action, "approve");
	ck_assert_int_eq(user.id, mod);
	ck_assert_int_eq(moderation_link_find(store->db, store->arena, approve, link.expires, &found, &user), NOT_FOUND);
	ck_assert_int_eq(moderation_link_is_due(store->db, link.expires, &due), OK);
	ck_assert(due);
	ck_assert_int_eq(user_role_set(store->db, mod, 1, "member", false), OK);
	ck_assert_int_eq(moderation_link_find(store->db, store->arena, approve, STORE_NOW, &found, &user), NOT_FOUND);
	ck_assert_int_eq(user_role_set(store->db, mod, 2, "moderator", false), OK);
	ck_assert_int_eq(moderation_link_use(store->db, store->arena, reject), OK);
	ck_assert_int_eq(moderation_link_use(store->db, store->arena, reject), NOT_FOUND);
	/* The other link was for the same decision. */
	ck_assert_int_eq(moderation_link_find(store->db, store->arena, approve, STORE_NOW, &found, &user), NOT_FOUND);
}
END_TEST

START_TEST(feed_addresses_are_separate)
{
	struct feed_address *addresses;
	const char *first, *second;
	struct user user;
	size_t count;

	ck_assert_int_eq(feed_address_add(store->db, store->arena, mod, "Phone", STORE_NOW, &first), OK);
	ck_assert_int_eq(feed_address_add(store->db, store->arena, mod, "Laptop", STORE_NOW, &second), OK);
	ck_assert_int_eq(feed_address_list(store->db, store->arena, mod, &addresses, &count), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(addresses[0].name, "Phone");
	ck_assert_int_eq(feed_address_user(store->db, store->arena, first, &user), OK);
	ck_assert_int_eq(user.id, mod);
	ck_assert_int_eq(feed_address_remove(store->db, member, addresses[0].id), NOT_FOUND);
	ck_assert_int_eq(feed_address_remove(store->db, mod, addresses[0].id), OK);
	ck_assert_int_eq(feed_address_user(store->db, store->arena, first, &user), NOT_FOUND);
	ck_assert_int_eq(feed_address_user(store->db, store->arena, second, &user), OK);
	for (int i = 1; i < FEED_ADDRESSES_MAX; i++)
		ck_assert_int_eq(feed_address_add(store->db, store->arena, mod, "More", STORE_NOW, &first), OK);
	ck_assert_int_eq(feed_address_add(store->db, store->arena, mod, "More", STORE_NOW, &first), TOO_MANY);
	ck_assert_int_eq(number(arena_printf(store->arena, "SELECT count(*) FROM feed_address WHERE digest = '%s'", second)), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("moderation");
	TCase *cases = tcase_create("moderation");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_decision_is_made_once);
	tcase_add_test(cases, a_decision_can_be_undone_for_a_day);
	tcase_add_test(cases, undoing_an_approval_keeps_the_place_of_replies);
	tcase_add_test(cases, an_edit_keeps_the_text_before_it_for_a_month);
	tcase_add_test(cases, flags_weigh_by_accuracy);
	tcase_add_test(cases, flags_hide_at_the_threshold_and_are_decided);
	tcase_add_test(cases, nobody_flags_their_own_comment);
	tcase_add_test(cases, similar_items_are_grouped);
	tcase_add_test(cases, lists_have_filters_and_pages);
	tcase_add_test(cases, a_link_works_once_and_for_moderators_only);
	tcase_add_test(cases, feed_addresses_are_separate);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
