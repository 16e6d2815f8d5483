/* Search: finds posts in both languages, and never shows private text by a hit, an excerpt or a total. Any input: check_search_input.c. */
#include "support/search_case.h"
#include "support/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "store/index/search_index.h"
#include "store/search/search.h"

enum { DAY = 24 * 60 * 60 };

static int64_t payer;

static void
setup(void)
{
	search_setup();
	payer = store_user(store, "Payer", "member");
}

static int
by_slug(const void *one, const void *other)
{
	return strcmp(((const struct search_hit *)one)->post.slug, ((const struct search_hit *)other)->post.slug);
}

/* The slugs that were found, sorted, with spaces between. Also checks that the total agrees with them. */
static const char *
slugs(int64_t user_id, const char *words)
{
	struct search_result result = find(user_id, words);
	struct str text = str_init(store->arena);

	qsort(result.hits, result.count, sizeof(*result.hits), by_slug);
	for (size_t i = 0; i < result.count; i++)
		str_printf(&text, "%s%s", i == 0 ? "" : " ", result.hits[i].post.slug);
	if (result.count < SEARCH_PAGE)
		ck_assert_msg(result.total == (int64_t)result.count, "%s: %zu hits, but a total of %lld", words, result.count,
			(long long)result.total);
	return text.bytes;
}

/* The excerpt with [ and ] for the marks, which must be balanced and never empty. */
static const char *
excerpt(int64_t user_id, const char *words)
{
	struct search_result result = find(user_id, words);
	char *text;
	bool open = false;

	ck_assert_msg(result.count >= 1, "%s", words);
	text = arena_dup(store->arena, result.hits[0].snippet);
	for (char *c = text; *c != '\0'; c++) {
		if (*c != '\x01' && *c != '\x02')
			continue;
		ck_assert_int_eq(*c, open ? '\x02' : '\x01');
		ck_assert_msg(!open || c[-1] != '[', "an empty mark");
		open = !open;
		*c = open ? '[' : ']';
	}
	ck_assert(!open);
	return text;
}

/* --- finding ------------------------------------------------------------------ */

START_TEST(words_stems_and_phrases_are_found)
{
	(void)add("ink", "Boiling ink", "public", "Oak galls were boiled for hours, then left standing. Café RÉSUMÉ.", "");
	(void)add("paper", "Paper", "public", "A boil of paste; galls of no oak.", "");
	ck_assert_str_eq(slugs(0, "galls oak standing"), "ink");
	ck_assert_str_eq(slugs(0, "GALL"), "ink paper");
	ck_assert_str_eq(slugs(0, "\"oak galls\""), "ink");
	ck_assert_str_eq(slugs(0, "“oak galls”"), "ink");
	ck_assert_str_eq(slugs(0, "\"galls oak\""), "");
	ck_assert_str_eq(slugs(0, "\"oak galls"), "ink"); /* the end of the query closes the quotation */
	ck_assert_str_eq(slugs(0, "cafe resume"), "ink");
	ck_assert_uint_eq(find(0, "boil").count, 2);
	ck_assert_str_eq(find(0, "boil").hits[0].post.slug, "ink"); /* a match in a title comes first, though the other text is shorter */
	ck_assert_str_eq(slugs(0, "boiling, hours!"), "ink");
	ck_assert_str_eq(slugs(0, "galls nothing"), "");
	ck_assert_str_eq(slugs(0, "galls-oak"), ""); /* one word with a hyphen is a phrase */
	ck_assert_str_eq(slugs(0, "oak-galls"), "ink");
	ck_assert_str_eq(slugs(0, "galls -oak"), "ink paper"); /* a hyphen has no meaning */
	ck_assert_str_eq(slugs(0, "galls NOT oak"), ""); /* "not" is a word like others */
	ck_assert_str_eq(slugs(0, "galls ™ …"), "ink paper"); /* signs alone are ignored */
}
END_TEST

