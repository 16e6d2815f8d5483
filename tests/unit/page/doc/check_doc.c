/* The page document: text stays text, whatever it contains. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>
#include <libxml/parser.h>

#include "core/clock.h"
#include "core/str.h"
#include "page/doc/doc.h"

static struct page *page;

static void
setup(void)
{
	arena_setup();
	(void)clock_use_zone("UTC");
	page = page_new(arena, "en", "https://example.org/sub", "/sub");
}

static const char *
attribute(xmlNodePtr element, const char *name)
{
	xmlChar *value = xmlGetNoNsProp(element, (const xmlChar *)name);
	const char *copy = arena_dup(arena, (const char *)value);

	xmlFree(value);
	return copy;
}

static const char *
content(xmlNodePtr element)
{
	xmlChar *text = xmlNodeGetContent(element);
	const char *copy = arena_dup(arena, (const char *)text);

	xmlFree(text);
	return copy;
}

/* The whole document as bytes. */
static const char *
written(void)
{
	xmlChar *bytes;
	int length;
	const char *copy;

	xmlDocDumpMemoryEnc(page->doc, &bytes, &length, "UTF-8");
	copy = arena_dup(arena, (const char *)bytes);
	xmlFree(bytes);
	return copy;
}

START_TEST(a_new_page_has_its_language_and_base)
{
	ck_assert_str_eq((const char *)page->root->name, "page");
	ck_assert_str_eq(attribute(page->root, "lang"), "en");
	ck_assert_str_eq(attribute(page->root, "base"), "/sub");
}
END_TEST

/* libxml2's xmlNewChild() and xmlNodeSetContent() interpret entities, so "AT&T" became empty. */
START_TEST(entities_in_text_are_not_interpreted)
{
	xmlNodePtr title = page_text(page->root, "title", "AT&T &amp; <b>\"x\"</b> &nosuch;");

	ck_assert_str_eq(content(title), "AT&T &amp; <b>\"x\"</b> &nosuch;");
	ck_assert_ptr_nonnull(strstr(written(), "AT&amp;T &amp;amp; &lt;b&gt;"));
	page_attr(page->root, "title", "AT&T &amp; \"<b>\" &nosuch;");
	ck_assert_str_eq(attribute(page->root, "title"), "AT&T &amp; \"<b>\" &nosuch;");
}
END_TEST

START_TEST(missing_text_adds_no_node)
{
	ck_assert_ptr_null(page_text(page->root, "a", NULL)->children);
	ck_assert_ptr_null(page_text(page->root, "b", "")->children);
	page_attr(page->root, "none", NULL);
	ck_assert_ptr_null(xmlHasProp(page->root, (const xmlChar *)"none"));
}
END_TEST

START_TEST(setting_an_attribute_again_replaces_it)
{
	xmlDocPtr again;

	page_attr(page->root, "title", "first");
	page_attr(page->root, "title", "second");
	ck_assert_str_eq(attribute(page->root, "title"), "second");
	again = xmlReadMemory(written(), (int)strlen(written()), NULL, NULL, XML_PARSE_NOERROR);
	ck_assert_ptr_nonnull(again);
	xmlFreeDoc(again);
}
END_TEST

/* libxml2 would write these characters, but no parser accepts them. */
START_TEST(characters_that_xml_forbids_are_dropped)
{
	static const char *const forbidden[] = {
		"\x01", "\x08", "\x0b", "\x1f", "\xef\xbf\xbe", "\xef\xbf\xbf", "\xed\xa0\x80",
		"\xc0\xbc", "\xe0\x80\xbc", "\xf0\x80\x80\xbc", "\xf4\x90\x80\x80", "\xff", "\x80", "\xc3", "\xe4\xb8", "\xf0\x9f\x98",
	};

	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++) {
		const char *text = arena_printf(arena, "a%sb 中文 😀%s", forbidden[i], forbidden[i]);
		xmlNodePtr element = page_text(page->root, "x", text);
		xmlDocPtr again;

		page_attr(element, "y", text);
		ck_assert_str_eq(content(element), "ab 中文 😀");
		ck_assert_str_eq(attribute(element, "y"), "ab 中文 😀");
		again = xmlReadMemory(written(), (int)strlen(written()), NULL, NULL, XML_PARSE_NOERROR);
		ck_assert_ptr_nonnull(again);
		xmlFreeDoc(again);
	}
}
END_TEST

START_TEST(characters_that_xml_allows_are_kept)
{
	static const char allowed[] = "\t\n\x7f\xc2\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbd\xf0\x90\x80\x80\xf4\x8f\xbf\xbf";

	ck_assert_str_eq(content(page_text(page->root, "x", allowed)), allowed);
}
END_TEST

START_TEST(local_addresses_get_the_base_path)
{
	page_href(page, page->root, "href", "/blog/x?y=1&z=2");
	ck_assert_str_eq(attribute(page->root, "href"), "/sub/blog/x?y=1&z=2");
	ck_assert_str_eq(page_path(page, "/"), "/sub/");
	ck_assert_str_eq(page_url(page, "/blog"), "https://example.org/sub/blog");
}
END_TEST

START_TEST(a_date_has_a_machine_readable_form_and_a_text)
{
	page_date(page, page->root, "published", 1795497822);
	ck_assert_str_eq(attribute(page->root, "published"), "2026-11-24T05:23:42Z");
	ck_assert_str_eq(attribute(page->root, "published-text"), "24 November 2026");
	page_attr_int(page->root, "minutes", INT64_MIN);
	ck_assert_str_eq(attribute(page->root, "minutes"), "-9223372036854775808");
}
END_TEST

