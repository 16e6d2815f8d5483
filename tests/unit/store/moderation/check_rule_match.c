/* How moderation rules match: folding, word boundaries, stars, links. */
#include <check.h>
#include <string.h>
#include <time.h>

#include "support/arena_case.h"
#include "core/str.h"
#include "store/moderation/rule_match.h"
#include "support/suite.h"

struct pair {
	const char *pattern, *text;
	bool matches;
};

static const struct pair words[] = {
	{ "loan", "A loan for you", true },
	{ "loan", "LOAN!", true },
	{ "loan", "loans", false },
	{ "loan", "upsloan", false },
	{ "loan*", "cheap loans now", true },
	{ "*loan", "a payloan here", true },
	{ "*loan", "payloans", false },
	{ "*loan*", "xpayloansx", true },
	{ "ｌｏａｎ", "a loan", true },
	{ "loan", "a ＬＯＡＮ", true },
	{ "café", "CAFE", true },
	{ "cafe", "un cafe\xCC\x81 noir", true },
	{ "viagra", "vi\xC2\xAD" "agra", true },
	{ "buy now", "Buy \n\t NOW.", true },
	{ "buy now", "buynow", false },
	{ "buy * now", "buy pills now", true },
	{ "buy * now", "buy many pills now", false },
	{ "b*y", "buy", true },
	{ "b*y", "b uy", false },
	{ "v*g*a", "v1agr_a", true },
	{ "v*g*a", "v1agr_ab", false },
	{ "v*g*a*", "v1agr_ab", true },
	{ "赌场", "最好的赌场在这里", true },
	{ "赌场", "赌 场", false },
	{ "赌*场", "赌大的场在", true },
	{ "赌*场", "赌，然后场", true },
	{ "赌*场", "场赌", false },
	{ "カジノ", "オンラインカジノへ", true },
	{ "vip赌场", "ＶＩＰ赌场", true },
	{ "vip", "最好vip赌场", true },
	{ "über", "Uber alles", true },
	{ "straße", "STRASSE", true },
	{ "c++", "I like C++ a lot", true },
	{ "$$$", "earn $$$ fast", true },
	{ "a*", "", false },
};

START_TEST(words_match)
{
	const struct pair *pair = &words[_i];
	struct rule_subject subject;

	rule_subject_read(arena, pair->text, "", "", "", &subject);
	ck_assert_msg(rule_match(RULE_WORD, rule_pattern(arena, pair->pattern), &subject) == pair->matches, "%s in %s", pair->pattern, pair->text);
}
END_TEST

static const struct pair hosts[] = {
	{ "spam.example", "see https://spam.example/x", true },
	{ "spam.example", "see http://www.Spam.Example./", true },
	{ "spam.example", "https://notspam.example", false },
	{ "spam.example", "https://spam.example.org", false },
	{ "spam.example", "[click](https://user:pw@spam.example:8080/y)", true },
	{ "spam.example", "https://good.example/spam.example", false },
	{ "spam.example", "https://sp%61m.example", true },
	{ "spam.example", "ｈｔｔｐｓ：／／ｓｐａｍ．ｅｘａｍｐｌｅ", true },
	{ "*.example", "https://a.b.example", true },
	{ "*casino*", "www.best-casino-here.org.", true },
	{ "*casino*", "http://ok.org/casino", false },
	{ "spam.example", "看这里https://spam.example。然后", true },
	{ "spam.example", "<https://spam.example>", true },
	{ "спам.рф", "http://СПАМ.РФ/", true },
};

START_TEST(hosts_match)
{
	const struct pair *pair = &hosts[_i];
	struct rule_subject subject;

	rule_subject_read(arena, pair->text, "", "", "", &subject);
	ck_assert_msg(rule_match(RULE_HOST, rule_pattern(arena, pair->pattern), &subject) == pair->matches, "%s in %s", pair->pattern, pair->text);
	rule_subject_read(arena, "nothing", "", "", "https://spam.example", &subject);
	ck_assert_uint_eq(subject.link_count, 1);
	ck_assert_str_eq(subject.hosts[0], "spam.example");
}
END_TEST

