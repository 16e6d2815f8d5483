/* Themes: their output, and what a transformation may never do. */
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <libxml/parser.h>
#include <libxslt/transform.h>

#include "core/str.h"
#include "page/lang/lang.h"
#include "page/doc/xml_memory.h"
#include "page/theme/theme_list.h"
#include "support/theme_fixture.h"

/* --- what comes out ---------------------------------------------------------------- */

START_TEST(the_default_theme_speaks_both_languages)
{
	struct theme *theme = opened(NULL);

	for (int i = 0; i < 2; i++) {
		assert_has(rendered(theme, sample("en", "list")), ">Skip to content<");
		assert_has(rendered(theme, sample("zh", "list")), ">跳到正文<");
	}
	ck_assert_str_eq(said(), "");
	theme_close(theme);
}
END_TEST

/* The health page opens the theme to see whether it can be: its own words must stay in their language. */
START_TEST(opening_a_theme_changes_no_language)
{
	lang_use("zh");
	theme_close(opened(NULL));
	ck_assert_str_eq(lang_used(), "zh");
	lang_use("en");
}
END_TEST

START_TEST(a_page_is_well_formed_and_declares_one_namespace)
{
	struct theme *theme = opened(NULL);
	const char *page = rendered(theme, sample("en", "list"));
	xmlDocPtr doc = xmlReadMemory(page, (int)strlen(page), NULL, NULL, XML_PARSE_NONET);

	ck_assert_ptr_nonnull(doc);
	ck_assert(str_starts(page, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">"));
	assert_has_not(page, "xmlns:");
	assert_has_not(page, "urn:renown");
	assert_has(page, "<title>Fish &amp; &lt;chips&gt; ");
	xmlFreeDoc(doc);
	theme_close(theme);
}
END_TEST

START_TEST(a_child_theme_overrides_one_template)
{
	struct theme *theme = opened(arena_printf(arena, "%s/tests/data/child-theme", source_folder()));
	const char *page = rendered(theme, sample("zh", "list"));

	assert_has(page, "<footer class=\"child\">Ink: 归档</footer>");
	assert_has_not(page, "<footer class=\"footer\">");
	/* all else is the default theme's */
	assert_has(page, ">跳到正文<");
	assert_has(page, "<main id=\"content\"");
	theme_close(theme);
}
END_TEST

/* Half of its sheets are the default theme's: when these change, so must addresses of assets and ETags. */
START_TEST(the_build_is_a_digest_of_everything)
{
	struct theme *theme, *standard = opened(NULL);
	const char *first, *second;

	write_file("site.xsl", HEAD ROOT FOOT);
	theme = opened(folder);
	first = arena_dup(arena, theme_build(theme));
	theme_close(theme);
	ck_assert_uint_eq(strlen(first), 16);
	ck_assert_str_ne(first, theme_build(standard));
	theme = opened(folder);
	ck_assert_str_eq(theme_build(theme), first);
	theme_close(theme);
	ck_assert_int_eq(mkdir(arena_printf(arena, "%s/assets", folder), 0755), 0);
	write_file("assets/style.css", "p{}");
	write_file(".draft~", "not part of it");
	theme = opened(folder);
	second = arena_dup(arena, theme_build(theme));
	theme_close(theme);
	ck_assert_str_ne(first, second);
	write_file("assets/style.css", "q{}");
	theme = opened(folder);
	ck_assert_str_ne(theme_build(theme), second);
	theme_close(theme);
	theme_close(standard);
}
END_TEST

/* Languages are compiled when they are first asked for, which may be a week after somebody edited the sheets. */
START_TEST(a_theme_stays_what_it_was_when_it_was_opened)
{
	struct theme *theme;

	write_file("site.xsl", HEAD ROOT "<xsl:template match=\"page\">old</xsl:template>" FOOT);
	theme = opened(folder);
	write_file("site.xsl", HEAD ROOT "<xsl:template match=\"page\">new</xsl:template>" FOOT);
	assert_has(rendered(theme, sample("en", "x")), "old");
	write_file("site.xsl", "broken");
	assert_has(rendered(theme, sample("zh", "x")), "old");
	theme_close(theme);
}
END_TEST

