/* The features of a comment: what is taken from its words, its links and its form, and how much work that may be. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "store/spam/spam_features.h"
#include "store/spam/spam_prior.h"

enum { NOISE = 64 * 1024 };

/* Random words of an alphabet of characters, as many as fit into NOISE bytes. */
static char *
noise(const char *alphabet)
{
	struct str out = str_init(arena);
	size_t letters = text_length(alphabet);

	srandom(1);
	while (out.length < NOISE) {
		const char *c = alphabet;
		char coded[4];
		for (size_t skip = (size_t)random() % letters; skip > 0; skip--)
			(void)text_next(&c);
		str_add_bytes(&out, coded, text_put(text_next(&c), coded));
	}
	return out.bytes;
}

static char *
repeat(const char *piece)
{
	struct str out = str_init(arena);

	while (out.length < NOISE)
		str_add(&out, piece);
	return out.bytes;
}

static struct spam_features
take(const char *text)
{
	const struct spam_comment comment = { .text = text };
	struct spam_features features;

	spam_features_take(arena, &comment, &features);
	return features;
}

static bool
has(const struct spam_features *features, const char *name)
{
	for (size_t i = 0; i < features->count; i++)
		if (str_equal(features->list[i].name, name))
			return true;
	return false;
}

static void
assert_features(const char *text, const char *const *names, bool expected)
{
	struct spam_features features = take(text);

	for (; *names != NULL; names++)
		ck_assert_msg(has(&features, *names) == expected, "\"%s\" %s in: %s", *names, expected ? "is not" : "is", text);
}

#define WITH(...) (const char *const[]){ __VA_ARGS__, NULL }

START_TEST(words_are_folded)
{
	assert_features("Buy CHEAP Ｐｉｌｌｓ", WITH("buy", "cheap", "pills", "buy cheap", "cheap pills"), true);
	assert_features("Straße ﬁne", WITH("strasse", "fine", "strasse fine"), true);
	assert_features("don't don’t dont", WITH("dont"), true);
	assert_features("don't", WITH("don", "don t"), false);
	assert_features("soooooo gooood", WITH("soo", "good", "soo good"), true);
	assert_features("v\xe2\x80\x8bi\xe2\x80\x8b" "agra", WITH("viagra"), true); /* U+200B between the letters */
	assert_features("first\nsecond", WITH("first second"), false);
	assert_features("a b", WITH("a", "b"), false);
	assert_features("sub 4 sub", WITH("sub 4", "4 sub"), true);
}
END_TEST

START_TEST(chinese_is_cut_into_pairs)
{
	assert_features("加微信领红包", WITH("加微", "微信", "信领", "领红", "红包"), true);
	assert_features("加微信领红包", WITH("加", "包", "加微 微信"), false);
	assert_features("加V信", WITH("加 v", "v 信"), true);
	assert_features("微 信", WITH("微信"), false);
	assert_features("用SQLite写", WITH("sqlite"), true);
}
END_TEST

START_TEST(nothing_that_names_a_person_is_a_feature)
{
	struct spam_features features = take("Write to anna.li@example.org or call 13800138000, code XA77B3K9, 4111 1111 1111 1111");

	for (size_t i = 0; i < features.count; i++) {
		ck_assert_ptr_null(strstr(features.list[i].name, "anna"));
		ck_assert_ptr_null(strstr(features.list[i].name, "138"));
		ck_assert_ptr_null(strstr(features.list[i].name, "1111"));
		ck_assert_ptr_null(strstr(features.list[i].name, "xa77"));
	}
	ck_assert(has(&features, "host:example.org"));
	ck_assert(has(&features, "form:email address"));
	ck_assert(has(&features, "form:telephone number"));
	ck_assert(has(&features, "form:code"));
}
END_TEST

START_TEST(links_are_found)
{
	assert_features("see HTTP://WWW.Example.COM/cheap/pills?id=7",
		WITH("host:example.com", "tld:com", "link:cheap", "link:pills", "form:links 1"), true);
	assert_features("www.example.ru", WITH("host:example.ru", "tld:ru", "form:links 1", "form:only a link"), true);
	assert_features("visit example.xyz/a now", WITH("host:example.xyz", "form:links 1", "visit", "now"), true);
	assert_features("visit example.xyz/a now", WITH("visit now", "example", "xyz"), false);
	assert_features("加微信http://a.cn/b领红包", WITH("host:a.cn", "红包", "form:links 1"), true);
	assert_features("The end.Then file.c and e.g. this", WITH("form:links 0"), true);
	assert_features("http://a.com http://b.com", WITH("form:links 2"), true);
	assert_features("http://a.com http://b.com http://c.com http://d.com", WITH("form:links 3 or more"), true);
	assert_features("http://bit.ly/x http://a.com/?ref=7", WITH("form:shortened link", "form:referral in a link"), true);
}
END_TEST

