/* The steps that decide what happens to a comment, and the levels of trust. */
#include <check.h>
#include <string.h>

#include "support/arena_case.h"
#include "store/moderation/comment_judge.h"
#include "support/suite.h"

enum { NOW = 1795497822, DAY = 24 * 3600 };

/* A guest who was approved before, and a text that nothing speaks against. */
static struct judge_input
plain(void)
{
	struct judge_input input = { .approved_before = true, .trust = TRUST_NEW, .hold = JUDGE_HOLD_GUESTS, .links_max = 2, .spam = 10,
		.spam_hold = 600, .spam_certain = 990 };

	rule_subject_read(arena, "I agree with https://a.example", "Anna", "", "", &input.subject);
	input.links = input.subject.link_count;
	return input;
}

static void
expect(const struct judge_input *input, enum judge_action action, const char *code)
{
	struct judge_verdict verdict;

	comment_judge(input, &verdict);
	ck_assert_str_eq(verdict.code, code);
	ck_assert_int_eq(verdict.action, action);
	ck_assert((verdict.action == JUDGE_REFUSE) == (verdict.status != OK));
	ck_assert(*code == '\0' || judge_reason_of(code) != NULL);
}

START_TEST(a_plain_comment_is_shown)
{
	struct judge_input input = plain();

	expect(&input, JUDGE_SHOW, "");
	input.approved_before = false;
	expect(&input, JUDGE_HOLD, "first");
	input.member = true;
	expect(&input, JUDGE_SHOW, "");
	input.hold = JUDGE_HOLD_FIRST;
	expect(&input, JUDGE_HOLD, "first");
	input.approved_before = true;
	expect(&input, JUDGE_SHOW, "");
	input.hold = JUDGE_HOLD_ALL;
	expect(&input, JUDGE_HOLD, "first");
}
END_TEST

static const struct rule refuse = { .field = "word", .pattern = "agree", .action = "refuse", .note = "no agreement" };

START_TEST(staff_pass_everything)
{
	struct judge_input input = plain();

	input.staff = input.banned = input.duplicate = input.flood = true;
	input.rules = &refuse;
	input.rule_count = 1;
	input.spam = 1000;
	input.hold = JUDGE_HOLD_ALL;
	expect(&input, JUDGE_SHOW, "staff");
}
END_TEST

START_TEST(steps_have_an_order)
{
	struct judge_input input = plain();
	struct judge_verdict verdict;

	input.spam = 700;
	expect(&input, JUDGE_HOLD, "classifier");
	input.approved_before = false;
	expect(&input, JUDGE_HOLD, "first");
	input.links = 3;
	expect(&input, JUDGE_HOLD, "links");
	input.flood = true;
	expect(&input, JUDGE_HOLD, "flood");
	comment_judge(&input, &verdict);
	ck_assert(verdict.quiet);
	/* Something stricter decides, although it comes later. */
	input.spam = 995;
	expect(&input, JUDGE_SPAM, "classifier");
	input.rules = &refuse;
	input.rule_count = 1;
	expect(&input, JUDGE_REFUSE, "rule");
	input.duplicate = true;
	expect(&input, JUDGE_REFUSE, "duplicate");
	input.banned = true;
	expect(&input, JUDGE_REFUSE, "banned");
}
END_TEST

START_TEST(refusals_differ)
{
	struct judge_input input = plain();
	struct judge_verdict verdict;

	input.rules = &refuse;
	input.rule_count = 1;
	comment_judge(&input, &verdict);
	ck_assert_int_eq(verdict.status, INVALID);
	ck_assert_str_eq(verdict.note, "no agreement");
	input.duplicate = true;
	comment_judge(&input, &verdict);
	ck_assert_int_eq(verdict.status, CONFLICT);
	ck_assert_str_eq(verdict.note, "");
	input.banned = true;
	comment_judge(&input, &verdict);
	ck_assert_int_eq(verdict.status, FORBIDDEN);
	for (size_t i = 0; i < 3; i++)
		ck_assert_ptr_nonnull(judge_reason_of((const char *[]){ "banned", "duplicate", "rule" }[i])->refusal);
}
END_TEST

START_TEST(the_strictest_rule_decides)
{
	static const struct rule rules[] = {
		{ .field = "host", .pattern = "a.example", .action = "hold", .note = "host" },
		{ .field = "word", .pattern = "agree", .action = "spam", .note = "first spam rule" },
		{ .field = "word", .pattern = "agr*", .action = "spam", .note = "second spam rule" },
		{ .field = "name", .pattern = "bob", .action = "refuse", .note = "not Anna" },
	};
	struct judge_input input = plain();
	struct judge_verdict verdict;

	input.rules = rules;
	input.rule_count = 1;
	expect(&input, JUDGE_HOLD, "rule");
	input.rule_count = 4;
	comment_judge(&input, &verdict);
	ck_assert_int_eq(verdict.action, JUDGE_SPAM);
	ck_assert_str_eq(verdict.note, "first spam rule");
}
END_TEST

