/* Rules, bans, trust, flags, decisions with their undo, the queue and links, in the database. */
#include "support/raw_sql.h"
#include "support/store_case.h"
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

static int64_t author, post, mod, member;

static void
setup(void)
{
	struct post_save save;

	store_setup();
	(void)store_user(store, "Owner", "owner");
	author = store_user(store, "Author", "author");
	mod = store_user(store, "Mo Derator", "moderator");
	member = store_user(store, "Anna", "member");
	save = store_post(author, "a", "A", "Words.", "");
	post = store_save(store, &save);
	ck_assert_int_eq(db_begin_comment(store->db), OK);
}

static void
teardown(void)
{
	db_end(store->db);
	store_teardown();
}

static int64_t
add_by(int64_t user_id, const char *name, const char *text, const char *state)
{
	struct comment comment = { .post_id = post, .user_id = user_id, .name = name, .network = user_id == 0 ? "net" : "", .text = text,
		.xhtml = "<p>x</p>", .created = STORE_NOW - 60, .reason = "first" };
	int64_t id;

	ck_assert_int_eq(comment_add(store->db, store->arena, &comment, state, &id), OK);
	return id;
}

static struct comment
read_comment(int64_t id)
{
	struct comment comment;

	ck_assert_int_eq(comment_by_id(store->db, store->arena, id, &comment), OK);
	return comment;
}

static struct decision
order(const char *action, int64_t comment_id, int64_t version)
{
	return (struct decision){ .action = action, .comment_id = comment_id, .version = version, .user_id = mod, .created = STORE_NOW,
		.heading = "", .note = "" };
}

static int64_t
decide(const char *action, int64_t comment_id)
{
	struct decision decision = order(action, comment_id, read_comment(comment_id).version);
	int64_t id;

	ck_assert_int_eq(decision_make(store->db, store->arena, &decision, &id), OK);
	return id;
}

static int64_t
number(const char *sql)
{
	return raw_number(store->db, sql);
}

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

/* --- bans, trust, rules ------------------------------------------------------------------ */

static bool
is_banned(int64_t user_id, const char *network, const char *name, int64_t now)
{
	bool holds;

	ck_assert_int_eq(ban_holds(store->db, store->arena, user_id, network, name, now, &holds), OK);
	return holds;
}

