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

/* --- output ---------------------------------------------------------------- */

START_TEST(the_default_theme_has_texts_in_both_languages)
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

/* The health page opens the theme as a check. That must not change the language of the page. */
START_TEST(opening_a_theme_does_not_change_the_language)
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

/* The programs, and some pages of each; tools/lists.sh finds them in the programs' sources. */
static const struct {
	const char *program, *pages[12];
} programs[] = {
	{ "blog", { "home", "list", "tag", "author", "month", "archive", "tags", "search", "post", "page", "error" } },
	{ "feed", { "error" } },
	{ "account", { "sign-in", "sign-in-mail", "sign-up", "second-factor", "profile", "personal-data", "delete-account", "error" } },
	{ "post", { "post-list", "post-edit", "media-library", "media-item", "schedule", "calendar", "queue", "import-report", "trash", "versions", "compare",
		"error" } },
	{ "admin", { "dashboard", "settings", "people", "person", "invitations", "mail-test", "health", "backups", "audit", "error" } },
};

static struct theme *
opened_for(const char *path, const char *program)
{
	const char *problem = "";
	struct theme *theme = NULL;

	ck_assert_msg(theme_open(path, source_folder(), program, &theme, &problem) == OK, "%s: %s", program, problem);
	return theme;
}

START_TEST(a_program_renders_its_pages_as_with_all_of_them)
{
	struct theme *all = opened(NULL), *own = opened_for(NULL, programs[_i].program);

	for (size_t i = 0; i < 12 && programs[_i].pages[i] != NULL; i++) {
		const char *name = programs[_i].pages[i];
		ck_assert_str_eq(rendered(own, sample("zh", name)), rendered(all, sample("zh", name)));
		ck_assert_str_eq(rendered(own, sample("en", name)), rendered(all, sample("en", name)));
	}
	theme_close(own);
	theme_close(all);
}
END_TEST

/* An unknown page has only its title. Without this test, every program could compile all pages unnoticed. */
START_TEST(a_program_does_not_compile_the_pages_of_others)
{
	struct theme *own = opened_for(NULL, "feed"), *all = opened(NULL);

	assert_has(rendered(all, sample("en", "list")), "class=\"h-feed\"");
	assert_has_not(rendered(own, sample("en", "list")), "class=\"h-feed\"");
	theme_close(own);
	theme_close(all);
}
END_TEST

START_TEST(languages_take_turns)
{
	struct theme *theme = opened(NULL);
	const char *english = rendered(theme, sample("en", "list")), *chinese = rendered(theme, sample("zh", "list"));

	assert_has(english, ">Skip to content<");
	assert_has(chinese, ">跳到正文<");
	ck_assert_str_eq(rendered(theme, sample("en", "list")), english);
	ck_assert_str_eq(rendered(theme, sample("zh", "list")), chinese);
	theme_close(theme);
}
END_TEST

/* post-edit.xsl belongs to the program post. A theme may use its named template on the pages of any program. */
START_TEST(a_child_theme_may_use_a_part_of_any_page)
{
	struct theme *theme;

	write_file("site.xsl", "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" xmlns=\"http://www.w3.org/1999/xhtml\">"
		"<xsl:import href=\"renown:default/site.xsl\"/>"
		"<xsl:template match=\"page\" mode=\"footer\"><footer class=\"child\"><xsl:if test=\"@form\"><xsl:call-template name=\"collapsed\"/></xsl:if></footer></xsl:template>"
		"</xsl:stylesheet>");
	theme = opened_for(folder, "feed");
	assert_has(rendered(theme, sample("en", "error")), "<footer class=\"child\">");
	theme_close(theme);
}
END_TEST

START_TEST(a_child_theme_overrides_one_template)
{
	struct theme *theme = opened(arena_printf(arena, "%s/tests/data/child-theme", source_folder()));
	const char *page = rendered(theme, sample("zh", "list"));

	assert_has(page, "<footer class=\"child\">Ink: 归档</footer>");
	assert_has_not(page, "<footer class=\"footer\">");
	/* everything else belongs to the default theme */
	assert_has(page, ">跳到正文<");
	assert_has(page, "<main id=\"content\"");
	theme_close(theme);
}
END_TEST

/* Half of its stylesheets belong to the default theme. When those change, URLs of assets and ETags must change too. */
START_TEST(the_build_changes_with_each_file_of_the_theme)
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

/* Each language is compiled at its first use, which can be long after the stylesheets were edited. */
START_TEST(edits_do_not_affect_an_open_theme)
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

START_TEST(line_breaks_in_interface_texts_are_collapsed)
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

/* Stylesheets in a folder whose name is not a valid URI, and nested includes. */
START_TEST(folders_can_have_any_name)
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

/* A stylesheet copies a placeholder, once or several times, and never sees the stored text. */
START_TEST(stored_text_is_output_unchanged)
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

/* A thread of comments can have any depth. */
START_TEST(a_deep_thread_of_comments_is_rendered)
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

/* --- errors while a page is rendered ------------------------------------------- */