START_TEST(a_fragment_is_copied_with_its_namespace)
{
	struct fragment *frag;
	xmlNodePtr body, paragraph;

	ck_assert_int_eq(fragment_read(arena, "<p>one <em>two</em></p>\n<p id=\"x\">三</p>", &frag), OK);
	page_fragment(page->root, "body", frag);
	page_fragment(page->root, "body", frag);
	body = page->root->children;
	ck_assert_ptr_null(body->ns);
	paragraph = body->children;
	ck_assert_str_eq((const char *)paragraph->ns->href, XHTML_NAMESPACE);
	ck_assert_str_eq((const char *)paragraph->children->next->ns->href, XHTML_NAMESPACE);
	ck_assert_str_eq(content(body), "one two\n三");
	ck_assert_str_eq(content(body->next), "one two\n三");
	ck_assert_ptr_eq(frag->root->children->doc, frag->doc);
}
END_TEST

static size_t
count_children(xmlNodePtr element, const char *name)
{
	size_t count = 0;

	for (xmlNodePtr child = element->children; child != NULL; child = child->next)
		count += child->type == XML_ELEMENT_NODE && strcmp((const char *)child->name, name) == 0;
	return count;
}

START_TEST(marks_become_elements_and_never_reach_the_page)
{
	static const char *const texts[] = { "no mark", "\x01" "all\x02", "a \x01" "b\x02 c \x01" "d\x02", "\x02" "stray\x01", "\x01" "x\x01y\x02", "" };
	static const char *const plain[] = { "no mark", "all", "a b c d", "stray", "xy", "" };
	static const size_t matches[] = { 0, 1, 2, 1, 2, 0 };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		page_marked(page->root, "excerpt", texts[i]);
		ck_assert_str_eq(content(page->root->last), plain[i]);
		ck_assert_uint_eq(count_children(page->root->last, "match"), matches[i]);
	}
	ck_assert_ptr_null(strpbrk(written(), "\x01\x02"));
}
END_TEST

/* RFC 3986, section 2.3: all bytes except the unreserved characters are encoded. */
START_TEST(segments_are_percent_encoded)
{
	ck_assert_str_eq(page_encode(arena, "AZaz09-._~"), "AZaz09-._~");
	ck_assert_str_eq(page_encode(arena, "a b/c?d#e&f=g+h%i"), "a%20b%2Fc%3Fd%23e%26f%3Dg%2Bh%25i");
	ck_assert_str_eq(page_encode(arena, "品牌"), "%E5%93%81%E7%89%8C");
	ck_assert_str_eq(page_encode(arena, ""), "");
}
END_TEST

/* A document with elements, attributes and texts as the letters say: e element, ( into it, ) out of it, a attribute, t text, s stored. */
static const char *
digest_of(const char *letters)
{
	struct page *made = page_new(arena, "en", "https://example.org", "");
	xmlNodePtr at = made->root;

	for (const char *c = letters; *c != '\0'; c++)
		switch (*c) {
		case 'e': (void)page_element(at, "e"); break;
		case '(': at = at->last; break;
		case ')': at = at->parent; break;
		case 'a': page_attr(at->last, "a", "1"); break;
		case 'b': page_attr(at->last, "a", "2"); break;
		case 't': (void)page_text(at, "e", "1"); break;
		case 'u': (void)page_text(at, "e", "2"); break;
		case 's': page_fragment(at, "e", fragment_stored(arena, "1")); break;
		default: page_fragment(at, "e", fragment_stored(arena, "2")); break;
		}
	return page_digest(made, "build");
}

START_TEST(equal_documents_have_equal_digests_and_others_do_not)
{
	static const char *const documents[] = { "", "e", "ee", "e(e)", "eee", "e(ee)", "e(e)e", "ee(e)", "e(e(e))", "ea", "eb", "t", "u", "ea(t)", "eae", "eea",
		"s", "r", "sr", "rs", "s(e)" };
	enum { COUNT = sizeof(documents) / sizeof(documents[0]) };
	const char *digests[COUNT];

	for (size_t i = 0; i < COUNT; i++) {
		digests[i] = digest_of(documents[i]);
		ck_assert_str_eq(digests[i], digest_of(documents[i]));
		for (size_t j = 0; j < i; j++)
			ck_assert_msg(!str_equal(digests[i], digests[j]), "%s and %s", documents[i], documents[j]);
	}
	ck_assert_str_ne(page_digest(page, "build"), page_digest(page, "other"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("doc");
	TCase *cases = tcase_create("doc");

	tcase_add_checked_fixture(cases, setup, arena_teardown);
	tcase_add_test(cases, a_new_page_has_its_language_and_base);
	tcase_add_test(cases, entities_in_text_are_not_interpreted);
	tcase_add_test(cases, missing_text_adds_no_node);
	tcase_add_test(cases, setting_an_attribute_again_replaces_it);
	tcase_add_test(cases, characters_that_xml_forbids_are_dropped);
	tcase_add_test(cases, characters_that_xml_allows_are_kept);
	tcase_add_test(cases, local_addresses_get_the_base_path);
	tcase_add_test(cases, a_date_has_a_machine_readable_form_and_a_text);
	tcase_add_test(cases, a_fragment_is_copied_with_its_namespace);
	tcase_add_test(cases, marks_become_elements_and_never_reach_the_page);
	tcase_add_test(cases, segments_are_percent_encoded);
	tcase_add_test(cases, equal_documents_have_equal_digests_and_others_do_not);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