START_TEST(text_of_links_is_found)
{
	assert_features("[cheap pills](https://a.com/x)", WITH("link text:cheap", "link text:pills", "form:markup of a link", "form:links 1"), true);
	assert_features("<a href=\"http://a.com\">cheap pills</a>", WITH("link text:cheap", "form:markup of a link", "form:links 1", "cheap"), true);
	assert_features("<a href=\"http://a.com\">http://a.com</a>", WITH("form:links 1"), true);
	assert_features("[url=http://a.com]cheap pills[/url]", WITH("link text:pills", "form:link as BBCode"), true);
	assert_features("<b>bold</b> &amp; don&#39;t<br />next", WITH("bold", "dont", "next"), true);
	assert_features("<b>bold</b> &amp; don&#39;t<br />next", WITH("br", "amp", "39", "dont next"), false);
	/* What is no markup stays text. */
	assert_features("[half](http://a.com [url=http://b.com <a href=\"http://c.com", WITH("form:links 3 or more"), true);
	assert_features("a < b and c > d", WITH("and"), true);
}
END_TEST

START_TEST(form_is_described)
{
	assert_features("", WITH("form:links 0", "form:no letters", "form:length up to 20", "form:no known spam word"), true);
	assert_features("YOU MUST BUY THIS NOW!!!", WITH("form:capitals", "form:exclamation marks"), true);
	assert_features("Only $5 now", WITH("form:amount of money"), true);
	assert_features("A $ sign, and 5", WITH("form:amount of money"), false);
	assert_features("look 👉 here", WITH("form:arrows", "👉"), true);
	assert_features("Really？", WITH("form:question mark"), true);
	assert_features("vi\xd0\xb0gra", WITH("form:word of two scripts"), true); /* a Cyrillic letter */
	assert_features("buy buy buy buy buy buy buy buy buy buy buy", WITH("form:repeated words"), true);
	assert_features("这是一篇关于数据库的文章", WITH("form:Chinese, Japanese or Korean script"), true);
	assert_features("viagra cialis roulette baccarat, click here", WITH("form:spam words 5 or more"), true);
}
END_TEST

START_TEST(author_is_described)
{
	const struct spam_comment comment = { .text = "Nice", .name = "Best Cheap Online Casino www.casino.top", .link = "https://casino.top/x" };
	struct spam_features features;

	spam_features_take(arena, &comment, &features);
	ck_assert(has(&features, "name:casino"));
	ck_assert(has(&features, "form:link in the name"));
	ck_assert(has(&features, "form:long name"));
	ck_assert(has(&features, "site:casino.top"));
	ck_assert(!has(&features, "casino"));
	features = take(NULL);
	ck_assert_uint_gt(features.count, 0);
	spam_features_take(arena, &(struct spam_comment){ .text = noise("abcdefghijklmnopqrstuvwxyz   "), .name = "Zorblat", .link = "zorblat.com" }, &features);
	ck_assert(has(&features, "site:zorblat.com"));
}
END_TEST

/* The same comment gives the same features in the same order, because undo subtracts the same ones. */
START_TEST(features_are_each_there_once)
{
	struct spam_features first = take("one two one two 微信微信 http://a.com http://a.com/b"), second = take("one two one two 微信微信 http://a.com http://a.com/b");

	ck_assert_uint_eq(first.count, second.count);
	for (size_t i = 0; i < first.count; i++) {
		ck_assert_str_eq(first.list[i].name, second.list[i].name);
		for (size_t j = i + 1; j < first.count; j++)
			ck_assert_str_ne(first.list[i].name, first.list[j].name);
	}
}
END_TEST

/* Bytes that nobody checked: they are cleaned, and nothing is read past the end. */
START_TEST(malformed_text_is_cleaned)
{
	const char *const texts[] = { "\xff\xfe", "caf\xe9 viagra", "\xed\xa0\x80 viagra", "\xc0\xaf viagra", "viagra \xe5\xbe", "\x80viagra", "\xf5viagra viagra" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct spam_features features = take(texts[i]);
		ck_assert(i == 0 || has(&features, "viagra"));
		for (size_t j = 0; j < features.count; j++)
			ck_assert(text_is_utf8(features.list[j].name));
	}
}
END_TEST

/* --- noise -------------------------------------------------------------------------- */

/* Work is counted, not timed: each word, pair and link of what is read, and no more than that. */
START_TEST(noise_costs_bounded_work)
{
	const char *const texts[] = {
		noise("abcdefghijklmnopqrstuvwxyz   "), noise("абвгдежзийклмноп   "), noise("这是一篇关于数据库的文章它说明了很多事情"),
		noise("😀😁😂🤣😃👉"), noise("a.-@ "), noise("<>/a \""), noise("0123456789 "), noise("http:/w.co "), repeat("a."), repeat("<a "), repeat("&amp;"),
		repeat("[url=a.co "), repeat("](a.co "), repeat("$"), repeat("a@b.co "), repeat("e\xcc\x81\xcc\x82"), repeat("viagra casino "),
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		size_t before = arena_used(arena);
		struct spam_features features = take(texts[i]);
		ck_assert_uint_le(features.count, SPAM_FEATURES_MAX);
		ck_assert_msg(features.looked_at <= SPAM_TEXT_HEAD + SPAM_TEXT_TAIL, "text %zu: %zu", i, features.looked_at);
		/* A multiple of what is read, not of what was sent. */
		ck_assert_msg(arena_used(arena) - before < 2 * 1024 * 1024, "text %zu: %zu bytes", i, arena_used(arena) - before);
	}
}
END_TEST

