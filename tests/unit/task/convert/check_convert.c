/* Markdown of other systems, and the parts of it that must stay unchanged. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "task/convert/convert.h"

static struct str reported; /* "kind|" for every warning */

/* Replaces conversion_warnings.c. */
void
conversion_warnings_add(struct conversion_warnings *warnings, const char *kind, const char *path, int line, const char *detail)
{
	(void)warnings;
	(void)path;
	(void)line;
	(void)detail;
	str_printf(&reported, "%s|", kind);
}

/* The warnings are compared only when they are given. */
static void
check(const char *text, const char *expected, const char *warnings)
{
	reported = str_init(arena);
	ck_assert_str_eq(convert_text(arena, text, 1, "x.md", (struct conversion_warnings *)&reported), expected);
	if (warnings != NULL)
		ck_assert_str_eq(reported.bytes, warnings);
}

static void
untouched(const char *text)
{
	check(text, text, "");
}

/* --- comments --------------------------------------------------------------------- */

static void
check_comments(enum convert_comments kinds, const char *text, const char *expected, int expected_open)
{
	int open = 0;

	reported = str_init(arena);
	ck_assert_str_eq(convert_comments(arena, text, 1, "x.md", (struct conversion_warnings *)&reported, kinds, &open), expected);
	ck_assert_int_eq(open, expected_open);
	if (!str_equal(text, expected))
		ck_assert_str_ne(reported.bytes, "");
}

START_TEST(private_comments_are_removed)
{
	check_comments(CONVERT_PERCENT, "a %%secret%% b\n", "a  b\n", 0);
	check_comments(CONVERT_PERCENT, "a\n\n%%\nsecret\n\n```\nmore %\n```\n%%\n\nb\n", "a\n\n\n\n\n\n\n\n\n\nb\n", 0);
	check_comments(CONVERT_PERCENT, "    %%in a list%% b\n", "     b\n", 0);
	check_comments(CONVERT_COMMENTS, "a {% comment %}secret{% endcomment %} b\n", "a  b\n", 0);
	check_comments(CONVERT_COMMENTS, "a {%- comment why -%}secret\n{% x %}{%- endcomment -%} b\n", "a \n b\n", 0);
	check_comments(CONVERT_COMMENTS, "a {% # secret %} b\n", "a  b\n", 0);
	check_comments(CONVERT_COMMENTS, "a {{< comment >}}secret{{< /comment >}} b {{% comment %}}c{{% /comment %}}\n", "a  b \n", 0);
	check_comments(CONVERT_COMMENTS, "a {::comment}\nsecret\n{:/comment} b {::comment}c{:/} {::comment x /}d\n", "a \n\n b  d\n", 0);
	check_comments(CONVERT_COMMENTS, "a {# secret #} b\n", "a  b\n", 0);
	check_comments(CONVERT_LIQUID, "```\n{% comment %}secret{% endcomment %}\n```\n", "```\n\n```\n", 0);
	check_comments(CONVERT_LIQUID, "`{% comment %}secret{% endcomment %}`\n", "``\n", 0);
}
END_TEST