START_TEST(names_and_addresses_match_as_a_whole)
{
	struct rule_subject subject;

	rule_subject_read(arena, "text https://a.example/buy?x=1 and https://b.example.", "  Best   CASINO ", "Bob@Mail.Example", "", &subject);
	ck_assert(rule_match(RULE_NAME, "best casino", &subject));
	ck_assert(rule_match(RULE_NAME, "*casino", &subject));
	ck_assert(!rule_match(RULE_NAME, "casino", &subject));
	ck_assert(rule_match(RULE_ADDRESS, "bob@mail.example", &subject));
	ck_assert(rule_match(RULE_ADDRESS, "*@mail.example", &subject));
	ck_assert(!rule_match(RULE_ADDRESS, "mail.example", &subject));
	ck_assert(rule_match(RULE_ADDRESS, "a.example/buy*", &subject));
	ck_assert(rule_match(RULE_ADDRESS, "https://b.example", &subject));
	ck_assert(!rule_match(RULE_ADDRESS, "https://a.example", &subject));
	/* A rule for names or addresses says nothing about the text. */
	ck_assert(!rule_match(RULE_NAME, "text", &subject));
	/* An empty address matches no rule, not even "*". */
	rule_subject_read(arena, "text", "", "", "", &subject);
	ck_assert(!rule_match(RULE_ADDRESS, "*a*", &subject));
}
END_TEST

START_TEST(patterns_need_a_character_and_few_stars)
{
	ck_assert(!rule_pattern_is_valid(rule_pattern(arena, "")));
	ck_assert(!rule_pattern_is_valid(rule_pattern(arena, " * ** ")));
	ck_assert(!rule_pattern_is_valid("a*b*c*d*e*f*g*h*i*j"));
	ck_assert(rule_pattern_is_valid(rule_pattern(arena, " Buy\t NOW ")));
	ck_assert_str_eq(rule_pattern(arena, " Buy\t NOW "), "buy now");
}
END_TEST

/* 60 kB without white space, and a pattern that fails at its last part: every start must not read the whole text again. */
START_TEST(long_texts_take_linear_time)
{
	struct rule_subject subject;
	struct str text = str_init(arena);
	struct timespec begun, ended;

	for (int i = 0; i < 20000; i++)
		str_add(&text, "赌");
	rule_subject_read(arena, text.bytes, "", "", "", &subject);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begun);
	ck_assert(!rule_match(RULE_WORD, "赌*赌*赌*赌*场", &subject));
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ended);
	ck_assert_int_lt((ended.tv_sec - begun.tv_sec) * 1000 + (ended.tv_nsec - begun.tv_nsec) / 1000000, 100);
}
END_TEST

START_TEST(links_are_read_up_to_a_limit)
{
	struct rule_subject subject;
	struct str text = str_init(arena);

	for (int i = 0; i < 1000; i++)
		str_add(&text, "http://a.example ");
	rule_subject_read(arena, text.bytes, "", "", "http://mine.example", &subject);
	ck_assert_uint_eq(subject.link_count, RULE_LINKS_MAX + 1);
	ck_assert_str_eq(subject.hosts[RULE_LINKS_MAX], "mine.example");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rule_match");
	TCase *cases = tcase_create("rule_match");

	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_add_loop_test(cases, words_match, 0, sizeof(words) / sizeof(words[0]));
	tcase_add_loop_test(cases, hosts_match, 0, sizeof(hosts) / sizeof(hosts[0]));
	tcase_add_test(cases, names_and_addresses_match_as_a_whole);
	tcase_add_test(cases, patterns_need_a_character_and_few_stars);
	tcase_add_test(cases, long_texts_take_linear_time);
	tcase_add_test(cases, links_are_read_up_to_a_limit);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
