/*
 * Themes: which sheets are refused at start and with which words, what a transformation may never do, and what comes
 * out. Sheets that must be refused are written into a folder of their own by each test.
 */
#include <check.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <libxml/parser.h>
#include <libxslt/transform.h>

#include "core/log.h"
#include "core/str.h"
#include "core/token.h"
#include "page/doc.h"
#include "page/lang.h"
#include "page/memory.h"
#include "page/theme.h"

#define HEAD "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"" \
	" xmlns:ui=\"urn:renown:ui\" xmlns=\"http://www.w3.org/1999/xhtml\">\n"
#define FOOT "</xsl:stylesheet>\n"
#define ROOT "<xsl:template match=\"/\"><html><body><xsl:apply-templates/></body></html></xsl:template>\n"

static struct arena *arena;
static char folder[32];
static const char *data; /* the project, which holds templates/default */
static int real_stderr;

static const char *
source_folder(void)
{
	const char *given = getenv("srcdir");

	return given == NULL ? "." : given;
}

/* What the process said on standard error since the test began. */
static const char *
said(void)
{
	char *text = arena_alloc(arena, 64 * 1024);
	ssize_t length = pread(STDERR_FILENO, text, 64 * 1024 - 1, 0);

	ck_assert_int_ge(length, 0);
	return text;
}