START_TEST(text_that_only_looks_like_a_comment_is_kept)
{
	static const char *const texts[] = { "`%%a%%` b\n", "```\n%%a%%\n```\n", "~~~ mermaid\n%% a\n%% b\n~~~\n", "50 % and 60 %\n",
		"``a ` %%b%% ` c``\n", "> ```\n> %%a%%\n> ```\n", "- ```\n  %%a%%\n  ```\n", "# Words {#id}\n", "a \\%% b\n", "no comment\n",
		"{% comments %}a{% endcomment %}\n" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		check_comments(CONVERT_PERCENT, texts[i], texts[i], 0);
	check_comments(CONVERT_COMMENTS, "a %%b%% c\n", "a %%b%% c\n", 0);
	check_comments(CONVERT_COMMENTS, "```\n{% comment %}a{% endcomment %}\n```\n", "```\n{% comment %}a{% endcomment %}\n```\n", 0);
	check_comments(CONVERT_LIQUID, "{% raw %}{% comment %}a{% endcomment %}{% endraw %}\n",
		"{% raw %}{% comment %}a{% endcomment %}{% endraw %}\n", 0);
}
END_TEST

/* All of the remaining text may have been meant to be private. */
START_TEST(an_unclosed_comment_is_reported)
{
	check_comments(CONVERT_PERCENT, "a\nb %% c\n", "a\nb %% c\n", 2);
	check_comments(CONVERT_PERCENT, "%%a%% b\n\n%% c\n", " b\n\n%% c\n", 3);
	check_comments(CONVERT_COMMENTS, "a\n\n{% comment %} b\n", "a\n\n{% comment %} b\n", 3);
	check_comments(CONVERT_LIQUID, "{% comment %} b\n", "{% comment %} b\n", 1);
	check_comments(CONVERT_COMMENTS, "{# b\n", "{# b\n", 1);
}
END_TEST

START_TEST(simple_html_becomes_markdown)
{
	check("a <b>bold</b> and <i>light</i> <strong> x </strong>y\n", "a **bold** and *light* **x** y\n", "");
	check("<a href=\"b.md\">see</a> <a href='c (d).md'>d</a>\n", "[see](b.md) [d](<c (d).md>)\n", "");
	check("<img src=\"a.png\" alt=\"An [a]\" title='T'/>\n", "![An \\[a\\]](a.png \"T\")\n", "");
	check("<IMG\n  SRC=a.png\n>\n", "![](a.png)\n", "");
	check("Press <kbd>Enter</kbd> or <code>x = 1</code>\n", "Press `Enter` or `x = 1`\n", "");
	check("H<sub>2</sub>O, 10<sup>12</sup>\n", "H₂O, 10¹²\n", "");
	check("one<BR/>two\n", "one<br>two\n", "");
	check("<h1 align=\"center\">The <em>name</em></h1>\n", "# The *name*\n", "");
	check("<h2>\n  Two\n</h2>\n", "## Two\n", "");
	check("<hr>\n", "***\n", "");
	check("<ul>\n  <li>one</li>\n  <li>two</li>\n</ul>\n", "\n- one\n- two\n\n", "");
}
END_TEST

/* Markdown would read the indented content of HTML as code. */
START_TEST(html_blocks_lose_their_styling_and_keep_their_text)
{
	check("<div align=\"center\">\n    <a href=\"x\">\n      <img src=\"y.png\">\n    </a>\n</div>\n",
		"\n[\n![](y.png)\n](x)\n\n", "styling of an HTML element removed: <div>|");
	check("<details><summary>More</summary>\n\nText\n\n</details>\n", "**More** \n\nText\n\n\n", "");
	check("<table><tr><td>a</td><td>b</td></tr></table>\n", "a b \n", "HTML table converted to text, one cell after another|");
	check("<div>a</div><div>b</div>\n", "a b \n", "");
	check("<picture>\n<source srcset=\"b.png\">\n<img src=\"a.png\" alt=\"A\">\n</picture>\n", "\n\n![A](a.png)\n\n", "");
	check("<video src=\"v/a.mp4\" controls></video>\n", "[a.mp4](v/a.mp4)\n", "embedded player replaced with a link|");
	check("<a name=\"top\"></a>\n", "\n", "anchor removed; links to it go to the top of the page|");
}
END_TEST

/* A code listing that shows HTML is the author's text: no byte of it may change. */
START_TEST(code_is_never_changed)
{
	untouched("```html\n<b>x</b> {{< ref \"a\" >}}\n\n::: tip\n```\n");
	untouched("~~~\n<div>\n```\n<b>x</b>\n~~~\n");
	untouched("````\n```\n<b>x</b>\n```\n````\n");
	untouched("- item\n\n  ```\n  <b>x</b>\n  ```\n");
	untouched("> ```\n> <b>x</b>\n> ```\n");
	untouched("    <b>x</b>\n");
	untouched("`<b>x</b>` and ``a ` <i>b</i>``\n");
	untouched("<!-- <b>x</b>\n\n<i>y</i> -->\n");
	untouched("<!--more-->\n");
	untouched("\\<b>x</b>\n");
}
END_TEST

START_TEST(text_that_only_looks_like_html_is_kept)
{
	untouched("<https://example.org> <a@example.org>\n");
	untouched("if a <b and c> d\n");
	untouched("Vec<T>, <nil>, 1 < 2 > 0, <3, <\n");
	untouched("an open <a href=\"x\">link\n");
	untouched("<b>open\n");
	untouched("<script>alert(1)</script>\n");
	untouched("$a<b$ and {x} {{y}}\n");
	untouched("<img alt=\"no address\">\n");
	untouched("<a\n");
	untouched("<img src=\"\n");
}
END_TEST

START_TEST(shortcodes_of_hugo_are_converted)
{
	check("[a]({{< ref \"b.md\" >}}) [c]({{% relref path=\"d.md#e\" %}})\n", "[a](b.md) [c](d.md#e)\n", "");
	check("{{< figure src=\"a b.png\" alt=\"A\" caption=\"C\" >}}\n", "![A](<a b.png> \"C\")\n", "");
	check("{{< youtube abc123 >}}\n", "<https://www.youtube.com/watch?v=abc123>\n", "embedded player replaced with a link|");
	check("{{< highlight go \"linenos=table\" >}}\nx\n\n<b>\n{{< /highlight >}}\nafter\n", "````go\nx\n\n<b>\n````\nafter\n", "");
	check("{{< note >}}\nText\n{{< /note >}}\n", "{{< note >}}\nText\n{{< /note >}}\n", "shortcode left as is: note|");
	untouched("{{</* ref \"a\" */>}}\n");
	untouched("{{< open\n");
}
END_TEST

START_TEST(tags_of_jekyll_are_converted)
{
	check("[a]({% post_url 2020-01-02-b %}) [c]({% link d/e.md %})\n", "[a](/2020-01-02-b.md) [c](/d/e.md)\n", "");
	check("![x]({{ site.baseurl }}/a.png) {{ '/b' | relative_url }}\n", "![x](/a.png) /b\n", "");
	check("{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}\n", "````ruby\nputs 1\n````\n", "");
	check("{% raw %}{{ x }}{% endraw %}\n", "{{ x }}\n", "");
	check("{% include a.html %}\n", "{% include a.html %}\n", "template tag left as is: include|");
	check("# Title {#own}\n\n{: .class}\n\nx\n", "# Title\n\n\n\nx\n",
		"custom heading id removed; links to it go to the top of the page|attribute list removed|");
}
END_TEST

START_TEST(containers_become_quotations)
{
	check("::: tip\nText\n:::\nAfter\n", "> **Tip**\n> \n> Text\n\nAfter\n", "");
	check(":::warning 注意\n```\n<b>\n```\n:::\n", "> **注意**\n> \n> ```\n> <b>\n> ```\n\n", "");
	check("::: code-group\n```js\n1\n```\n:::\n", "\n```js\n1\n```\n\n", "");
	check("!!! note \"A title\"\n    Text\n\n    more\nAfter\n", "> **A title**\n> \n> Text\n> \n> more\n\nAfter\n", "");
	/* A tab reaches to the fourth column, wherever it begins. The rest belongs to the text. */
	check("!!! note\n \t纸\n", "> **Note**\n> \n> 纸\n", "");
	check("!!! note\n\t    code\n", "> **Note**\n> \n>     code\n", "");
	check("> [!NOTE]\n> Text\n", "> **Note**\\\n> Text\n", "");
	check("[[toc]]\n\nText\n", "\n\nText\n", "table of contents removed; long posts get one automatically|");
	untouched(":::\n");
}
END_TEST

/* Every message names a line; most changes keep the numbers of those that follow. */
START_TEST(most_changes_keep_the_number_of_lines)
{
	const char *text = "a <b>b</b>\n\n<div>\n<img src=\"a.png\">\n</div>\n\n{{< highlight go >}}\nx\n{{< /highlight >}}\n\nlast";
	const char *tidied;
	size_t before = 0, after = 0;

	reported = str_init(arena);
	tidied = convert_text(arena, text, 1, "x.md", (struct conversion_warnings *)&reported);
	for (const char *c = text; *c != '\0'; c++)
		before += *c == '\n';
	for (const char *c = tidied; *c != '\0'; c++)
		after += *c == '\n';
	ck_assert_uint_eq(after, before + 1); /* the last line gets an end */
}
END_TEST

/* The same few bytes many times, as an attacker would send them. */
START_TEST(hostile_texts_are_converted_quickly)
{
	static const char *const pieces[] = { "<a href=x>", "<b>", "`", "``` ", "<!--", "{{<", "{% ", "::: a\n", "<h1>", "<div ", "</",
		"<code>", "<img src=\"", "!!! a\n", "> [!NOTE]\n", "{{< figure src=\"a\" >}}" };

	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		struct str text = str_init(arena);
		while (text.length < 200 * 1000)
			str_add(&text, pieces[i]);
		reported = str_init(arena);
		ck_assert_ptr_nonnull(convert_text(arena, text.bytes, 1, "x.md", NULL));
		arena_reset(arena);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("convert");
	TCase *tcase = tcase_create("convert");

	tcase_add_checked_fixture(tcase, arena_setup, arena_teardown);
	tcase_add_test(tcase, simple_html_becomes_markdown);
	tcase_add_test(tcase, private_comments_are_removed);
	tcase_add_test(tcase, text_that_only_looks_like_a_comment_is_kept);
	tcase_add_test(tcase, an_unclosed_comment_is_reported);
	tcase_add_test(tcase, html_blocks_lose_their_styling_and_keep_their_text);
	tcase_add_test(tcase, code_is_never_changed);
	tcase_add_test(tcase, text_that_only_looks_like_html_is_kept);
	tcase_add_test(tcase, shortcodes_of_hugo_are_converted);
	tcase_add_test(tcase, tags_of_jekyll_are_converted);
	tcase_add_test(tcase, containers_become_quotations);
	tcase_add_test(tcase, most_changes_keep_the_number_of_lines);
	tcase_add_test(tcase, hostile_texts_are_converted_quickly);
	suite_add_tcase(suite, tcase);
	return suite_run(suite);
}