START_TEST(trust_exempts)
{
	struct judge_input input = plain();

	input.member = true;
	input.hold = JUDGE_HOLD_FIRST;
	input.approved_before = false;
	input.spam = 995;
	input.links = 9;
	input.trust = TRUST_BASIC;
	expect(&input, JUDGE_HOLD, "links");
	input.trust = TRUST_REGULAR;
	expect(&input, JUDGE_SHOW, "");
	/* No level is exempt from rules, bans and duplicates. */
	input.trust = TRUST_TRUSTED;
	input.rules = &refuse;
	input.rule_count = 1;
	expect(&input, JUDGE_REFUSE, "rule");
	ck_assert(trust_is_exempt(TRUST_TRUSTED, TRUST_EXEMPT_RATE_LIMIT));
	ck_assert(!trust_is_exempt(TRUST_REGULAR, TRUST_EXEMPT_RATE_LIMIT));
	ck_assert(!trust_is_exempt(TRUST_NEW, TRUST_EXEMPT_HOLD));
}
END_TEST

START_TEST(a_flood_does_not_hold_members)
{
	struct judge_input input = plain();

	input.flood = input.member = true;
	expect(&input, JUDGE_SHOW, "");
}
END_TEST

/* The typed name and address are in the subject, which only rules read: whatever is typed, the verdict is the same. */
START_TEST(typed_names_and_addresses_give_no_rights)
{
	struct judge_input input = plain();

	input.approved_before = false;
	rule_subject_read(arena, "Hello", "Owner of the site", "owner@site.example", "https://site.example", &input.subject);
	expect(&input, JUDGE_HOLD, "first");
}
END_TEST

START_TEST(levels_follow_from_the_record)
{
	struct trust_thresholds thresholds = { .of = { [TRUST_BASIC] = { 1, 0 }, [TRUST_REGULAR] = { 10, 14 }, [TRUST_TRUSTED] = { 50, 90 } } };
	struct trust_record record = { 0 };

	ck_assert_int_eq(trust_level_of(&record, &thresholds, true, NOW), TRUST_NEW);
	record.approved = 1;
	record.first = NOW - DAY;
	ck_assert_int_eq(trust_level_of(&record, &thresholds, true, NOW), TRUST_BASIC);
	record.approved = 60;
	ck_assert_int_eq(trust_level_of(&record, &thresholds, true, NOW), TRUST_BASIC);
	record.first = NOW - 14 * DAY;
	ck_assert_int_eq(trust_level_of(&record, &thresholds, true, NOW), TRUST_REGULAR);
	record.first = NOW - 90 * DAY;
	ck_assert_int_eq(trust_level_of(&record, &thresholds, true, NOW), TRUST_TRUSTED);
	ck_assert_int_eq(trust_level_of(&record, &thresholds, false, NOW), TRUST_BASIC);
	record.rejected = 4;
	ck_assert_int_eq(trust_level_of(&record, &thresholds, true, NOW), TRUST_REGULAR);
	record.upheld = 15;
	ck_assert_int_eq(trust_level_of(&record, &thresholds, true, NOW), TRUST_BASIC);
	record.upheld = 16;
	ck_assert_int_eq(trust_level_of(&record, &thresholds, true, NOW), TRUST_NEW);
	record.set = 1 + TRUST_REGULAR;
	ck_assert_int_eq(trust_level_of(&record, &thresholds, true, NOW), TRUST_REGULAR);
	/* A threshold of nothing still needs one comment. */
	thresholds = (struct trust_thresholds){ 0 };
	record = (struct trust_record){ 0 };
	ck_assert_int_eq(trust_level_of(&record, &thresholds, true, NOW), TRUST_NEW);
}
END_TEST

START_TEST(actions_have_states)
{
	ck_assert_str_eq(judge_state(JUDGE_SHOW), "shown");
	ck_assert_str_eq(judge_state(JUDGE_HOLD), "held");
	ck_assert_str_eq(judge_state(JUDGE_SPAM), "spam");
	ck_assert_ptr_null(judge_reason_of(""));
	ck_assert_ptr_null(judge_reason_of("other"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("comment_judge");
	TCase *cases = tcase_create("comment_judge");

	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_add_test(cases, a_plain_comment_is_shown);
	tcase_add_test(cases, staff_pass_everything);
	tcase_add_test(cases, steps_have_an_order);
	tcase_add_test(cases, refusals_differ);
	tcase_add_test(cases, the_strictest_rule_decides);
	tcase_add_test(cases, trust_exempts);
	tcase_add_test(cases, a_flood_does_not_hold_members);
	tcase_add_test(cases, typed_names_and_addresses_give_no_rights);
	tcase_add_test(cases, levels_follow_from_the_record);
	tcase_add_test(cases, actions_have_states);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