START_TEST(chinese_words_of_any_length_are_found)
{
	(void)add("brand", "个人品牌", "public", "怎样做个人品牌？先写作，后说话。", "");
	(void)add("seal", "印章", "public", "一个人刻章。", "");
	(void)add("mixed", "用C写博客", "public", "我用Ｃ写了renown，名叫声望2026年。한국어도.", "");
	ck_assert_str_eq(slugs(0, "品牌"), "brand");
	ck_assert_str_eq(slugs(0, "个人"), "brand seal");
	ck_assert_str_eq(slugs(0, "个人品牌"), "brand");
	ck_assert_str_eq(slugs(0, "人品"), "brand");
	ck_assert_str_eq(slugs(0, "牌"), "brand"); /* at the end of its run only */
	ck_assert_str_eq(slugs(0, "刻"), "seal");
	ck_assert_str_eq(slugs(0, "章"), "seal");
	ck_assert_str_eq(slugs(0, "品 牌"), "brand");
	ck_assert_str_eq(slugs(0, "品章"), "");
	ck_assert_str_eq(slugs(0, "写作后"), ""); /* a comma is between them */
	ck_assert_str_eq(slugs(0, "\"写作 后说\""), "brand");
	ck_assert_str_eq(slugs(0, "写作，后说"), "brand");
	ck_assert_str_eq(slugs(0, "用C写"), "mixed");
	ck_assert_str_eq(slugs(0, "c"), "mixed");
	ck_assert_str_eq(slugs(0, "renown 声望"), "mixed");
	ck_assert_str_eq(slugs(0, "2026"), "mixed");
	ck_assert_str_eq(slugs(0, "2026年"), "mixed");
	ck_assert_str_eq(slugs(0, "年"), "mixed");
	ck_assert_str_eq(slugs(0, "한국"), "mixed");
	ck_assert_str_eq(slugs(0, "어도"), "mixed");
	ck_assert_str_eq(slugs(0, "品牌　个人"), "brand"); /* the space of Chinese keyboards */
}
END_TEST

START_TEST(tags_authors_and_languages_filter_the_results)
{
	const char *const tags[] = { "C++", "Book Binding", "装裱" };
	struct post_save save = store_post(author, "a", "Glue", "Paste and glue.", "");

	save.tags = tags;
	save.tag_count = 3;
	(void)store_save(store, &save);
	save = store_post(owner, "b", "Glue", "Glue and paste.", "");
	save.post.lang = "zh";
	save.tags = tags + 1;
	save.tag_count = 1;
	save.post.published = STORE_NOW - 2 * DAY;
	(void)store_save(store, &save);
	ck_assert_str_eq(slugs(0, "glue"), "a b");
	ck_assert_str_eq(slugs(0, "glue tag:book-binding"), "a b");
	ck_assert_str_eq(slugs(0, "tag:\"Book Binding\" tag:装裱 paste"), "a");
	ck_assert_str_eq(slugs(0, "tag:c++"), "a");
	ck_assert_str_eq(slugs(0, "TAG：装裱"), "a");
	ck_assert_str_eq(slugs(0, "author:mo-li"), "a");
	ck_assert_str_eq(slugs(0, "author:owner glue"), "b");
	ck_assert_str_eq(slugs(0, "author:mo-li author:owner"), "");
	/* A filter with an unknown name finds nothing, rather than everything. */
	ck_assert_str_eq(slugs(0, "glue tag:no-such-tag"), "");
	ck_assert_str_eq(slugs(0, "author:nobody"), "");
	ck_assert_str_eq(slugs(0, "tag:\"\" glue"), "");
	ck_assert(find(0, "tag:no-such-tag").has_terms);
	/* Facets are not found as words: nobody finds a post by its id. */
	ck_assert_str_eq(slugs(0, "t1"), "");
	ck_assert_str_eq(slugs(0, "xpublic"), "");
	ck_assert_str_eq(slugs(0, "facets:t1"), "");
	ck_assert_int_eq(find_page(0, "glue", "zh", 0).total, 1);
	ck_assert_int_eq(find_page(0, "glue", "en", 0).total, 1);
	ck_assert_int_eq(find_page(0, "tag:book-binding", "zh", 0).total, 1);
	ck_assert_int_eq(find_page(0, "", "zh", 0).total, 0);
}
END_TEST

START_TEST(a_query_without_words_finds_nothing)
{
	const char *const nothing[] = { "", " ", "\"", "\"\" \"\"", "***", "。，！", "\xf0\x9f\x98\x80", "tag", "-", "\xe3\x80\x80" };

	(void)add("a", "A", "public", "Some words.", "");
	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++) {
		struct search_result result = find(0, nothing[i]);
		ck_assert_msg(result.count == 0 && result.total == 0, "\"%s\"", nothing[i]);
		ck_assert_msg(result.has_terms == str_equal(nothing[i], "tag"), "\"%s\"", nothing[i]);
		ck_assert(!result.has_more && result.ranked);
	}
}
END_TEST

/* --- access ------------------------------------------------------------------- */