static void
setup(void)
{
	char path[] = "/tmp/check-said-XXXXXX";
	int file = mkstemp(path);

	ck_assert_int_ge(file, 0);
	(void)unlink(path);
	real_stderr = dup(STDERR_FILENO);
	(void)dup2(file, STDERR_FILENO);
	(void)close(file);
	arena = arena_new();
	token_init();
	log_open("test", LOG_WARNING);
	data = source_folder();
	(void)strcpy(folder, "/tmp/check-theme-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static int
remove_entry(const char *path, const struct stat *found, int type, struct FTW *place)
{
	(void)found;
	(void)type;
	(void)place;
	return remove(path);
}

static void
teardown(void)
{
	(void)dup2(real_stderr, STDERR_FILENO);
	(void)close(real_stderr);
	(void)nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	arena_free(arena);
}

static void
write_file(const char *name, const char *text)
{
	const char *path = arena_printf(arena, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

static struct theme *
opened(const char *path)
{
	const char *problem = "";
	struct theme *theme = NULL;

	ck_assert_msg(theme_open(path, data, &theme, &problem) == OK, "%s", problem);
	return theme;
}

/* The words with which the folder's theme is refused. */
static const char *
refused(void)
{
	const char *problem = NULL;
	struct theme *theme = NULL;

	ck_assert_int_eq(theme_open(folder, data, &theme, &problem), INVALID);
	ck_assert_ptr_null(theme);
	ck_assert_ptr_nonnull(problem);
	/* Neither library may print: the operator reads one sentence, from us. */
	ck_assert_str_eq(said(), "");
	return problem;
}

static void
assert_has(const char *text, const char *part)
{
	ck_assert_msg(strstr(text, part) != NULL, "no \"%s\" in: %s", part, text);
}

static void
assert_has_not(const char *text, const char *part)
{
	ck_assert_msg(strstr(text, part) == NULL, "\"%s\" in: %s", part, text);
}

static struct page *
sample(const char *lang, const char *name)
{
	struct page *page = page_new(arena, lang, "https://example.org", "");
	xmlNodePtr site;

	page_attr(page->root, "name", name);
	page_attr(page->root, "title", "Fish & <chips>");
	page_attr(page->root, "assets", "/assets");
	site = page_element(page->root, "site");
	page_attr(site, "name", "Ink");
	page_attr(site, "seal", "I");
	page_href(page, site, "href", "/");
	return page;
}

static const char *
rendered(struct theme *theme, const struct page *page)
{
	char *bytes;
	size_t length;

	ck_assert_int_eq(theme_render(theme, arena, page, &bytes, &length), OK);
	ck_assert_uint_eq(strlen(bytes), length);
	return bytes;
}

/* --- what is refused ------------------------------------------------------------- */

static const struct {
	const char *sheet;
	int line;           /* of site.xsl; 0: the sentence names no line */
	const char *words;
} refusals[] = {
	{ HEAD ROOT "<xsl:template match=\"page\"><p></xsl:template>" FOOT, 3, "" },
	{ HEAD ROOT "<xsl:template match=\"page\"><p>&nbsp;</p></xsl:template>" FOOT, 3, "nbsp" },
	{ "", 1, "" },
	{ "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", 1, "no XSLT sheet" },
	/* raw markup, in all the ways that XSLT knows */
	{ HEAD ROOT "<xsl:template match=\"page\">\n<xsl:value-of select=\"@title\" disable-output-escaping=\"yes\"/></xsl:template>" FOOT, 4, "disable-output-escaping" },
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:text disable-output-escaping=\" yes\">&lt;b></xsl:text></xsl:template>" FOOT, 3, "disable-output-escaping" },
	{ HEAD "<xsl:output method=\"html\"/>" ROOT FOOT, 2, "method=\"xml\"" },
	{ HEAD "<xsl:output method=\"text\"/>" ROOT FOOT, 2, "method=\"xml\"" },
	{ HEAD "<xsl:output cdata-section-elements=\"p\"/>" ROOT FOOT, 2, "cdata-section-elements" },
	{ HEAD "<xsl:output doctype-system=\"x\"/>" ROOT FOOT, 2, "doctype-system" },
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:comment><xsl:value-of select=\"@title\"/></xsl:comment></xsl:template>" FOOT, 3, "xsl:comment" },
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:processing-instruction name=\"x\"/></xsl:template>" FOOT, 3, "xsl:processing-instruction" },
	/* files and extensions */
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:document href=\"/tmp/x\"/></xsl:template>" FOOT, 3, "xsl:document" },
	{ HEAD ROOT "<xsl:template match=\"page\"><p xsl:extension-element-prefixes=\"x\" xmlns:x=\"http://exslt.org/common\"><x:document href=\"/tmp/x\"/></p></xsl:template>" FOOT, 3, "extension" },
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:copy-of select=\"document('/etc/passwd')\"/></xsl:template>" FOOT, 3, "document()" },
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:copy-of select=\"concat('document(', doc&#117;ment  ('x'))\"/></xsl:template>" FOOT, 3, "document()" },
	{ HEAD ROOT "<xsl:template match=\"page\"><p class=\"a{{b}} {document('x')}\"/></xsl:template>" FOOT, 3, "document()" },
	{ HEAD ROOT "<xsl:template match=\"page\"><p class=\"{'}'}{document('x')}\"/></xsl:template>" FOOT, 3, "document()" },
	{ HEAD ROOT "<xsl:template match=\"page\"><p id=\"{generate-id(.)}\"/></xsl:template>" FOOT, 3, "generate-id()" },
	{ "<!DOCTYPE x [<!ENTITY e SYSTEM \"/etc/passwd\">]>\n" HEAD ROOT "<xsl:template match=\"page\">&e;</xsl:template>" FOOT, 1, "DOCTYPE" },
	/* sheets from elsewhere */
	{ HEAD "<xsl:import href=\"/etc/passwd\"/>" ROOT FOOT, 0, "etc/passwd: No such file" },
	{ HEAD "<xsl:import href=\"../../../../../../../../etc/passwd\"/>" ROOT FOOT, 0, "No such file" },
	{ HEAD "<xsl:import href=\"%2e%2e/%2e%2e/etc/passwd\"/>" ROOT FOOT, 0, "No such file" },
	{ HEAD "<xsl:import href=\"..%2f..%2fetc%2fpasswd\"/>" ROOT FOOT, 2, "No such file" },
	{ HEAD "<xsl:import href=\"renown:default/%2e%2e/%2e%2e/README.md\"/>" ROOT FOOT, 0, "outside the theme" },
	{ HEAD "<xsl:import href=\"link.xsl\"/>" ROOT FOOT, 0, "outside the theme" },
	{ HEAD "<xsl:import href=\"file:///etc/passwd\"/>" ROOT FOOT, 0, "is refused" },
	{ HEAD "<xsl:include href=\"http://127.0.0.1:9/x.xsl\"/>" ROOT FOOT, 0, "is refused" },
	{ HEAD "<xsl:import href=\"x.xsl\" xml:base=\"file:///etc/\"/>" ROOT FOOT, 0, "is refused" },
	{ HEAD "<xsl:import href=\"missing.xsl\"/>" ROOT FOOT, 0, "missing.xsl: No such file" },
	{ HEAD "<xsl:import href=\"site.xsl\"/>" ROOT FOOT, 2, "recursion" },
	/* what libxslt finds */
	{ HEAD ROOT "<xsl:template match=\"page\">\n\n<xsl:value-of select=\"a[\"/></xsl:template>" FOOT, 5, "" },
	{ HEAD ROOT "<xsl:template match=\"page[\"/>" FOOT, 3, "" },
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:value-of/></xsl:template>" FOOT, 3, "select" },
	{ HEAD ROOT "<xsl:template match=\"page\">\n<xsl:call-template name=\"nosuch\"/></xsl:template>" FOOT, 4, "nosuch" },
	{ HEAD ROOT "<xsl:template match=\"page\"><xsl:for-earch select=\"x\"/></xsl:template>" FOOT, 3, "xsl:for-earch" },
	/* words */
	{ HEAD ROOT "<xsl:template match=\"page\"><ui:word>x</ui:word></xsl:template>" FOOT, 3, "ui:word" },
	{ HEAD ROOT "<xsl:template match=\"page\"><ui:text>x <b>y</b></ui:text></xsl:template>" FOOT, 3, "nothing but text" },
};

