/* Markdown to XHTML, rule by rule. Whole texts: check_markdown_golden.c. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "page/markdown/markdown.h"

static struct markdown *
render(const char *source)
{
	struct markdown *markdown = NULL;
	const char *problem = "";

	if (markdown_render(arena, source, MARKDOWN_ARTICLE, "", NULL, &markdown, &problem) != OK)
		ck_abort_msg("refused: %s", problem);
	return markdown;
}

static const char *
full(const char *source)
{
	return fragment_write(arena, render(source)->full);
}

static const char *
refusal(const char *source)
{
	struct markdown *markdown = NULL;
	const char *problem = "";

	ck_assert_int_eq(markdown_render(arena, source, MARKDOWN_ARTICLE, "", NULL, &markdown, &problem), TOO_LARGE);
	ck_assert_ptr_null(markdown);
	return problem;
}

/* The first pass inserts characters that a later one removes. A forgotten one would show in code. */
START_TEST(code_is_not_changed)
{
	static const char *const pieces[] = { "**中：**文", "$a_b$", "$$x$$", "\\(a_b\\)", "\\\\(a_b\\\\)", "\\[x^2\\]", "~~中~~，",
		"*中*", "<!--more-->", "&amp;", "$x", "\\$", "|-|-|", "*", "中*文*字", "$_{}|<>*#$", "[x](y)" };
	size_t count = sizeof(pieces) / sizeof(pieces[0]);

	for (size_t i = 0; i < count * count * count; i++) {
		const char *a = pieces[i % count], *b = pieces[i / count % count], *c = pieces[i / count / count];
		const char *code = arena_printf(arena, "%s%s %s", a, b, c);
		struct markdown *span = render(arena_printf(arena, "`%s`", code));
		struct markdown *block = render(arena_printf(arena, "```\n%s\n%s\n%s\n```", a, b, c));
		struct markdown *indented = render(arena_printf(arena, "    %s\n    %s", b, c));

		/* Check records each assertion; five thousand of each take too long. */
		if (strcmp(fragment_plain(arena, span->full), code) != 0)
			ck_abort_msg("span: %s", fragment_plain(arena, span->full));
		if (strcmp(fragment_plain(arena, block->full), arena_printf(arena, "%s\n%s\n%s", a, b, c)) != 0)
			ck_abort_msg("block: %s", fragment_plain(arena, block->full));
		if (strcmp(fragment_plain(arena, indented->full), arena_printf(arena, "%s\n%s", b, c)) != 0)
			ck_abort_msg("indented: %s", fragment_plain(arena, indented->full));
		if (i % 100 == 0)
			arena_reset(arena);
	}
}
END_TEST

START_TEST(chinese_emphasis_works_beside_all_punctuation)
{
	static const char *const marks[] = { "：", "。", "，", "！", "？", "”", "’", "」", "）", "》", "、", "；", "…", "—" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		ck_assert_str_eq(full(arena_printf(arena, "前面**粗体%s**后面", marks[i])),
			arena_printf(arena, "<p>前面<strong>粗体%s</strong>后面</p>", marks[i]));
		ck_assert_str_eq(full(arena_printf(arena, "前面**%s粗体**后面", marks[i])),
			arena_printf(arena, "<p>前面<strong>%s粗体</strong>后面</p>", marks[i]));
		ck_assert_str_eq(full(arena_printf(arena, "**粗体%s**后面", marks[i])),
			arena_printf(arena, "<p><strong>粗体%s</strong>后面</p>", marks[i]));
	}
	/* Text without emphasis stays without it. */
	ck_assert_str_eq(full("2 * 3 * 4，中 * 文 * 字"), "<p>2 * 3 * 4，中 * 文 * 字</p>");
	ck_assert_str_eq(full("中\\*文\\*字"), "<p>中*文*字</p>");
	ck_assert_str_eq(full("3~5天，7~10天"), "<p>3~5天，7~10天</p>");
	ck_assert_str_eq(full(">~~~中\n>x\n>~~~"), "<blockquote><pre tabindex=\"0\"><code>x\n</code></pre></blockquote>");
}
END_TEST