START_TEST(text_behind_the_cut_is_found_only_by_viewers_with_access)
{
	const char *const tags[] = { "Course" };
	struct post_save save = store_post(author, "paid", "Lesson", "The open part.", "The canary behind the cut.");
	int64_t paid, tag;

	save.post.access = "paid";
	save.tags = tags;
	save.tag_count = 1;
	paid = store_save(store, &save);
	tag = store_post_by_id(store, paid).tags[0].id;
	(void)add("members", "Letter", "members", "An open part.", "A canary for members.");
	ck_assert_str_eq(slugs(0, "canary"), "");
	ck_assert_int_eq(find(0, "canary").total, 0);
	ck_assert_str_eq(slugs(member, "canary"), "members");
	ck_assert_str_eq(slugs(owner, "canary"), "members paid");
	ck_assert_str_eq(slugs(author, "canary"), "members paid");
	/* One word in the open part and one behind the cut is a match behind the cut. */
	ck_assert_str_eq(slugs(0, "open canary"), "");
	ck_assert_str_eq(slugs(0, "open"), "members paid");
	ck_assert_str_eq(slugs(member, "open canary"), "members");
	ck_assert_str_eq(slugs(0, "\"part the canary\""), "");
	ck_assert_str_eq(slugs(owner, "\"part the canary\""), "");
	/* Filters alone do not reveal closed text. */
	ck_assert_str_eq(slugs(0, "tag:course"), "paid");
	ck_assert_str_eq(slugs(0, "tag:course canary"), "");
	(void)store_grant(store, payer, "tag", tag);
	ck_assert_str_eq(slugs(payer, "canary"), "members paid");
	ck_assert_str_eq(slugs(payer, "tag:course canary"), "paid");
	ck_assert_str_eq(slugs(member, "tag:course canary"), "");
	(void)store_grant(store, member, "post", paid);
	ck_assert_str_eq(slugs(member, "canary"), "members paid");
}
END_TEST

START_TEST(a_grant_to_everything_finds_all_published_posts)
{
	struct post_save save = store_post(author, "draft", "Draft", "canary", "canary");

	(void)add("paid", "Paid", "paid", "Open.", "The canary.");
	save.post.state = "draft";
	(void)store_save(store, &save);
	save = store_post(author, "unpublished", "Withdrawn", "canary", "");
	save.post.state = "unpublished";
	(void)store_save(store, &save);
	save = store_post(author, "future", "Future", "canary", "");
	save.post.published = STORE_NOW + 1;
	(void)store_save(store, &save);
	(void)store_grant(store, payer, "everything", 0);
	ck_assert_str_eq(slugs(payer, "canary"), "paid");
	ck_assert_str_eq(slugs(owner, "canary"), "paid");
	ck_assert_str_eq(slugs(author, "canary"), "paid");
	ck_assert_str_eq(slugs(0, "canary"), "");
	ck_assert_str_eq(slugs(0, "author:mo-li"), "paid");
}
END_TEST

START_TEST(excerpts_show_only_what_the_viewer_may_read)
{
	int64_t id = add("paid", "Lesson on paste", "paid", "Wheat starch is open.", "Starch at ninety degrees: canary.");

	ck_assert_str_eq(excerpt(0, "starch"), "Wheat [starch] is open.");
	ck_assert_str_eq(excerpt(member, "starch"), "Wheat [starch] is open.");
	ck_assert_str_eq(excerpt(0, "paste"), "Wheat starch is open.");
	(void)store_grant(store, payer, "post", id);
	ck_assert_str_eq(excerpt(payer, "starch canary"), "[Starch] at ninety degrees: [canary].");
	ck_assert_str_eq(excerpt(payer, "degree"), "Starch at ninety [degrees]: canary.");
}
END_TEST