static const struct {
	const char *sheet, *words;
} faults[] = {
	/* endless recursion */
	{ HEAD ROOT "<xsl:template match=\"page\"><p><xsl:apply-templates select=\".\"/></p></xsl:template>" FOOT, "recursion" },
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:call-template name=\"x\"/></xsl:template><xsl:template name=\"x\"><xsl:call-template name=\"x\"/></xsl:template>" FOOT, "" },
	/* not deep, but endless: two to the power of sixty calls */
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
	/* a placeholder of stored text that the stylesheet invents */
	{ HEAD ROOT "<xsl:template match=\"page\"><s:stored xmlns:s=\"urn:renown:stored\" number=\"7\"/></xsl:template>" FOOT, "" },
};

START_TEST(an_error_in_a_stylesheet_is_a_fault_and_logged)
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
	/* The worker can go on. */
	write_file("site.xsl", HEAD ROOT FOOT);
	theme_close(theme);
	theme = opened(folder);
	assert_has(rendered(theme, sample("en", "x")), "<body></body>");
	theme_close(theme);
}
END_TEST

/* Two checks prevent reading: the scan of the stylesheet and the loader of the process. This stylesheet bypasses the first. */
START_TEST(document_reads_nothing_even_in_an_unchecked_stylesheet)
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

/* xsl:message is for the author of the theme: it is logged, and the page is rendered. */
START_TEST(an_xsl_message_is_logged)
{
	struct theme *theme;

	write_file("site.xsl", HEAD ROOT "<xsl:template match=\"page\">x<xsl:message>look at\nthis</xsl:message></xsl:template>" FOOT);
	theme = opened(folder);
	assert_has(rendered(theme, sample("en", "x")), "<body>x</body>");
	assert_has(said(), "look at");
	theme_close(theme);
}
END_TEST

/* Stylesheets that are compiled during a request must not be in the memory of that request. */
START_TEST(compiled_stylesheets_outlive_their_request)
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

/* The health page opens the whole theme, with names that the program's own pages do not have. */
START_TEST(names_outlive_the_request_that_opened_a_theme)
{
	struct theme *own;

	xml_memory_init();
	own = opened_for(NULL, "feed");
	for (int i = 0; i < 3; i++) {
		struct theme *all;
		xml_memory_begin();
		all = opened(NULL);
		assert_has(rendered(all, sample("en", "list")), "class=\"h-feed\"");
		theme_close(all);
		arena_reset(arena);
		xml_memory_end();
		/* The next request writes where those names would be. */
		xml_memory_begin();
		assert_has(rendered(own, sample("en", "error")), "<footer");
		arena_reset(arena);
		xml_memory_end();
	}
	theme_close(own);
}
END_TEST

/* Themes are found by name, never by path, in the folder of the site or of the program. */
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
	ck_assert_int_eq(theme_list_open(arena, &conf, "mine", NULL, &theme, &problem), OK);
	ck_assert_str_eq(theme_assets(theme), "/assets/mine");
	theme_close(theme);
	ck_assert_int_eq(theme_list_open(arena, &conf, "default", NULL, &theme, &problem), OK);
	ck_assert_str_eq(theme_assets(theme), "/assets");
	theme_close(theme);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		ck_assert_msg(theme_list_open(arena, &conf, wrong[i], NULL, &theme, &problem) == INVALID && *problem != '\0', "%s", wrong[i]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("theme");
	TCase *make = tcase_create("rendering"), *fail = tcase_create("errors");

	tcase_add_checked_fixture(make, theme_setup, theme_teardown);
	tcase_add_test(make, the_default_theme_has_texts_in_both_languages);
	tcase_add_test(make, opening_a_theme_does_not_change_the_language);
	tcase_add_test(make, a_page_is_well_formed_and_declares_one_namespace);
	tcase_add_loop_test(make, a_program_renders_its_pages_as_with_all_of_them, 0, sizeof(programs) / sizeof(programs[0]));
	tcase_add_test(make, languages_take_turns);
	tcase_add_test(make, a_child_theme_may_use_a_part_of_any_page);
	tcase_add_test(make, a_child_theme_overrides_one_template);
	tcase_add_test(make, the_build_changes_with_each_file_of_the_theme);
	tcase_add_test(make, edits_do_not_affect_an_open_theme);
	tcase_add_test(make, themes_are_found_by_their_name);
	tcase_add_test(make, line_breaks_in_interface_texts_are_collapsed);
	tcase_add_test(make, folders_can_have_any_name);
	tcase_add_test(make, a_deep_thread_of_comments_is_rendered);
	tcase_add_test(make, stored_text_is_output_unchanged);
	suite_add_tcase(suite, make);
	tcase_add_checked_fixture(fail, theme_setup, theme_teardown);
	tcase_set_timeout(fail, 20);
	tcase_add_loop_test(fail, an_error_in_a_stylesheet_is_a_fault_and_logged, 0, sizeof(faults) / sizeof(faults[0]));
	tcase_add_test(fail, document_reads_nothing_even_in_an_unchecked_stylesheet);
	tcase_add_test(fail, an_xsl_message_is_logged);
	tcase_add_test(fail, compiled_stylesheets_outlive_their_request);
	tcase_add_test(fail, names_outlive_the_request_that_opened_a_theme);
	tcase_add_test(fail, a_program_does_not_compile_the_pages_of_others);
	suite_add_tcase(suite, fail);
	return suite_run(suite);
}