/* &#8; is accepted as four harmless characters, but as U+0008 it would break every feed reader. */
START_TEST(references_to_forbidden_characters_are_removed)
{
	char *text;

	for (int c = 0; c < 0x300; c++) {
		const char *xhtml = full(arena_printf(arena, "a&#%d;b `&#%d;` [c](/d&#%d;e \"&#%d;\")", c, c, c, c));

		if (!text_accept(arena, xhtml, strlen(xhtml), TEXT_BLOCK, &text))
			ck_abort_msg("&#%d; is not removed", c);
	}
	for (int c = 0xFDC0; c <= 0xFFFF; c++) {
		const char *xhtml = full(arena_printf(arena, "a&#x%x;b", (unsigned)c));

		if (!text_accept(arena, xhtml, strlen(xhtml), TEXT_BLOCK, &text))
			ck_abort_msg("&#x%x; is not removed", (unsigned)c);
		if (c % 256 == 0)
			arena_reset(arena);
	}
}
END_TEST

/* Each text has OPEN before the cut and SECRET behind it. Neither the open part nor the summary may contain SECRET. */
START_TEST(open_part_and_summary_contain_nothing_from_behind_the_cut)
{
	static const char *const texts[] = {
		"OPEN\n\n<!--paid-->\n\nSECRET",
		"OPEN <!--paid--> SECRET",
		"OPEN\n<!-- Paid -->SECRET",
		"OPEN\n\n<!--paid--> SECRET\n\n<!--more-->\n\nSECRET",
		"OPEN[^o]\n\n<!--paid-->\n\nSECRET[^s]\n\n[^s]: SECRET\n[^o]: OPEN",
		"OPEN[^o]\n\n<!--paid-->\n\nx[^s]\n\n[^o]: OPEN[^p]\n[^s]: SECRET[^t]\n[^p]: OPEN\n[^t]: SECRET",
		"OPEN\n\n- a\n- <!--paid-->\n- SECRET\n\nSECRET\n\n<!--more-->",
		"OPEN\n\n> SECRET <!--paid-->\n\nSECRET",
		"OPEN\n\n*x<!--paid-->* SECRET",
		"OPEN\n\n<div>\n<!--paid-->\nSECRET</div>",
		"OPEN\n\n| a |\n|---|\n| <!--paid--> |\n| SECRET |",
		"OPEN\n\n<kbd><!--paid-->SECRET</kbd>",
		"OPEN\n\n# h <!--paid--> SECRET",
		"OPEN $x$<!--paid-->SECRET $y$",
		"OPEN $$\n\n<!--paid-->\n\nSECRET $$",
		"OPEN $$\n<!--paid-->\nSECRET $$",
		"OPEN $a<!--paid-->SECRET$",
		"OPEN\n\n[![x](/OPEN)](/y)\n\n<!--paid-->\n\n![SECRET](/SECRET \"SECRET\")",
		"OPEN ![x[^s]](/y)\n\n<!--paid-->\n\n[^s]\n\n[^s]: SECRET",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct markdown *markdown = render(texts[i]);
		const char *open = fragment_write(arena, markdown->open), *summary = fragment_write(arena, markdown->summary);

		ck_assert_msg(markdown->has_paid, "%zu has no cut", i);
		ck_assert_msg(strstr(open, "OPEN") != NULL, "%zu: %s", i, open);
		ck_assert_msg(strstr(open, "SECRET") == NULL, "%zu: %s", i, open);
		ck_assert_msg(strstr(summary, "SECRET") == NULL, "%zu: %s", i, summary);
		ck_assert_msg(strstr(fragment_write(arena, markdown->full), "SECRET") != NULL, "%zu", i);
	}
	/* If everything is behind the cut, there is no first paragraph. */
	ck_assert_str_eq(fragment_write(arena, render("<!--paid-->\n\nSECRET")->summary), "");
	ck_assert_str_eq(fragment_write(arena, render("# x\n\n<!--paid-->\n\nSECRET")->summary), "");
}
END_TEST

