/* The spam classifier: what it thinks before it learned anything, and what learning changes. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <string.h>

#include "core/str.h"
#include "store/spam/spam_features.h"
#include "store/spam/spam_score.h"
#include "store/spam/spam_table.h"

static struct spam_features
take(const char *text)
{
	const struct spam_comment comment = { .text = text };
	struct spam_features features;

	spam_features_take(arena, &comment, &features);
	return features;
}

/* The score with what a table learned; NULL: with the prior only. */
static double
score(const struct spam_table *table, const char *text)
{
	struct spam_features features = take(text);
	struct spam_total total = { 0 };

	if (table != NULL)
		spam_table_look_up(table, &features, &total);
	return spam_score(&features, &total);
}

static void
learn(struct spam_table *table, const char *text, bool is_spam)
{
	struct spam_features features = take(text);

	spam_table_learn(table, &features, is_spam);
}

/* Made up for this test, in both languages. */
static const char *const advertisements[] = {
	"Buy followers now, best price http://x.ru",
	"I lost $50,000 until I met a recovery expert, contact her on WhatsApp +1 234 567 8901",
	"<a href=\"http://cialis-online.com\">buy cialis online</a> cheap",
	"Earn money from home, $500 per day, no experience needed: www.work-now.info",
	"Best online casino bonus, free spins, click here https://casino-x.top/ref/123",
	"Please subscribe to my channel, I make covers",
	"Hot girls near you waiting for chat -> http://sexdate.top",
	"代开发票 13800138000 点数低",
	"诚招兼职 日结300 加V信 abc888",
	"澳门新葡京娱乐城 首存送彩金 www.abc888.cc",
	"需要办理信用卡套现的加我微信 xyz12345",
};

static const char *const conversation[] = {
	"The docs at https://sqlite.org/wal.html say otherwise, I think. Did you measure it?",
	"Thank you for this post. I have a question about the second example: what happens when the disk is full?",
	"Is there an RSS feed for your site?",
	"Check out the second chapter of that book, it has a better proof.",
	"I bought a phone last year and the battery is already dead. Any idea how to replace it?",
	"Great article, thanks for sharing!",
	"nice",
	"",
	"写得真好，我也遇到了同样的问题。",
	"支持一下，期待更新",
	"请问第三章的问题怎么解决？",
};

START_TEST(the_prior_knows_advertisements)
{
	for (size_t i = 0; i < sizeof(advertisements) / sizeof(*advertisements); i++)
		ck_assert_msg(spam_score_is_spam(score(NULL, advertisements[i])), "%s", advertisements[i]);
	for (size_t i = 0; i < sizeof(conversation) / sizeof(*conversation); i++)
		ck_assert_msg(!spam_score_is_spam(score(NULL, conversation[i])), "%s", conversation[i]);
}
END_TEST

START_TEST(learning_changes_the_mind)
{
	struct spam_table *table = spam_table_new(1000);
	const char *unknown = "zorblat frobnicates quickly", *other = "the committee met on Tuesday";

	ck_assert(!spam_score_is_spam(score(table, unknown)));
	for (int i = 0; i < 10; i++) {
		learn(table, unknown, true);
		learn(table, other, false);
	}
	ck_assert(spam_score_is_spam(score(table, unknown)));
	ck_assert(!spam_score_is_spam(score(table, other)));
	/* A site about casinos. */
	ck_assert(spam_score_is_spam(score(table, "casino poker roulette")));
	for (int i = 0; i < 60; i++)
		learn(table, "casino poker roulette", false);
	ck_assert(!spam_score_is_spam(score(table, "casino poker roulette")));
	spam_table_free(table);
}
END_TEST

/* One decision about a comment says little of its words. */
START_TEST(a_single_decision_says_little)
{
	struct spam_table *table = spam_table_new(1000);

	learn(table, "we met the gardener at noon", true);
	ck_assert(!spam_score_is_spam(score(table, "the gardener came at noon")));
	spam_table_free(table);
}
END_TEST

START_TEST(features_are_sorted_by_surprise)
{
	struct spam_features features = take("cheap viagra, and the committee met on Tuesday at noon");
	struct spam_total total = { 0 };
	double sum = spam_score(&features, &total), added = 0;

	for (size_t i = 0; i < features.count; i++) {
		ck_assert(i == 0 || features.list[i - 1].surprise >= features.list[i].surprise);
		added += features.list[i].weight;
		/* Nothing is known of it. */
		if (str_equal(features.list[i].name, "committee"))
			ck_assert(features.list[i].weight == 0);
		if (str_equal(features.list[i].name, "viagra"))
			ck_assert(features.list[i].weight > 1);
	}
	ck_assert_double_eq_tol(sum, added, 1e-9);
	ck_assert_double_eq_tol(spam_score_probability(0), 0.5, 1e-9);
	ck_assert(spam_score_probability(3) > 0.9 && spam_score_probability(-3) < 0.1);
	ck_assert(spam_score_probability(1e6) <= 1 && spam_score_probability(-1e6) >= 0);
}
END_TEST

/* --- the table in memory ------------------------------------------------------------------ */

START_TEST(the_table_counts)
{
	struct spam_table *table = spam_table_new(1000);
	struct spam_features features;
	struct spam_total total;

	learn(table, "apple", true);
	learn(table, "apple", true);
	learn(table, "apple pear", false);
	features = take("apple pear plum");
	spam_table_look_up(table, &features, &total);
	ck_assert_int_eq(total.spam, 2);
	ck_assert_int_eq(total.ham, 1);
	for (size_t i = 0; i < features.count; i++) {
		const struct spam_feature *feature = &features.list[i];
		if (str_equal(feature->name, "apple"))
			ck_assert(feature->spam == 2 && feature->ham == 1);
		if (str_equal(feature->name, "pear"))
			ck_assert(feature->spam == 0 && feature->ham == 1);
		if (str_equal(feature->name, "plum"))
			ck_assert(feature->spam == 0 && feature->ham == 0);
	}
	spam_table_free(table);
}
END_TEST

START_TEST(the_table_drops_the_rarest)
{
	struct spam_table *table = spam_table_new(200);

	for (int i = 0; i < 1000; i++) {
		learn(table, "evergreen", true);
		learn(table, arena_printf(arena, "once%c%c%c", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676), false);
		ck_assert_uint_le(spam_table_count(table), 200);
	}
	ck_assert(score(table, "evergreen") > score(table, "onceaaa"));
	spam_table_free(table);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("spam_score");
	TCase *cases = tcase_create("spam_score");

	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_add_test(cases, the_prior_knows_advertisements);
	tcase_add_test(cases, learning_changes_the_mind);
	tcase_add_test(cases, a_single_decision_says_little);
	tcase_add_test(cases, features_are_sorted_by_surprise);
	tcase_add_test(cases, the_table_counts);
	tcase_add_test(cases, the_table_drops_the_rarest);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