START_TEST(words_lose_the_sheets_line_breaks)
{
	struct theme *theme;

	write_file("site.xsl", HEAD ROOT "<xsl:template match=\"page\"><p>(<ui:text>\n\tMain\n\t menu </ui:text>)</p>"
		"<a><xsl:attribute name=\"title\"><ui:text>Archive</ui:text></xsl:attribute></a></xsl:template>" FOOT);
	theme = opened(folder);
	assert_has(rendered(theme, sample("en", "x")), "<p>(Main menu)</p><a title=\"Archive\"></a>");
	assert_has(rendered(theme, sample("zh", "x")), "<p>(主菜单)</p><a title=\"归档\"></a>");
	theme_close(theme);
}
END_TEST

/* Sheets in a folder whose name is no URI, and parts of parts. */
START_TEST(names_of_folders_may_be_anything)
{
	const char *odd = arena_printf(arena, "%s/主题 %%41 #1", folder);
	struct theme *theme;

	ck_assert_int_eq(mkdir(odd, 0755), 0);
	ck_assert_int_eq(mkdir(arena_printf(arena, "%s/my parts", odd), 0755), 0);
	write_file("主题 %41 #1/site.xsl", HEAD "<xsl:include href=\"my%20parts/a.xsl\"/>" ROOT FOOT);
	write_file("主题 %41 #1/my parts/a.xsl", HEAD "<xsl:include href=\"../b.xsl\"/>" FOOT);
	write_file("主题 %41 #1/b.xsl", HEAD "<xsl:template match=\"page\">from b</xsl:template>" FOOT);
	theme = opened(odd);
	assert_has(rendered(theme, sample("en", "x")), "from b");
	theme_close(theme);
}
END_TEST

/* A sheet copies what stands for the stored text, once or twice, and never sees it. */
START_TEST(stored_text_comes_out_as_it_was_stored)
{
	struct page *page = sample("en", "x");
	struct theme *theme;

	write_file("site.xsl", HEAD ROOT "<xsl:template match=\"page\"><div><xsl:copy-of select=\"body/node()\"/></div>"
		"<p><xsl:copy-of select=\"body/node()\"/></p><i><xsl:copy-of select=\"text/node()\"/></i></xsl:template>" FOOT);
	theme = opened(folder);
	page_fragment(page->root, "body", fragment_stored(arena, "<p>One &amp; <b>two</b></p>"));
	page_fragment(page->root, "text", fragment_stored(arena, "三"));
	page_fragment(page->root, "text", fragment_stored(arena, ""));
	assert_has(rendered(theme, page), "<div><p>One &amp; <b>two</b></p></div><p><p>One &amp; <b>two</b></p></p><i>三</i>");
	theme_close(theme);
}
END_TEST

/* Readers answer one another for as long as they like. */
START_TEST(a_deep_thread_of_comments_is_still_a_page)
{
	struct page *page = sample("en", "post");
	xmlNodePtr list = page_element(page_element(page->root, "post"), "comments"), inside = list;
	struct theme *theme = opened(NULL);

	page_attr(list, "count-text", "900 comments");
	for (int i = 1; i <= 900; i++) {
		inside = page_element(inside, "comment");
		page_attr(inside, "id", arena_printf(arena, "c%d", i));
		page_attr(inside, "name", "Reader");
	}
	assert_has(rendered(theme, page), "id=\"c900\"");
	ck_assert_str_eq(said(), "");
	theme_close(theme);
}
END_TEST

/* --- what goes wrong while a page is made ------------------------------------------- */

