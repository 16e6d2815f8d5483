/*
 * Feeds: the same bytes as in tests/golden/page/feed (RENOWN_GOLDEN=write renews these), and valid for any text. Atom
 * is checked with a grammar of RFC 4287, RSS with the rules of the RSS Advisory Board's profile.
 */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "core/str.h"
#include "page/feed/feed.h"

enum { SOME_DAY = 1795497822, DAY = 24 * 60 * 60 };

static const char *
test_file(const char *name)
{
	const char *folder = getenv("srcdir");

	return arena_printf(arena, "%s/tests/%s", folder == NULL ? "." : folder, name);
}

static const struct fragment *
fragment(const char *xhtml)
{
	struct fragment *frag;

	ck_assert_int_eq(fragment_read(arena, xhtml, &frag), OK);
	return frag;
}

/* A feed with one entry of each sort. */
static struct feed
full_feed(void)
{
	static const struct feed_enclosure sound = { "https://example.org/media/ab/abc.mp3", "audio/mpeg", 123456, 75, NULL, NULL };
	static const char *const tags[] = { "brand & name", "品牌", "", NULL };
	static struct feed_entry entries[3];

	entries[0] = (struct feed_entry){ .id = "tag:example.org,2026:post/3", .url = "https://example.org/blog/sound",
		.title = "AT&T <b>bold</b> \"quoted\"", .summary = "Fish & chips, 1 < 2", .author = "Wang", .lang = "en",
		.published = SOME_DAY, .updated = SOME_DAY + 60, .enclosure = &sound, .categories = tags,
		.content = fragment("<p>One &amp; <em>two</em><br/></p><div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table><tbody><tr><td></td></tr></tbody></table></div><figure><img src=\"https://example.org/media/x.webp\" alt=\"\" width=\"2\" height=\"1\" loading=\"lazy\" decoding=\"async\"/></figure>") };
	entries[1] = (struct feed_entry){ .id = "https://example.org/blog/zh", .url = "https://example.org/blog/zh",
		.title = "品牌的声音", .summary = "", .author = "王", .lang = "zh", .published = SOME_DAY - DAY, .updated = SOME_DAY - 2 * DAY,
		.content = fragment("<p>文字，没有别的。</p>") };
	entries[2] = (struct feed_entry){ .id = "tag:example.org,2026:post/1", .url = "https://example.org/blog/gated",
		.title = "", .summary = "Only its beginning is for all.", .lang = "en", .published = SOME_DAY - 3 * DAY };
	return (struct feed){ .title = "Ink & Paper", .description = "Notes <on> things", .lang = "en", .author = "Wang",
		.url = "https://example.org/", .self_url = "https://example.org/feed.rss", .image_url = "https://example.org/assets/seal.png",
		.updated = SOME_DAY + 60, .entries = entries, .count = 3 };
}