START_TEST(a_bad_sheet_is_refused_with_file_and_line)
{
	const char *place = refusals[_i].line == 0 ? folder : arena_printf(arena, "%s/site.xsl:%d: ", folder, refusals[_i].line);
	const char *problem;

	ck_assert_int_eq(symlink("/etc/passwd", arena_printf(arena, "%s/link.xsl", folder)), 0);
	write_file("site.xsl", refusals[_i].sheet);
	problem = refused();
	assert_has(problem, refusals[_i].words);
	assert_has(problem, place);
	assert_has_not(problem, "\n");
}
END_TEST

START_TEST(a_bad_part_is_named)
{
	write_file("site.xsl", HEAD "<xsl:include href=\"foot.xsl\"/>\n" ROOT FOOT);
	write_file("foot.xsl", HEAD "\n\n<xsl:template match=\"x\"><xsl:value-of select=\"y\" disable-output-escaping=\"yes\"/></xsl:template>" FOOT);
	assert_has(refused(), arena_printf(arena, "%s/foot.xsl:4: disable-output-escaping", folder));
	write_file("foot.xsl", HEAD "\n<xsl:template match=\"x\"><xsl:call-template name=\"nosuch\"/></xsl:template>" FOOT);
	assert_has(refused(), arena_printf(arena, "%s/foot.xsl:3: there is no template named nosuch", folder));
}
END_TEST

START_TEST(a_folder_without_a_theme_is_named)
{
	const char *problem;
	struct theme *theme;

	assert_has(refused(), "site.xsl: No such file");
	ck_assert_int_eq(theme_open("/nonexistent/theme", data, &theme, &problem), INVALID);
	assert_has(problem, "/nonexistent/theme: No such file");
	ck_assert_int_eq(theme_open(NULL, "/nonexistent", &theme, &problem), INVALID);
	assert_has(problem, "/nonexistent/templates/default: No such file");
}
END_TEST