START_TEST(bans_hold_for_accounts_networks_and_names)
{
	struct ban ban = { .kind = "account", .subject = "", .user_id = member, .name = "Anna", .note = "rude", .created = STORE_NOW,
		.created_by = mod, .expires = STORE_NOW + 100 };
	int64_t id;
	bool due;

	ck_assert_int_eq(ban_add(store->db, store->arena, &ban, &id), OK);
	ck_assert(is_banned(member, "", "", STORE_NOW));
	ck_assert(!is_banned(author, "", "", STORE_NOW));
	ck_assert(!is_banned(member, "", "", STORE_NOW + 100));
	/* Staff can't be banned. */
	ban.user_id = author;
	ck_assert_int_eq(ban_add(store->db, store->arena, &ban, &id), INVALID);
	ban = (struct ban){ .kind = "name", .subject = "Best Casino", .name = "Best Casino", .note = "", .created = STORE_NOW };
	ck_assert_int_eq(ban_add(store->db, store->arena, &ban, &id), OK);
	ck_assert(is_banned(0, "", "ｂｅｓｔ-CASÍNO!", STORE_NOW + 100000000));
	ck_assert(!is_banned(0, "", "", STORE_NOW));
	ban = (struct ban){ .kind = "network", .subject = "net", .name = "a network", .note = "", .created = STORE_NOW };
	ck_assert_int_eq(ban_add(store->db, store->arena, &ban, &id), OK);
	ck_assert(is_banned(0, "net", "", STORE_NOW + BAN_NETWORK_SECONDS - 1));
	ck_assert(!is_banned(0, "net", "", STORE_NOW + BAN_NETWORK_SECONDS));
	ck_assert_int_eq(ban_is_due(store->db, STORE_NOW + BAN_NETWORK_SECONDS, &due), OK);
	ck_assert(due);
	ck_assert_int_eq(ban_sweep(store->db, store->arena, STORE_NOW + BAN_NETWORK_SECONDS), OK);
	ck_assert_int_eq(number("SELECT count(*) FROM moderation_ban"), 1);
	ck_assert_int_eq(number("SELECT count(*) FROM audit WHERE event = 'ban-ended'"), 2);
	ban.subject = "";
	ck_assert_int_eq(ban_add(store->db, store->arena, &ban, &id), INVALID);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

START_TEST(a_rule_needs_a_line_in_the_audit_log)
{
	ck_assert_int_eq(db_execute(store->db, "INSERT INTO moderation_rule (field, pattern, action, note, created) VALUES ('word', 'x', 'hold', '', 1)"), OK);
	ck_assert_int_eq(db_commit(store->db), FAULT);
}
END_TEST

START_TEST(rules_are_tried_on_stored_comments)
{
	struct rule rule = { .field = "word", .pattern = " LOAN* ", .action = "spam", .note = "no loans", .created = STORE_NOW, .created_by = mod };
	struct rule_test test;
	struct rule *rules;
	int64_t id;
	size_t count;

	(void)add_by(0, "Guest", "cheap loans", "spam");
	(void)add_by(0, "Guest", "a loan", "shown");
	(void)add_by(0, "Guest", "a Loan", "held");
	(void)add_by(0, "Guest", "nothing", "shown");
	ck_assert_int_eq(rule_try(store->db, store->arena, RULE_WORD, rule_pattern(store->arena, rule.pattern), &test), OK);
	ck_assert_uint_eq(test.read, 4);
	ck_assert_uint_eq(test.matches, 3);
	ck_assert_uint_eq(test.shown, 1);
	ck_assert_uint_eq(test.held, 1);
	ck_assert_uint_eq(test.refused, 1);
	ck_assert_uint_eq(test.found_count, 3);
	ck_assert_int_eq(rule_add(store->db, store->arena, &rule, &id), OK);
	ck_assert_int_eq(rule_list(store->db, store->arena, &rules, &count), OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(rules[0].pattern, "loan*");
	ck_assert_int_eq(rule_remove(store->db, store->arena, id), OK);
	ck_assert_int_eq(rule_remove(store->db, store->arena, id), NOT_FOUND);
	rule.pattern = "**";
	ck_assert_int_eq(rule_add(store->db, store->arena, &rule, &id), INVALID);
	ck_assert_int_eq(number("SELECT count(*) FROM audit WHERE event LIKE 'moderation-rule-%'"), 2);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

static struct judge_verdict
judge(const struct user *user, const char *person, const char *name, const char *text)
{
	struct judge_request request = { .now = STORE_NOW, .post_id = post, .post_author_id = author, .user = user, .person = person, .network = "net",
		.name = name, .link = "", .email = "", .text = text };
	struct setting_values *values;
	struct judge_input input;
	struct judge_verdict verdict;

	ck_assert_int_eq(setting_read(store->db, store->arena, &values), OK);
	ck_assert_int_eq(judge_input_read(store->db, store->arena, values, &request, &input), OK);
	comment_judge(&input, &verdict);
	return verdict;
}

START_TEST(a_comment_is_judged_by_what_is_stored)
{
	struct user anna = store_user_by_id(store, member), staff = store_user_by_id(store, mod), writer = store_user_by_id(store, author);
	struct ban ban = { .kind = "account", .user_id = member, .name = "Anna", .note = "", .created = STORE_NOW };
	int64_t id;

	ck_assert_str_eq(judge(NULL, "", "Guest", "Hello").code, "first");
	/* A typed name or address gives no rights. */
	ck_assert_str_eq(judge(NULL, "", "Author", "Hello").code, "first");
	ck_assert_str_eq(judge(&anna, "", "Anna", "Hello").code, "");
	ck_assert_str_eq(judge(&staff, "", "Mo", "Hello").code, "staff");
	ck_assert_str_eq(judge(&writer, "", "Author", "Hello").code, "staff");
	ck_assert_str_eq(judge(NULL, "", "Guest", "http://a.example http://b.example http://c.example").code, "links");
	(void)add_by(0, "Guest", "The same text.", "held");
	ck_assert_str_eq(judge(NULL, "", "Other", "the SAME text").code, "duplicate");
	ck_assert_int_eq(judge(NULL, "", "Other", "the SAME text").status, CONFLICT);
	ck_assert_int_eq(ban_add(store->db, store->arena, &ban, &id), OK);
	ck_assert_str_eq(judge(&anna, "", "Anna", "Hello").code, "banned");
}
END_TEST

START_TEST(trust_follows_from_comments_or_a_moderator)
{
	struct trust_person person = { .user_id = member, .person = "" };
	struct trust_record record;

	for (int i = 0; i < 3; i++)
		(void)add_by(member, "Anna", "Hello", "shown");
	(void)add_by(member, "Anna", "Hello", "rejected");
	(void)add_by(member, "Anna", "Hello", "spam");
	ck_assert_int_eq(trust_record_read(store->db, &person, &record), OK);
	ck_assert_int_eq(record.approved, 3);
	ck_assert_int_eq(record.rejected, 2);
	ck_assert_int_eq(record.upheld, 0);
	ck_assert_int_eq(record.first, STORE_NOW - 60);
	ck_assert_int_eq(record.set, 0);
	ck_assert_int_eq(trust_set(store->db, store->arena, member, TRUST_REGULAR, mod, STORE_NOW), OK);
	ck_assert_int_eq(trust_record_read(store->db, &person, &record), OK);
	ck_assert_int_eq(record.set, TRUST_REGULAR + 1);
	ck_assert_int_eq(trust_set(store->db, store->arena, member, TRUST_LEVELS, mod, STORE_NOW), OK);
	ck_assert_int_eq(trust_record_read(store->db, &person, &record), OK);
	ck_assert_int_eq(record.set, 0);
	ck_assert_int_eq(number("SELECT count(*) FROM audit WHERE event = 'trust'"), 2);
	/* Nothing is known about guests without a cookie, however many comments there are. */
	(void)add_by(0, "Guest", "Hello", "shown");
	person = (struct trust_person){ .person = "" };
	ck_assert_int_eq(trust_record_read(store->db, &person, &record), OK);
	ck_assert_int_eq(record.approved, 0);
	ck_assert_int_eq(db_commit(store->db), OK);
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
	tcase_add_test(cases, bans_hold_for_accounts_networks_and_names);
	tcase_add_test(cases, a_rule_needs_a_line_in_the_audit_log);
	tcase_add_test(cases, rules_are_tried_on_stored_comments);
	tcase_add_test(cases, a_comment_is_judged_by_what_is_stored);
	tcase_add_test(cases, trust_follows_from_comments_or_a_moderator);
	tcase_add_test(cases, similar_items_are_grouped);
	tcase_add_test(cases, lists_have_filters_and_pages);
	tcase_add_test(cases, a_link_works_once_and_for_moderators_only);
	tcase_add_test(cases, feed_addresses_are_separate);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