/* The index contains words for access. If they are ever wrong, the access check still decides. */
START_TEST(a_wrong_index_reveals_no_private_post)
{
	int64_t id = add("paid", "Lesson", "paid", "Open.", "The canary.");
	struct post post = store_post_by_id(store, id);
	struct search_document document = { .search_id = post.search_id, .title = "Lesson", .summary = "",
		.opened = "Open.", .closed = "The canary.",
		.facets = arena_printf(store->arena, "a%lld len p%lld xmembers", (long long)author, (long long)id) };

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(search_index_put(store->db, store->arena, &document), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_uint_eq(find(member, "canary").count, 0);
	ck_assert_uint_eq(find(member, "open").count, 1);
	ck_assert_int_eq(db_execute(store->db, "UPDATE post SET state = 'draft'"), OK);
	ck_assert_uint_eq(find(0, "open").count, 0);
	ck_assert_uint_eq(find(owner, "open").count, 0);
}
END_TEST

START_TEST(saving_a_post_updates_the_index)
{
	struct post_save save = store_post(author, "a", "First title", "Old words.", "Behind the cut.");
	struct viewer nobody = { 0 };
	struct search_result result;

	save.post.access = "paid";
	save.post.id = store_save(store, &save);
	ck_assert_str_eq(slugs(0, "cut"), "");
	save.post.access = "public";
	(void)store_save(store, &save);
	ck_assert_str_eq(slugs(0, "cut"), "a"); /* a public post has no closed part */
	ck_assert_str_eq(excerpt(0, "cut"), "Behind the [cut].");
	save.post.access = "members";
	save.post.title = "Second title";
	save.text.open_plain = "New words.";
	save.post.published -= 5 * DAY;
	(void)store_save(store, &save);
	ck_assert_str_eq(slugs(0, "cut"), "");
	ck_assert_str_eq(slugs(0, "old"), "");
	ck_assert_str_eq(slugs(0, "first"), "");
	ck_assert_str_eq(slugs(0, "second new"), "a");
	/* An empty viewer finds nothing, in hits and in totals. */
	ck_assert_int_eq(search_posts(store->db, store->arena, &nobody, "second", NULL, 0, &result), OK);
	ck_assert_uint_eq(result.count, 0);
	ck_assert_int_eq(result.total, 0);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_set_state(store->db, store->arena, save.post.id, "unpublished", STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_str_eq(slugs(0, "second"), "");
	ck_assert_str_eq(slugs(owner, "second"), "");
}
END_TEST

/* --- excerpts ------------------------------------------------------------------- */

START_TEST(excerpts_mark_the_matches)
{
	struct post_save save = store_post(author, "b", "Silk", "Threads.", "");

	(void)add("a", "个人品牌", "public", "怎样做个人品牌，先写作。A brand is a promise; brands are kept.", "");
	ck_assert_str_eq(excerpt(0, "品牌"), "怎样做个人[品牌]，先写作。A brand is a promise; brands are kept.");
	ck_assert_str_eq(excerpt(0, "品"), "怎样做个人[品]牌，先写作。A brand is a promise; brands are kept.");
	ck_assert_str_eq(excerpt(0, "牌"), "怎样做个人品[牌]，先写作。A brand is a promise; brands are kept.");
	ck_assert_str_eq(excerpt(0, "个人品牌 brand"), "怎样做[个人品牌]，先写作。A [brand] is a promise; [brands] are kept.");
	ck_assert_str_eq(excerpt(0, "做个 品牌"), "怎样[做个]人[品牌]，先写作。A brand is a promise; brands are kept.");
	ck_assert_str_eq(excerpt(0, "\"写作 a brand\""), "怎样做个人品牌，先[写作。A brand] is a promise; brands are kept.");
	/* A match in the title alone shows the beginning of the post, a match in the summary shows the summary. */
	save.post.summary = "Of worms and their silk.";
	(void)store_save(store, &save);
	ck_assert_str_eq(excerpt(0, "worm"), "Of [worms] and their silk.");
	ck_assert_str_eq(excerpt(0, "threads"), "[Threads].");
	ck_assert_str_eq(excerpt(0, "author:mo-li silk"), "Of worms and their [silk].");
}
END_TEST

START_TEST(excerpts_of_long_texts_are_short_and_show_the_match)
{
	struct str text = str_init(store->arena), chinese = str_init(store->arena);
	const char *shown;

	for (int i = 0; i < 20000; i++) {
		str_printf(&text, "word%d ", i);
		str_add(&chinese, "天地玄黄，宇宙洪荒。");
		if (i == 15000) {
			str_add(&text, "the happiness needle ");
			str_add(&chinese, "针在这里");
		}
	}
	(void)add("a", "Hay", "public", text.bytes, "");
	shown = excerpt(0, "needle happy");
	ck_assert_msg(strstr(shown, "word15000 the [happiness] [needle] word15001") != NULL, "%s", shown);
	ck_assert_msg(str_starts(shown, "…") && str_ends(shown, "…"), "%s", shown);
	ck_assert_uint_lt(strlen(shown), 260);
	(void)add("b", "草", "public", chinese.bytes, "");
	shown = excerpt(0, "针在");
	ck_assert_msg(strstr(shown, "洪荒。[针在]这里天地") != NULL, "%s", shown);
	ck_assert_uint_lt(text_length(shown), 130);
	shown = excerpt(0, "草");
	ck_assert_msg(str_starts(shown, "天地玄黄") && str_ends(shown, "…"), "%s", shown);
	ck_assert_uint_lt(text_length(shown), 165);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("search");
	TCase *cases = tcase_create("search");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_set_timeout(cases, 120);
	tcase_add_test(cases, words_stems_and_phrases_are_found);
	tcase_add_test(cases, chinese_words_of_any_length_are_found);
	tcase_add_test(cases, tags_authors_and_languages_filter_the_results);
	tcase_add_test(cases, a_query_without_words_finds_nothing);
	tcase_add_test(cases, text_behind_the_cut_is_found_only_by_viewers_with_access);
	tcase_add_test(cases, a_grant_to_everything_finds_all_published_posts);
	tcase_add_test(cases, excerpts_show_only_what_the_viewer_may_read);
	tcase_add_test(cases, a_wrong_index_reveals_no_private_post);
	tcase_add_test(cases, saving_a_post_updates_the_index);
	tcase_add_test(cases, excerpts_mark_the_matches);
	tcase_add_test(cases, excerpts_of_long_texts_are_short_and_show_the_match);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
