/* Search accepts every input: none is an invalid query, none shows private text, none is slow; and the pages of results end. */
#include "support/search_case.h"
#include "support/suite.h"

#include <string.h>

#include "core/clock.h"
#include "core/text.h"
#include "store/search/search.h"

enum { DAY = 24 * 60 * 60 };

/* --- any input ------------------------------------------------------------------ */

static const char *const hostile[] = {
	"foo-bar", "foo bar-", "-", "--", "'", "''", "\"", "\"\"", "\"\"\"", "\"a", "a\"", "a\"b", "a\"\"b", "\" OR \"", "*", "a*", "*a",
	"a**", "^a", "^", "a^b", ":", "a:b", "title:a", "facets:t1", "closed:canary", "{closed}:canary", "{title closed} : a",
	"-closed:a", "- closed : a", "(a", "a)", "((a))", "()", ")(", "NEAR(a b)", "NEAR(a b, 3)", "NEAR/2", "a NEAR b", "AND", "OR", "NOT",
	"AND AND", "a AND", "OR a", "NOT a", "a NOT", "a AND OR b", "a + b", "+", "a+", "a ++ b", "a.b", "a,b", "a;b", "a/b", "a\\b", "\\", "\\\"",
	"a|b", "a&b", "a&&b", "a||b", "!a", "a!", "a?", "?", "a=b", "=", "a<b", "<a>", "a>b", "a~1", "~", "a`b", "`", "a@b", "#a", "$a", "a%b", "%", "%00",
	"%' OR '1'='1", "' OR 1=1 --", "'; DROP TABLE post; --", "1; SELECT 1", "UNION SELECT * FROM site_user", "\" OR facets:\"xpublic",
	"\") OR (\"a", "a\") AND (facets : (\"t1", "}:a", "{", "}", "{a", "a}", "{}:a", "[a]", "[", "]", "a[1]", "rank", "rowid", "post_search", "post_search MATCH 'a'",
	"NULL", "null", "0", "-1", "1e999", "0x10", "9223372036854775808", "1.5", ".5", "5.", "tag:", "author:", "tag::", "tag::a", "tag:tag:a",
	"tag:\"", "tag:\"\"", "tag:\"a", "tag:a\"b", "author:\"; DROP", "tag:*", "tag:%", "tag:' OR 1=1", "tag:a tag:b tag:c tag:d tag:e tag:f tag:g tag:h tag:i",
	"TAG:A", "Author:Mo-Li", "tag：", "tag：a", "：", "“", "”", "“a", "a”", "“”", "„a“", "«a»", "「品牌」", "『品牌』", "品牌*", "*品牌", "\"品牌\"*", "品牌\"",
	"牌*", "牌\"*", "\"牌\" *", "牌)", "(牌", "牌 AND 品", "牌 NEAR 品", "品-牌", "品'牌", "品。牌", "。", "，", "……", "——", "・", "々", "〇", "ー", "゛", "ｶﾞ", "㍿",
	"①", "½", "²", "™", "ß", "İ", "ı", "ﬁ", "ǆ", "Å", "e\xcc\x81", "\xcc\x81", "\xcc\x81\xcc\x82", "\xef\xbf\xbd", "\xef\xbf\xbd\xef\xbf\xbd", "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9",
	"\xf0\xa0\xae\xb7", "\xf0\xb0\x80\x80", "\xf3\xa0\x84\x80", "नमस्ते", "สวัสดี", "ไทย", "العربية", "עברית", "Ελλάδα", "русский", "हिन्दी", "தமிழ்", "ქართული", "አማርኛ",
	"\xe2\x80\x8b", "a\xe2\x80\x8b" "b", "牌\xe2\x80\x8b品", "\xe2\x80\x8e", "\xe2\x80\xae" "cba", "\xc2\xa0", "\xc2\xad", "\xe3\x80\x80", "\t", "a\tb", "\n", "a\nb", "  a  ",
	"<script>alert(1)</script>", "<b>a</b>", "&lt;", "&#0;", "javascript:alert(1)", "../../etc/passwd", "${a}", "{{a}}", "%s%s%n", "%d", "$(a)", "`a`", "a\"--",
	"a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z",
	"一 二 三 四 五 六 七 八 九 十 一 二 三 四 五 六 七 八 九 十 一 二 三 四 五 六 七 八 九 十", "\"a b c\" \"d e f\" \"g\" \"\" \"h", "a\"b\"c\"d\"e\"f",
	"\"\"a\"\"", "''a''", "\"'a'\"", "'\"a\"'", "a AND (b OR c) NOT d", "((((((((((a))))))))))", "a OR b OR c OR d OR e", "NOT NOT a", "* * *", "\" \" \" \"",
};
enum { HOSTILE = sizeof(hostile) / sizeof(hostile[0]) };