static const struct {
	const char *sheet, *words;
} faults[] = {
	/* for ever deeper */
	{ HEAD ROOT "<xsl:template match=\"page\"><p><xsl:apply-templates select=\".\"/></p></xsl:template>" FOOT, "recursion" },
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:call-template name=\"x\"/></xsl:template><xsl:template name=\"x\"><xsl:call-template name=\"x\"/></xsl:template>" FOOT, "" },
	/* never deep, but for ever: two to the power of sixty */
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:call-template name=\"x\"/></xsl:template><xsl:template name=\"x\"><xsl:param name=\"n\" select=\"60\"/>"
		"<xsl:if test=\"$n &gt; 0\"><xsl:call-template name=\"x\"><xsl:with-param name=\"n\" select=\"$n - 1\"/></xsl:call-template>"
		"<xsl:call-template name=\"x\"><xsl:with-param name=\"n\" select=\"$n - 1\"/></xsl:call-template></xsl:if></xsl:template>" FOOT, "" },
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:value-of select=\"nosuch(@title)\"/></xsl:template>" FOOT, "" },
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:value-of select=\"$nosuch\"/></xsl:template>" FOOT, "nosuch" },
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:message terminate=\"yes\">stop here</xsl:message></xsl:template>" FOOT, "stop here" },
	/* an empty page, and one without a root */
	{ HEAD "<xsl:template match=\"/\"/>" FOOT, "root" },
	{ HEAD "<xsl:template match=\"/\">text only</xsl:template>" FOOT, "root" },
	{ HEAD ROOT "<xsl:template match=\"page\"><br>x</br></xsl:template>" FOOT, "content" },
	/* what stands for a stored text, made up by a sheet */
	{ HEAD ROOT "<xsl:template match=\"page\"><s:stored xmlns:s=\"urn:renown:stored\" number=\"7\"/></xsl:template>" FOOT, "" },
};

START_TEST(a_sheet_that_fails_is_a_fault_and_logged)
{
	struct theme *theme;
	char *bytes = NULL;
	size_t length;

	write_file("site.xsl", faults[_i].sheet);
	theme = opened(folder);
	ck_assert_int_eq(theme_render(theme, arena, sample("en", "x"), &bytes, &length), FAULT);
	ck_assert_ptr_null(bytes);
	assert_has(said(), " error ");
	assert_has(said(), faults[_i].words);
	/* And the worker lives on. */
	write_file("site.xsl", HEAD ROOT FOOT);
	theme_close(theme);
	theme = opened(folder);
	assert_has(rendered(theme, sample("en", "x")), "<body></body>");
	theme_close(theme);
}
END_TEST

/* The scan of a sheet is one barrier, the process's loader the other: this sheet has not passed the first. */
START_TEST(document_reads_nothing_even_in_a_sheet_that_was_not_checked)
{
	static const char sheet[] = HEAD "<xsl:template match=\"/\"><p><xsl:copy-of select=\"document('/etc/passwd')|document('file:///proc/self/status')|document('http://127.0.0.1:9/')|document('')/*/@version\"/></p></xsl:template>" FOOT;
	struct theme *theme = opened(NULL);
	xmlDocPtr doc = xmlReadMemory(sheet, sizeof(sheet) - 1, "theme:/site.xsl", NULL, XML_PARSE_NONET), result;
	xsltStylesheetPtr style = xsltParseStylesheetDoc(doc);

	ck_assert_ptr_nonnull(style);
	result = xsltApplyStylesheet(style, sample("en", "x")->doc, NULL);
	if (result != NULL && xmlDocGetRootElement(result) != NULL)
		ck_assert_ptr_null(xmlDocGetRootElement(result)->children);
	xmlFreeDoc(result);
	xsltFreeStylesheet(style);
	theme_close(theme);
}
END_TEST

/* A message of a sheet is for its author: it is logged, and the page is made. */
START_TEST(a_message_goes_to_the_log)
{
	struct theme *theme;

	write_file("site.xsl", HEAD ROOT "<xsl:template match=\"page\">x<xsl:message>look at\nthis</xsl:message></xsl:template>" FOOT);
	theme = opened(folder);
	assert_has(rendered(theme, sample("en", "x")), "<body>x</body>");
	assert_has(said(), "look at");
	theme_close(theme);
}
END_TEST