START_TEST(ids_are_unique_and_the_same_in_both_parts)
{
	struct markdown *markdown = render("# Same\n\n# Same\n\n# fn-1[^1]\n\n<!--paid-->\n\n# Same\n\n# same 2\n\n[^1]: x");

	ck_assert_str_eq(markdown->headings[0].id, "same");
	ck_assert_str_eq(markdown->headings[1].id, "same-2");
	ck_assert_str_eq(markdown->headings[2].id, "section-3");
	ck_assert_str_eq(markdown->headings[3].id, "same-3");
	ck_assert_str_eq(markdown->headings[4].id, "same-2-2");
	ck_assert_uint_eq(markdown->open_heading_count, 3);
	ck_assert_ptr_nonnull(strstr(fragment_write(arena, markdown->open), "id=\"same-2\""));
	ck_assert_ptr_nonnull(strstr(fragment_write(arena, markdown->open), "id=\"fn-1\""));
	ck_assert_ptr_null(strstr(fragment_write(arena, markdown->summary), "id="));
}
END_TEST

START_TEST(every_id_gets_the_given_prefix)
{
	struct markdown *markdown = NULL;
	const char *problem, *xhtml;

	ck_assert_int_eq(markdown_render(arena, "# h\n\nx[^1]\n\n[^1]: y", MARKDOWN_ARTICLE, "c12-", NULL, &markdown, &problem), OK);
	xhtml = fragment_write(arena, markdown->full);
	ck_assert_ptr_nonnull(strstr(xhtml, "id=\"c12-h\""));
	ck_assert_ptr_nonnull(strstr(xhtml, "id=\"c12-fnref-1\" href=\"#c12-fn-1\""));
	ck_assert_ptr_nonnull(strstr(xhtml, "id=\"c12-fn-1\""));
	ck_assert_ptr_nonnull(strstr(xhtml, "href=\"#c12-fnref-1\""));
}
END_TEST

static const char *
resolve(void *context, struct arena *given, const char *address, bool is_image, int *ret_width, int *ret_height)
{
	str_printf(context, "[%s]", address);
	if (is_image) {
		*ret_width = 640;
		*ret_height = 480;
	}
	if (str_equal(address, "evil"))
		return "javascript:alert(1)";
	return str_equal(address, "a b.png") ? arena_printf(given, "/media/1.png") : NULL;
}

START_TEST(addresses_are_resolved_by_the_callback)
{
	struct str seen = str_init(arena);
	const struct markdown_callbacks callbacks = { resolve, NULL, &seen };
	struct markdown *markdown = NULL;
	const char *problem;

	ck_assert_int_eq(markdown_render(arena, "![x](<a b.png> \"cap\")\n\n[y](/z_1*中*) [w](evil) ![v](evil)", MARKDOWN_ARTICLE, "",
		&callbacks, &markdown, &problem), OK);
	ck_assert_str_eq(seen.bytes, "[a b.png][/z_1*中*][evil][evil]");
	ck_assert_str_eq(fragment_write(arena, markdown->full),
		"<figure><img src=\"/media/1.png\" alt=\"x\" width=\"640\" height=\"480\" loading=\"lazy\" decoding=\"async\"/>"
		"<figcaption>cap</figcaption></figure><p><a href=\"/z_1*中*\">y</a> w v</p>");
}
END_TEST

START_TEST(rendered_xhtml_can_be_read_again)
{
	const char *stored = full("# h\n\n**中：**文 & <b> `\"'` ![a](b \"c&d\")\n\n| a | |\n|---|---|\n\n-\n\n```\n```\n");
	struct fragment *frag;

	ck_assert_int_eq(fragment_read(arena, stored, &frag), OK);
	ck_assert_str_eq(fragment_write(arena, frag), stored);
	/* A browser reads <td/> as an open tag. */
	ck_assert_ptr_null(strstr(stored, "<td/>"));
	ck_assert_ptr_null(strstr(stored, "<code/>"));
	ck_assert_ptr_null(strstr(stored, "<li/>"));
}
END_TEST

static const char *
repeated(const char *head, const char *unit, int times, const char *tail)
{
	struct str text = str_init(arena);

	str_add(&text, head);
	while (times-- > 0)
		str_add(&text, unit);
	str_add(&text, tail);
	return text.bytes;
}

