/* What comment_judge() gets from the database: bans, rules and trust. */
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

int
main(void)
{
	Suite *suite = suite_create("judge_input");
	TCase *cases = tcase_create("judge_input");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, bans_hold_for_accounts_networks_and_names);
	tcase_add_test(cases, a_rule_needs_a_line_in_the_audit_log);
	tcase_add_test(cases, rules_are_tried_on_stored_comments);
	tcase_add_test(cases, a_comment_is_judged_by_what_is_stored);
	tcase_add_test(cases, trust_follows_from_comments_or_a_moderator);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