/* Sheets that are compiled during a request must not lie in that request's memory. */
START_TEST(sheets_outlive_the_request_that_compiled_them)
{
	struct theme *theme;
	const char *first[2] = { NULL, NULL };
	struct arena *outer = arena_new();

	xml_memory_init();
	theme = opened(NULL);
	for (int i = 0; i < 8; i++) {
		const char *page;

		xml_memory_begin();
		page = rendered(theme, sample(i % 2 == 0 ? "en" : "zh", "list"));
		if (first[i % 2] == NULL)
			first[i % 2] = arena_dup(outer, page);
		ck_assert_str_eq(page, first[i % 2]);
		arena_reset(arena);
		xml_memory_end();
	}
	theme_close(theme);
	arena_free(outer);
}
END_TEST

/* By name and never by path, from the site's folder or the program's. */
START_TEST(themes_are_found_by_their_name)
{
	static const char *const wrong[] = { "", ".", "..", "samples", "mine/../mine", "/etc", "Mine", "mine ", "torn", "none" };
	struct conf conf = { .themes = folder };
	const char *const *names;
	struct theme *theme;
	const char *problem;

	ck_assert_int_eq(setenv("RENOWN_DATA", source_folder(), 1), 0);
	names = theme_list(arena, &conf);
	ck_assert_str_eq(names[0], "default");
	ck_assert_ptr_null(names[1]);
	for (size_t i = 0; i < 3; i++)
		ck_assert_int_eq(mkdir(arena_printf(arena, "%s/%s", folder, i == 0 ? "mine" : i == 1 ? "torn" : "Mine"), 0755), 0);
	write_file("mine/site.xsl", HEAD "<xsl:import href=\"renown:default/site.xsl\"/>" FOOT);
	write_file("torn/site.xsl", "<xsl:stylesheet");
	write_file("Mine/site.xsl", HEAD ROOT FOOT);
	names = theme_list(arena, &conf);
	ck_assert_str_eq(names[1], "mine");
	ck_assert_str_eq(names[2], "torn");
	ck_assert_ptr_null(names[3]);
	ck_assert_int_eq(theme_list_open(arena, &conf, "mine", &theme, &problem), OK);
	ck_assert_str_eq(theme_assets(theme), "/assets/mine");
	theme_close(theme);
	ck_assert_int_eq(theme_list_open(arena, &conf, "default", &theme, &problem), OK);
	ck_assert_str_eq(theme_assets(theme), "/assets");
	theme_close(theme);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		ck_assert_msg(theme_list_open(arena, &conf, wrong[i], &theme, &problem) == INVALID && *problem != '\0', "%s", wrong[i]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("theme");
	TCase *make = tcase_create("made"), *fail = tcase_create("fails");

	tcase_add_checked_fixture(make, theme_setup, theme_teardown);
	tcase_add_test(make, the_default_theme_speaks_both_languages);
	tcase_add_test(make, opening_a_theme_changes_no_language);
	tcase_add_test(make, a_page_is_well_formed_and_declares_one_namespace);
	tcase_add_test(make, a_child_theme_overrides_one_template);
	tcase_add_test(make, the_build_is_a_digest_of_everything);
	tcase_add_test(make, a_theme_stays_what_it_was_when_it_was_opened);
	tcase_add_test(make, themes_are_found_by_their_name);
	tcase_add_test(make, words_lose_the_sheets_line_breaks);
	tcase_add_test(make, names_of_folders_may_be_anything);
	tcase_add_test(make, a_deep_thread_of_comments_is_still_a_page);
	tcase_add_test(make, stored_text_comes_out_as_it_was_stored);
	suite_add_tcase(suite, make);
	tcase_add_checked_fixture(fail, theme_setup, theme_teardown);
	tcase_set_timeout(fail, 20);
	tcase_add_loop_test(fail, a_sheet_that_fails_is_a_fault_and_logged, 0, sizeof(faults) / sizeof(faults[0]));
	tcase_add_test(fail, document_reads_nothing_even_in_a_sheet_that_was_not_checked);
	tcase_add_test(fail, a_message_goes_to_the_log);
	tcase_add_test(fail, sheets_outlive_the_request_that_compiled_them);
	suite_add_tcase(suite, fail);
	return suite_run(suite);
}
