/*
 * Which stylesheets are refused when a theme is opened, and with which message: a stylesheet may not write raw markup,
 * read files outside the theme, or be broken. Each is written into its own folder.
 */
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/theme_fixture.h"

/* The message with which the folder's theme is refused. */
static const char *
refused(void)
{
	const char *problem = NULL;
	struct theme *theme = NULL;

	ck_assert_int_eq(theme_open(folder, source_folder(), NULL, &theme, &problem), INVALID);
	ck_assert_ptr_null(theme);
	ck_assert_ptr_nonnull(problem);
	/* Neither library may print: the operator reads one message of this program. */
	ck_assert_str_eq(said(), "");
	return problem;
}

static const struct {
	const char *sheet;
	int line;           /* of site.xsl; 0: the message names no line */
	const char *words;
} refusals[] = {
	{ HEAD ROOT "<xsl:template match=\"page\"><p></xsl:template>" FOOT, 3, "" },
	{ HEAD ROOT "<xsl:template match=\"page\"><p>&nbsp;</p></xsl:template>" FOOT, 3, "nbsp" },
	{ "", 1, "" },
	{ "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", 1, "not an XSLT stylesheet" },
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
	/* stylesheets of other places; whether a path with dots becomes one inside the theme or is refused depends on libxml2 */
	{ HEAD "<xsl:import href=\"/etc/passwd\"/>" ROOT FOOT, 0, "passwd" },
	{ HEAD "<xsl:import href=\"../../../../../../../../etc/passwd\"/>" ROOT FOOT, 0, "passwd" },
	{ HEAD "<xsl:import href=\"%2e%2e/%2e%2e/etc/passwd\"/>" ROOT FOOT, 0, "passwd" },
	{ HEAD "<xsl:import href=\"..%2f..%2fetc%2fpasswd\"/>" ROOT FOOT, 0, "passwd" },
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
	/* interface texts */
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

START_TEST(an_included_bad_sheet_is_named_with_its_line)
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
	ck_assert_int_eq(theme_open("/nonexistent/theme", source_folder(), NULL, &theme, &problem), INVALID);
	assert_has(problem, "/nonexistent/theme: No such file");
	ck_assert_int_eq(theme_open(NULL, "/nonexistent", NULL, &theme, &problem), INVALID);
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

/* "document(" in a text, or in an attribute outside braces, is not a call. */
START_TEST(the_word_document_in_text_is_allowed)
{
	struct theme *theme;

	write_file("site.xsl", HEAD ROOT "<xsl:template match=\"page\"><p title=\"see document(x)\">document(y)"
		"<xsl:value-of select=\"concat('document(z)', my-document)\"/></p></xsl:template>" FOOT);
	theme = opened(folder);
	assert_has(rendered(theme, sample("en", "x")), "<p title=\"see document(x)\">document(y)document(z)</p>");
	theme_close(theme);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("stylesheet");
	TCase *cases = tcase_create("stylesheet");

	tcase_add_checked_fixture(cases, theme_setup, theme_teardown);
	tcase_add_loop_test(cases, a_bad_sheet_is_refused_with_file_and_line, 0, sizeof(refusals) / sizeof(refusals[0]));
	tcase_add_test(cases, an_included_bad_sheet_is_named_with_its_line);
	tcase_add_test(cases, a_folder_without_a_theme_is_named);
	tcase_add_test(cases, a_huge_sheet_is_refused);
	tcase_add_test(cases, the_word_document_in_text_is_allowed);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
