/* Fragments: reading, writing, absolute addresses, plain text. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "page/doc/fragment.h"

static struct fragment *
read_frag(const char *stored)
{
	struct fragment *frag = NULL;

	ck_assert_int_eq(fragment_read(arena, stored, &frag), OK);
	return frag;
}

static const char *
plain(const char *stored)
{
	return fragment_plain(arena, read_frag(stored));
}

START_TEST(a_fragment_is_written_as_it_was_read)
{
	static const char *const stored[] = {
		"", "<p>a &amp; b &lt; c &gt; \"d\"</p>", "<p>中文<br/>二</p><hr/>", "<p><a href=\"/x?a=1&amp;b=%20\" title=\"中&quot;\">y</a></p>",
		"<table><tr><td></td></tr></table>", "<pre><code>\n a\n\n  b\t</code></pre>", "text alone",
	};

	for (size_t i = 0; i < sizeof(stored) / sizeof(stored[0]); i++)
		ck_assert_str_eq(fragment_write(arena, read_frag(stored[i])), stored[i]);
	ck_assert_str_eq(fragment_write(arena, fragment_new(arena)), "");
}
END_TEST

/* Stored XHTML that is not well-formed means a damaged database. It is never shown. */
START_TEST(malformed_xhtml_is_refused)
{
	static const char *const broken[] = { "<p>", "</div><p></p><div>x", "a & b", "<p>&nbsp;</p>", "<br>", "<p a=b/>", "\x08",
		"<p>\xC0\xBC</p>", "</div>" };
	struct fragment *frag = NULL;

	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		ck_assert_msg(fragment_read(arena, broken[i], &frag) == BROKEN, "%s", broken[i]);
		ck_assert_ptr_null(frag);
	}
}
END_TEST

/* Browsers read <td/> as a start tag and <br></br> as two breaks. */
START_TEST(empty_elements_are_written_for_browsers)
{
	ck_assert_str_eq(fragment_write(arena, read_frag("<p/><code/><br></br><td/><video src=\"x\"/><img src=\"y\"></img>")),
		"<p></p><code></code><br/><td></td><video src=\"x\"></video><img src=\"y\"/>");
}
END_TEST

START_TEST(local_urls_become_absolute)
{
	struct fragment *frag = read_frag("<a href=\"/x?a=1&amp;b=2\">1</a><a href=\"#y\">2</a><a href=\"//other/z\">3</a><a href=\"https://e.f/\">4</a>"
		"<img src=\"/i.png\" srcset=\"/i.png 1x, /j.png 2x, https://e.f/k.png 3x\" alt=\"/no\"/><video poster=\"/p\"></video>"
		"<p title=\"/no\"><b><a href=\"/deep\">5</a></b></p>");

	fragment_absolute(frag, "https://example.org");
	ck_assert_str_eq(fragment_write(arena, frag), "<a href=\"https://example.org/x?a=1&amp;b=2\">1</a><a href=\"#y\">2</a>"
		"<a href=\"//other/z\">3</a><a href=\"https://e.f/\">4</a>"
		"<img src=\"https://example.org/i.png\" srcset=\"https://example.org/i.png 1x, https://example.org/j.png 2x, https://e.f/k.png 3x\" alt=\"/no\"/>"
		"<video poster=\"https://example.org/p\"></video><p title=\"/no\"><b><a href=\"https://example.org/deep\">5</a></b></p>");
}
END_TEST

START_TEST(a_fragment_is_converted_to_plain_text)
{
	ck_assert_str_eq(plain(""), "");
	ck_assert_str_eq(plain("<h2 id=\"x\">A <em>b</em></h2><p>c\n  d<br/>e</p><ul><li>f</li><li><p>g</p></li></ul>"), "A b\nc d\ne\nf\ng");
	ck_assert_str_eq(plain("<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td></td><td>c</td></tr></tbody></table><p>d</p>"),
		"a b\nc\nd");
	ck_assert_str_eq(plain("<pre><code>x\n  y\n\nz\n</code></pre><p>after</p>"), "x\n  y\n\nz\nafter");
	ck_assert_str_eq(plain("<figure><img src=\"a\" alt=\"no\"/><figcaption>cap</figcaption></figure>"), "cap");
	ck_assert_str_eq(plain("<p>a<sup class=\"footnote-ref\"><a href=\"#fn-1\">1</a></sup>. x<sup>2</sup></p><section class=\"footnotes\"><ol>"
		"<li><p>note <a class=\"footnote-back\" href=\"#fnref-1\">↩</a></p></li></ol></section>"), "a. x2\nnote");
	ck_assert_str_eq(plain("<p>中文</p><p>字</p>"), "中文\n字");
}
END_TEST

START_TEST(empty_fragments_are_recognised)
{
	ck_assert(fragment_is_empty(fragment_new(arena)));
	ck_assert(fragment_is_empty(read_frag("")));
	ck_assert(fragment_is_empty(read_frag(" \n ")));
	ck_assert(!fragment_is_empty(read_frag("<hr/>")));
	ck_assert(!fragment_is_empty(read_frag("x")));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("fragment");
	TCase *tests = tcase_create("fragment");

	tcase_add_checked_fixture(tests, arena_setup, arena_teardown);
	tcase_add_test(tests, a_fragment_is_written_as_it_was_read);
	tcase_add_test(tests, malformed_xhtml_is_refused);
	tcase_add_test(tests, empty_elements_are_written_for_browsers);
	tcase_add_test(tests, local_urls_become_absolute);
	tcase_add_test(tests, a_fragment_is_converted_to_plain_text);
	tcase_add_test(tests, empty_fragments_are_recognised);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