/* Noise around a message does not hide it. */
START_TEST(noise_hides_nothing_known)
{
	char *random_words = noise("abcdefghijklmnopqrstuvwxyz   ");
	struct spam_features features = take(arena_printf(arena, "%.10000s cheap viagra %.4000s", random_words, random_words + 20000));

	ck_assert_uint_eq(features.count, SPAM_FEATURES_MAX);
	ck_assert(has(&features, "viagra"));
	ck_assert(has(&features, "cheap"));
	features = take(arena_printf(arena, "%s cheap viagra", random_words));
	ck_assert(has(&features, "viagra"));
	ck_assert(has(&features, "form:length over 3000"));
	features = take(arena_printf(arena, "cheap viagra %s", random_words));
	ck_assert(has(&features, "viagra"));
}
END_TEST

/* Features of form come first, so there must not be many of them. */
START_TEST(many_links_hide_nothing_known)
{
	struct str links = str_init(arena), emails = str_init(arena);
	struct spam_features features;

	for (int i = 0; i < 900; i++) {
		str_printf(&links, "http://host%d.com/ ", i);
		str_printf(&emails, "a@host%d.com ", i);
	}
	features = take(arena_printf(arena, "%s viagra", links.bytes));
	ck_assert(has(&features, "viagra"));
	features = take(arena_printf(arena, "%s viagra", emails.bytes));
	ck_assert(has(&features, "viagra"));
}
END_TEST

/* --- the prior ------------------------------------------------------------------------ */

/* A row that no text has does nothing: a typing error. */
START_TEST(every_row_of_the_prior_can_be_found)
{
	size_t count;
	const struct spam_prior *rows = spam_prior_all(&count);

	ck_assert_uint_gt(count, 500);
	for (size_t i = 0; i < count; i++) {
		const char *feature = rows[i].feature;
		struct spam_features features;
		ck_assert_ptr_eq(spam_prior_find(feature), &rows[i]);
		ck_assert(rows[i].spam > 0 && rows[i].spam <= 1000 && rows[i].ham > 0 && rows[i].ham <= 1000);
		if (str_starts(feature, "form:"))
			continue; /* below */
		if (str_starts(feature, "tld:"))
			features = take(arena_printf(arena, "www.example.%s", feature + strlen("tld:")));
		else if (str_starts(feature, "host:"))
			features = take(arena_printf(arena, "https://%s/", feature + strlen("host:")));
		else
			features = take(feature);
		ck_assert_msg(has(&features, feature), "no text has \"%s\"", feature);
	}
	ck_assert_ptr_null(spam_prior_find("not a feature of the prior"));
}
END_TEST

START_TEST(every_form_of_the_prior_can_be_found)
{
	static const char *const texts[] = {
		"", "http://a.com/?ref=1 http://bit.ly/a http://b.com [x](http://c.com) [url=http://d.com]x[/url]", "www.a.com", "http://a.com http://b.com b",
		"anna@example.org 13800138000 $5 AB1234 !!! -> ?", "CAPITALS EVERYWHERE", "vi\xd0\xb0gra", "buy buy buy buy buy buy buy buy buy buy",
		"averyveryveryveryveryveryveryverylongworddddd", "casino", "casino casinos", "casino casinos viagra", "casino casinos viagra cialis levitra",
	};
	size_t count;
	const struct spam_prior *rows = spam_prior_all(&count);
	const struct spam_comment author = { .text = "a", .name = "one two three www.four.com five" };
	struct spam_features features;

	for (size_t i = 0; i < count; i++) {
		bool found = !str_starts(rows[i].feature, "form:");
		for (size_t j = 0; !found && j < sizeof(texts) / sizeof(*texts); j++) {
			features = take(texts[j]);
			found = has(&features, rows[i].feature);
		}
		spam_features_take(arena, &author, &features);
		ck_assert_msg(found || has(&features, rows[i].feature), "no text has \"%s\"", rows[i].feature);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("spam_features");
	TCase *cases = tcase_create("spam_features");

	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_add_test(cases, words_are_folded);
	tcase_add_test(cases, chinese_is_cut_into_pairs);
	tcase_add_test(cases, nothing_that_names_a_person_is_a_feature);
	tcase_add_test(cases, links_are_found);
	tcase_add_test(cases, text_of_links_is_found);
	tcase_add_test(cases, form_is_described);
	tcase_add_test(cases, author_is_described);
	tcase_add_test(cases, features_are_each_there_once);
	tcase_add_test(cases, malformed_text_is_cleaned);
	tcase_add_test(cases, noise_costs_bounded_work);
	tcase_add_test(cases, noise_hides_nothing_known);
	tcase_add_test(cases, many_links_hide_nothing_known);
	tcase_add_test(cases, every_row_of_the_prior_can_be_found);
	tcase_add_test(cases, every_form_of_the_prior_can_be_found);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