START_TEST(a_huge_sheet_is_refused)
{
	char *text = arena_alloc(arena, 2 * 1024 * 1024);

	memset(text, ' ', 2 * 1024 * 1024 - 1);
	memcpy(text, HEAD, sizeof(HEAD) - 1);
	write_file("site.xsl", text);
	assert_has(refused(), "larger than 1 MiB");
}
END_TEST

/* The word in a text, or in an attribute outside braces, is no call. */
START_TEST(talk_of_document_is_allowed)
{
	struct theme *theme;

	write_file("site.xsl", HEAD ROOT "<xsl:template match=\"page\"><p title=\"see document(x)\">document(y)"
		"<xsl:value-of select=\"concat('document(z)', my-document)\"/></p></xsl:template>" FOOT);
	theme = opened(folder);
	assert_has(rendered(theme, sample("en", "x")), "<p title=\"see document(x)\">document(y)document(z)</p>");
	theme_close(theme);
}
END_TEST

/* --- what comes out ---------------------------------------------------------------- */

START_TEST(the_default_theme_speaks_both_languages)
{
	struct theme *theme = opened(NULL);

	for (int i = 0; i < 2; i++) {
		assert_has(rendered(theme, sample("en", "list")), ">Skip to the text<");
		assert_has(rendered(theme, sample("zh", "list")), ">跳到正文<");
	}
	ck_assert_str_eq(said(), "");
	theme_close(theme);
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
	assert_has_not(page, "<footer class=\"foot\">");
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

	memory_init();
	theme = opened(NULL);
	for (int i = 0; i < 8; i++) {
		const char *page;

		memory_begin();
		page = rendered(theme, sample(i % 2 == 0 ? "en" : "zh", "list"));
		if (first[i % 2] == NULL)
			first[i % 2] = arena_dup(outer, page);
		ck_assert_str_eq(page, first[i % 2]);
		arena_reset(arena);
		memory_end();
	}
	theme_close(theme);
	arena_free(outer);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("theme");
	TCase *refuse = tcase_create("refused"), *make = tcase_create("made"), *fail = tcase_create("fails");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(refuse, setup, teardown);
	tcase_add_loop_test(refuse, a_bad_sheet_is_refused_with_file_and_line, 0, sizeof(refusals) / sizeof(refusals[0]));
	tcase_add_test(refuse, a_bad_part_is_named);
	tcase_add_test(refuse, a_folder_without_a_theme_is_named);
	tcase_add_test(refuse, a_huge_sheet_is_refused);
	tcase_add_test(refuse, talk_of_document_is_allowed);
	suite_add_tcase(suite, refuse);
	tcase_add_checked_fixture(make, setup, teardown);
	tcase_add_test(make, the_default_theme_speaks_both_languages);
	tcase_add_test(make, a_page_is_well_formed_and_declares_one_namespace);
	tcase_add_test(make, a_child_theme_overrides_one_template);
	tcase_add_test(make, the_build_is_a_digest_of_everything);
	tcase_add_test(make, a_theme_stays_what_it_was_when_it_was_opened);
	tcase_add_test(make, words_lose_the_sheets_line_breaks);
	tcase_add_test(make, names_of_folders_may_be_anything);
	suite_add_tcase(suite, make);
	tcase_add_checked_fixture(fail, setup, teardown);
	tcase_set_timeout(fail, 20);
	tcase_add_loop_test(fail, a_sheet_that_fails_is_a_fault_and_logged, 0, sizeof(faults) / sizeof(faults[0]));
	tcase_add_test(fail, document_reads_nothing_even_in_a_sheet_that_was_not_checked);
	tcase_add_test(fail, a_message_goes_to_the_log);
	tcase_add_test(fail, sheets_outlive_the_request_that_compiled_them);
	suite_add_tcase(suite, fail);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