START_TEST(texts_beyond_a_limit_are_refused_with_a_reason)
{
	ck_assert_ptr_nonnull(strstr(refusal(repeated("", "0123456789abcdef", 65537, "")), "1 MiB"));
	ck_assert_ptr_nonnull(strstr(refusal(repeated(repeated("", "|a", 65, "\n"), "|-", 65, "\n")), "64 columns"));
	ck_assert_ptr_nonnull(strstr(full(repeated(repeated("", "|a", 64, "\n"), "|-", 64, "\n")), "<table>"));
	/* In code, such a row is not a table. */
	ck_assert_ptr_nonnull(strstr(full(repeated(repeated("```\n", "|a", 65, "\n"), "|-", 65, "\n```\n")), "|-|-"));
	ck_assert_ptr_nonnull(strstr(refusal(repeated("", "> ", 200, "a")), "nested"));
	ck_assert_ptr_nonnull(strstr(full(repeated("", "> ", 60, "a")), "<blockquote><blockquote>"));
	ck_assert_ptr_nonnull(strstr(refusal(repeated("", "*a ", 200, repeated("", " a*", 200, ""))), "nested"));
}
END_TEST

/* cmark-gfm 0.29.0.gfm.6 confuses a column with a length: a line break inside the brackets loses text. */
START_TEST(brackets_that_are_not_footnotes_stay_text)
{
	ck_assert_str_eq(full("[^a *b*\nlong second line c] d"), "<p>[^a <em>b</em>\nlong second line c] d</p>");
	ck_assert_str_eq(full("[^a\nb]"), "<p>[^a\nb]</p>");
	ck_assert_str_eq(full("[^a`]\n`] b"), "<p>[^a<code>] </code>] b</p>");
	ck_assert_str_eq(full("[^] [^ a] [^a [^b] `[^ c]`"), "<p>[^] [^ a] [^a [^b] <code>[^ c]</code></p>");
	ck_assert_str_eq(full("[^a b](/x)"), "<p><a href=\"/x\">^a b</a></p>");
	ck_assert_str_eq(full("a[^中文]\n\n[^中文]: b"), full("a[^1]\n\n[^1]: b"));
}
END_TEST

/* An inserted blank line must not turn a line of dashes into a table, and a real table must stay one. */
START_TEST(tables_are_recognised_after_other_text)
{
	ck_assert_ptr_nonnull(strstr(full("text\n| a | b |\n|---|---|\n| 1 | 2 |"), "<td>1</td>"));
	ck_assert_ptr_nonnull(strstr(full("> | a | b |\n> |:--|---|\n> | 1 | 2 |"), "<td class=\"left\">1</td>"));
	ck_assert_ptr_nonnull(strstr(full("- | a | b |\n  |---|---|\n  | 1 | 2 |"), "<td>1</td>"));
	ck_assert_ptr_nonnull(strstr(full("a | b\n-|-\n1 | 2"), "<td>2</td>"));
	ck_assert_str_eq(full("|-|-|"), "<p>|-|-|</p>");
	ck_assert_str_eq(full("a\n\n|-|-|"), "<p>a</p><p>|-|-|</p>");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("markdown");
	TCase *cases = tcase_create("rules");

	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, code_is_not_changed);
	tcase_add_test(cases, chinese_emphasis_works_beside_all_punctuation);
	tcase_add_test(cases, references_to_forbidden_characters_are_removed);
	tcase_add_test(cases, open_part_and_summary_contain_nothing_from_behind_the_cut);
	tcase_add_test(cases, ids_are_unique_and_the_same_in_both_parts);
	tcase_add_test(cases, every_id_gets_the_given_prefix);
	tcase_add_test(cases, addresses_are_resolved_by_the_callback);
	tcase_add_test(cases, rendered_xhtml_can_be_read_again);
	tcase_add_test(cases, texts_beyond_a_limit_are_refused_with_a_reason);
	tcase_add_test(cases, brackets_that_are_not_footnotes_stay_text);
	tcase_add_test(cases, tables_are_recognised_after_other_text);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