static char *
written(const struct feed *feed, enum feed_format format)
{
	char *bytes;
	size_t length;

	ck_assert_int_eq(feed_write(arena, feed, format, &bytes, &length), OK);
	ck_assert_uint_eq(strlen(bytes), length);
	ck_assert(str_starts(bytes, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
	return bytes;
}

/* The feed as a strict parser reads it. */
static xmlDocPtr
parsed(const char *bytes)
{
	xmlDocPtr doc = xmlReadMemory(bytes, (int)strlen(bytes), NULL, NULL, XML_PARSE_NONET);

	ck_assert_msg(doc != NULL, "not well-formed: %s", bytes);
	return doc;
}

static xmlXPathObjectPtr
evaluate(xmlDocPtr doc, const char *expression)
{
	xmlXPathContextPtr context = xmlXPathNewContext(doc);
	xmlXPathObjectPtr result;

	xmlXPathRegisterNs(context, BAD_CAST "a", BAD_CAST "http://www.w3.org/2005/Atom");
	xmlXPathRegisterNs(context, BAD_CAST "c", BAD_CAST "http://purl.org/rss/1.0/modules/content/");
	xmlXPathRegisterNs(context, BAD_CAST "dc", BAD_CAST "http://purl.org/dc/elements/1.1/");
	xmlXPathRegisterNs(context, BAD_CAST "i", BAD_CAST "http://www.itunes.com/dtds/podcast-1.0.dtd");
	xmlXPathRegisterNs(context, BAD_CAST "h", BAD_CAST XHTML_NAMESPACE);
	result = xmlXPathEval(BAD_CAST expression, context);
	ck_assert_msg(result != NULL, "bad expression %s", expression);
	xmlXPathFreeContext(context);
	return result;
}

static const char *
value(xmlDocPtr doc, const char *expression)
{
	xmlXPathObjectPtr result = evaluate(doc, expression);
	xmlChar *text = xmlXPathCastToString(result);
	const char *copy = arena_dup(arena, (const char *)text);

	xmlFree(text);
	xmlXPathFreeObject(result);
	return copy;
}

static void
assert_true(xmlDocPtr doc, const char *expression)
{
	xmlXPathObjectPtr result = evaluate(doc, expression);

	ck_assert_msg(xmlXPathCastToBoolean(result), "not true: %s", expression);
	xmlXPathFreeObject(result);
}

static void
assert_atom(const char *bytes)
{
	xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(test_file("data/atom.rng"));
	xmlRelaxNGPtr grammar = xmlRelaxNGParse(parser);
	xmlRelaxNGValidCtxtPtr valid = xmlRelaxNGNewValidCtxt(grammar);
	xmlDocPtr doc = parsed(bytes);

	ck_assert_ptr_nonnull(grammar);
	ck_assert_msg(xmlRelaxNGValidateDoc(valid, doc) == 0, "not valid: %s", bytes);
	/* Rules that the grammar cannot express: sections 4.1.1 and 4.1.2. */
	assert_true(doc, "count(/a:feed/a:link[@rel = 'self']) = 1 and count(/a:feed/a:link[@rel = 'alternate']) = 1");
	assert_true(doc, "not(//a:entry[count(a:link[@rel = 'alternate']) != 1])");
	assert_true(doc, "not(//a:entry[a:id = preceding-sibling::a:entry/a:id])");
	assert_true(doc, "not(//a:title[not(normalize-space())])");
	xmlFreeDoc(doc);
	xmlRelaxNGFreeValidCtxt(valid);
	xmlRelaxNGFree(grammar);
	xmlRelaxNGFreeParserCtxt(parser);
}

static void
assert_rss(const char *bytes)
{
	static const char *const rules[] = {
		"/rss[@version = '2.0'][count(*) = 1]/channel",
		"count(/rss/channel/title) = 1 and count(/rss/channel/link) = 1 and count(/rss/channel/description) = 1",
		"not(/rss/channel/*[namespace-uri() = '' and not(contains('|title|link|description|language|lastBuildDate|generator|ttl|image|item|', concat('|', name(), '|')))])",
		"not(//item/*[namespace-uri() = '' and not(contains('|title|link|guid|pubDate|category|description|enclosure|', concat('|', name(), '|')))])",
		"not(//item[not(title) and not(description)])",
		"not(//item/*[not(self::category)][name() = name(preceding-sibling::*)])",
		"not(//item[count(guid) != 1]) and not(//item[guid = preceding-sibling::item/guid])",
		"not(//guid[not(@isPermaLink = 'true' or @isPermaLink = 'false')])",
		"not(//guid[@isPermaLink = 'true'][not(starts-with(., 'http'))])",
		"not(//item/link[not(starts-with(., 'http'))])",
		"not(//enclosure[not(starts-with(@url, 'http')) or not(@length >= 0) or not(contains(@type, '/'))])",
		"not(/rss/channel/image) or (/rss/channel/image/title = /rss/channel/title and /rss/channel/image/link = /rss/channel/link)",
		"count(/rss/channel/a:link[@rel = 'self'][@type = 'application/rss+xml'][starts-with(@href, 'http')]) = 1",
		"/rss/channel/ttl >= 1",
		/* "Tue, 24 Nov 2026 05:23:42 +0000" */
		"not((//pubDate | //lastBuildDate)[string-length() != 31 or translate(., '0123456789', '9999999999') != concat(substring(., 1, 5), '99', substring(., 8, 5), '9999 99:99:99 +9999')])",
		"not(//text()[contains(., 'CDATA')])",
	};
	xmlDocPtr doc = parsed(bytes);

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		assert_true(doc, rules[i]);
	xmlFreeDoc(doc);
}

static void
assert_golden(const char *bytes, const char *name)
{
	const char *path = test_file(arena_printf(arena, "golden/page/feed/%s", name)), *mode = getenv("RENOWN_GOLDEN");
	char *golden = arena_alloc(arena, 64 * 1024);
	FILE *file;

	if (mode != NULL && strcmp(mode, "write") == 0) {
		file = fopen(path, "w");
		ck_assert_ptr_nonnull(file);
		ck_assert_int_ge(fputs(bytes, file), 0);
		ck_assert_int_eq(fclose(file), 0);
		return;
	}
	file = fopen(path, "r");
	ck_assert_msg(file != NULL, "%s is missing", path);
	ck_assert_uint_lt(fread(golden, 1, 64 * 1024, file), 64 * 1024);
	(void)fclose(file);
	ck_assert_str_eq(bytes, golden);
}

START_TEST(a_full_feed_equals_its_golden_file)
{
	struct feed feed = full_feed();
	const char *rss = written(&feed, FEED_RSS), *atom = written(&feed, FEED_ATOM);

	assert_rss(rss);
	assert_atom(atom);
	assert_golden(rss, "full.rss");
	assert_golden(atom, "full.atom");
}
END_TEST

START_TEST(an_empty_feed_is_valid)
{
	struct feed feed = { .title = "Ink", .url = "https://example.org/", .self_url = "https://example.org/feed.atom" };
	const char *rss = written(&feed, FEED_RSS), *atom = written(&feed, FEED_ATOM);

	assert_rss(rss);
	assert_atom(atom);
	assert_golden(rss, "empty.rss");
	assert_golden(atom, "empty.atom");
}
END_TEST

START_TEST(a_feed_without_a_time_has_that_of_its_newest_entry)
{
	struct feed feed = full_feed();
	xmlDocPtr doc;

	feed.updated = 0;
	doc = parsed(written(&feed, FEED_ATOM));
	ck_assert_str_eq(value(doc, "/a:feed/a:updated"), "2026-11-24T05:24:42Z");
	/* An entry's update is never before its publication, whatever the database contains. */
	ck_assert_str_eq(value(doc, "/a:feed/a:entry[2]/a:updated"), value(doc, "/a:feed/a:entry[2]/a:published"));
	xmlFreeDoc(doc);
}
END_TEST

/* In RSS a description is HTML, so "1 < 2" is escaped twice. Titles are plain text. */
START_TEST(plain_text_is_escaped_as_each_format_needs)
{
	struct feed feed = full_feed();
	xmlDocPtr rss = parsed(written(&feed, FEED_RSS)), atom = parsed(written(&feed, FEED_ATOM));

	ck_assert_str_eq(value(rss, "//item[1]/description"), "Fish &amp; chips, 1 &lt; 2");
	ck_assert_str_eq(value(rss, "//channel/description"), "Notes &lt;on&gt; things");
	ck_assert_str_eq(value(rss, "//item[1]/title"), "AT&T <b>bold</b> \"quoted\"");
	ck_assert_str_eq(value(rss, "//item[1]/category[1]"), "brand & name");
	ck_assert_str_eq(value(atom, "//a:entry[1]/a:summary"), "Fish & chips, 1 < 2");
	ck_assert_str_eq(value(atom, "//a:entry[1]/a:title"), "AT&T <b>bold</b> \"quoted\"");
	xmlFreeDoc(rss);
	xmlFreeDoc(atom);
}
END_TEST

START_TEST(content_is_markup_in_rss_and_atom)
{
	struct feed feed = full_feed();
	xmlDocPtr rss = parsed(written(&feed, FEED_RSS)), atom = parsed(written(&feed, FEED_ATOM));
	const char *encoded = value(rss, "//item[1]/c:encoded");

	/* Most feed readers parse the content as text/html: no <td/> or <p/>. */
	ck_assert_ptr_nonnull(strstr(encoded, "<p>One &amp; <em>two</em><br/></p>"));
	ck_assert_ptr_nonnull(strstr(encoded, "<td></td>"));
	ck_assert_ptr_null(strstr(encoded, "xmlns"));
	assert_true(atom, "//a:entry[1]/a:content[@type = 'xhtml']/h:div/h:p/h:em = 'two'");
	/* Attributes that only a page in a browser needs are left out. */
	assert_true(atom, "not(//@loading | //@decoding | //@tabindex | //@role | //@aria-label)");
	ck_assert_ptr_null(strstr(encoded, "aria-label"));
	/* The given fragment is unchanged. */
	ck_assert_ptr_nonnull(strstr(fragment_write(arena, feed.entries[0].content), "aria-label"));
	xmlFreeDoc(rss);
	xmlFreeDoc(atom);
}
END_TEST

START_TEST(guids_and_enclosures_have_correct_attributes)
{
	struct feed feed = full_feed();
	xmlDocPtr rss = parsed(written(&feed, FEED_RSS)), atom = parsed(written(&feed, FEED_ATOM));

	ck_assert_str_eq(value(rss, "//item[1]/guid/@isPermaLink"), "false");
	ck_assert_str_eq(value(rss, "//item[2]/guid/@isPermaLink"), "true");
	ck_assert_str_eq(value(rss, "//item[1]/enclosure/@length"), "123456");
	ck_assert_str_eq(value(rss, "//item[1]/i:duration"), "75");
	ck_assert_str_eq(value(atom, "//a:entry[1]/a:link[@rel = 'enclosure']/@length"), "123456");
	/* Section 4.2.1: an entry without an author has the feed's author. */
	ck_assert_str_eq(value(rss, "//item[3]/dc:creator"), "Wang");
	assert_true(atom, "not(//a:entry[3]/a:author)");
	ck_assert_str_eq(value(atom, "//a:entry[2]/@xml:lang"), "zh");
	assert_true(atom, "not(//a:entry[1]/@xml:lang)");
	xmlFreeDoc(rss);
	xmlFreeDoc(atom);
}
END_TEST

/* With one U+0008 in a title, no feed reader could parse the feed. */
START_TEST(no_byte_can_break_a_feed)
{
	for (int byte = 1; byte < 256; byte++) {
		char *text = arena_printf(arena, "a%cb %c%c ]]> <!-- \xef\xbf\xbe \xed\xa0\x80 \xc0\xbc", byte, byte, byte ^ 0x80);
		const char *const tags[] = { text, NULL };
		struct fragment *frag = fragment_new(arena);
		xmlNodePtr paragraph = xmlNewTextChild(frag->root, NULL, BAD_CAST "p", NULL);
		struct feed_enclosure enclosure = { .url = "https://example.org/x", .type = "audio/mpeg", .bytes = -1 };
		struct feed_entry entry = { .id = "tag:example.org,2026:1", .url = "https://example.org/1", .title = text, .summary = text,
			.author = text, .lang = "zh", .published = SOME_DAY, .content = frag, .enclosure = &enclosure, .categories = tags };
		struct feed feed = { .title = text, .description = text, .lang = "en", .author = text, .url = "https://example.org/",
			.self_url = "https://example.org/feed", .entries = &entry, .count = 1 };

		/* Set without the checks, as a damaged database would. */
		(void)xmlAddChild(paragraph, xmlNewText(BAD_CAST text));
		(void)xmlSetProp(paragraph, BAD_CAST "title", BAD_CAST "x");
		xmlFree(paragraph->properties->children->content);
		paragraph->properties->children->content = xmlStrdup(BAD_CAST text);
		assert_rss(written(&feed, FEED_RSS));
		assert_atom(written(&feed, FEED_ATOM));
	}
}
END_TEST

START_TEST(types_name_their_charset)
{
	ck_assert_str_eq(feed_type(FEED_RSS), "application/rss+xml; charset=utf-8");
	ck_assert_str_eq(feed_type(FEED_ATOM), "application/atom+xml; charset=utf-8");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("feed");
	TCase *cases = tcase_create("feed");

	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, a_full_feed_equals_its_golden_file);
	tcase_add_test(cases, an_empty_feed_is_valid);
	tcase_add_test(cases, a_feed_without_a_time_has_that_of_its_newest_entry);
	tcase_add_test(cases, plain_text_is_escaped_as_each_format_needs);
	tcase_add_test(cases, content_is_markup_in_rss_and_atom);
	tcase_add_test(cases, guids_and_enclosures_have_correct_attributes);
	tcase_add_test(cases, no_byte_can_break_a_feed);
	tcase_add_test(cases, types_name_their_charset);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