static void
try_all(const char *input)
{
	const char *clean = text_clean(store->arena, input, strlen(input), TEXT_LINE);
	const int64_t viewers[] = { 0, member, owner };
	struct search_result result;

	for (size_t i = 0; i < 3; i++) {
		struct viewer viewer = store_viewer(store, viewers[i]);
		ck_assert_msg(search_posts(store->db, store->arena, &viewer, clean, i == 1 ? "zh" : NULL, 0, &result) == OK,
			"\"%s\" is not a valid query", clean);
		ck_assert_int_ge(result.total, (int64_t)result.count);
		for (size_t hit = 0; hit < result.count; hit++)
			ck_assert_msg(i == 2 || strstr(result.hits[hit].snippet, "canary") == NULL, "%s", clean);
	}
}

START_TEST(every_text_is_a_valid_query)
{
	_Static_assert(HOSTILE >= 200, "the list has shrunk");
	(void)add("a", "a b title 品牌", "public", "foo bar a b c 品牌 牌 tag author near and or not", "");
	(void)add("b", "a", "paid", "a 品 牌", "canary a b 品牌");
	for (size_t i = 0; i < HOSTILE; i++)
		try_all(hostile[i]);
}
END_TEST

/* All pairs of texts that have a meaning in FTS5 or SQL. */
START_TEST(signs_of_the_query_language_have_no_meaning)
{
	static const char *const signs[] = { "AND", "OR", "NOT", "NEAR(", "^", "*", ":", "{", "}", "(", ")", "+", "-", "\"", "'", ",",
		"closed:", "facets:", "a", "牌" };
	enum { SIGNS = sizeof(signs) / sizeof(signs[0]) };

	(void)add("b", "a", "paid", "a 品 牌", "canary a b 品牌");
	for (size_t i = 0; i < SIGNS; i++)
		for (size_t j = 0; j < SIGNS; j++) {
			try_all(arena_printf(store->arena, "%s%s", signs[i], signs[j]));
			try_all(arena_printf(store->arena, "%s canary %s", signs[i], signs[j]));
		}
}
END_TEST

START_TEST(a_very_long_query_is_cut)
{
	char *text = arena_alloc(store->arena, 1000001);
	int64_t start = clock_micros();

	(void)add("a", "a", "public", "a b c", "");
	memset(text, 'a', 1000000);
	try_all(text);
	for (size_t i = 0; i < 1000000; i += 2)
		text[i] = ' ';
	try_all(text);
	memset(text, '"', 1000000);
	try_all(text);
	ck_assert_msg(clock_micros() - start < 5 * 1000000, "it took %lld ms", (long long)(clock_micros() - start) / 1000);
}
END_TEST

/* --- many ----------------------------------------------------------------------- */

START_TEST(too_many_results_to_rank_are_listed_newest_first)
{
	struct search_result result;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	for (int i = 0; i < SEARCH_RANKED + 30; i++) {
		struct post_save save = store_post(author, arena_printf(store->arena, "p%d", i), i == 0 ? "needle" : "Post",
			i % 2 == 0 ? "needle even" : "needle odd", "");
		int64_t id;
		/* Many posts in the same second: each must be found exactly once. */
		save.post.published = STORE_NOW - 10 * DAY + (i > 2000 ? i : 0);
		ck_assert_int_eq(post_save(store->db, store->arena, &save, &id), OK);
	}
	ck_assert_int_eq(db_commit(store->db), OK);
	result = find(0, "needle");
	ck_assert_int_eq(result.total, SEARCH_RANKED + 1);
	ck_assert(!result.ranked && result.has_more);
	ck_assert_uint_eq(result.count, SEARCH_PAGE);
	for (size_t i = 0; i < SEARCH_PAGE; i++)
		ck_assert_str_eq(result.hits[i].post.slug, arena_printf(store->arena, "p%d", SEARCH_RANKED + 29 - (int)i));
	/* The last page, and pages after it. */
	result = find_page(0, "needle", NULL, SEARCH_RANKED / SEARCH_PAGE - 1);
	ck_assert_uint_eq(result.count, SEARCH_PAGE);
	ck_assert(!result.has_more);
	result = find_page(0, "needle", NULL, SEARCH_RANKED / SEARCH_PAGE);
	ck_assert_uint_eq(result.count, 0);
	ck_assert(!result.has_more);
	result = find_page(0, "needle", NULL, SIZE_MAX / SEARCH_PAGE);
	ck_assert_uint_eq(result.count, 0);
	/* Half of them are few enough to be ranked: the word in a title comes first. */
	result = find(0, "even needle");
	ck_assert_int_eq(result.total, (SEARCH_RANKED + 30) / 2);
	ck_assert(result.ranked && result.has_more);
	ck_assert_str_eq(result.hits[0].post.slug, "p0");
	result = find_page(0, "even", NULL, (SEARCH_RANKED + 30) / 2 / SEARCH_PAGE);
	ck_assert_uint_eq(result.count, (SEARCH_RANKED + 30) / 2 % SEARCH_PAGE);
	ck_assert(!result.has_more);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("search_input");
	TCase *cases = tcase_create("search_input");

	tcase_add_checked_fixture(cases, search_setup, store_teardown);
	tcase_set_timeout(cases, 120);
	tcase_add_test(cases, every_text_is_a_valid_query);
	tcase_add_test(cases, signs_of_the_query_language_have_no_meaning);
	tcase_add_test(cases, a_very_long_query_is_cut);
	tcase_add_test(cases, too_many_results_to_rank_are_listed_newest_first);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
