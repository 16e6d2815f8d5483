/*
 * Markdown to XHTML. tests/golden/page/markdown holds pairs: a text, and the XHTML that readers get. A text whose name
 * begins with "comment" is rendered as a comment. GOLDEN_WRITE=1 writes the XHTML files again; look at the difference
 * before you commit it.
 */
#include "support/arena_case.h"
#include "support/suite.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "page/markdown/markdown.h"

enum { GOLDEN_MAX = 100 };

static char *golden[GOLDEN_MAX];
static size_t golden_count;

static const char *
folder(void)
{
	const char *source = getenv("srcdir");

	return arena_printf(arena, "%s/tests/golden/page/markdown", source == NULL ? "." : source);
}

static char *
read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct str text = str_init(arena);
	char bytes[4096];
	size_t length;

	if (file == NULL)
		return NULL;
	while ((length = fread(bytes, 1, sizeof(bytes), file)) > 0)
		str_add_bytes(&text, bytes, length);
	fclose(file);
	return text.bytes;
}

/* Adds a newline after the end of each block, for people who read the file. */
static void
add_readable(struct str *out, const char *xhtml)
{
	static const char *const ends[] = { "</p>", "</h2>", "</h3>", "</h4>", "</h5>", "</h6>", "</li>", "</ul>",
		"</ol>", "</pre>", "</blockquote>", "</figure>", "</tr>", "</thead>", "</tbody>", "</table>", "</div>",
		"</section>", "<hr/>", "<ul>", "<ol>", "<blockquote>", "<table>", "<thead>", "<tbody>" };

	while (*xhtml != '\0') {
		size_t length = 0;

		for (size_t i = 0; *xhtml == '<' && i < sizeof(ends) / sizeof(ends[0]); i++)
			if (str_starts(xhtml, ends[i]))
				length = strlen(ends[i]);
		str_add_bytes(out, xhtml, length == 0 ? 1 : length);
		if (length > 0)
			str_add_char(out, '\n');
		xhtml += length == 0 ? 1 : length;
	}
}

static void
add_warning(void *context, int line, const char *what)
{
	str_printf(context, "%d: %s\n", line, what);
}

static char *
render_readable(const char *source, enum markdown_flavour flavour)
{
	struct str out = str_init(arena), warnings = str_init(arena);
	const struct markdown_callbacks callbacks = { NULL, add_warning, &warnings };
	struct markdown *markdown;
	const char *problem;

	ck_assert_int_eq(markdown_render(arena, source, flavour, "", &callbacks, &markdown, &problem), OK);
	add_readable(&out, fragment_write(arena, markdown->full));
	if (markdown->has_more || markdown->has_paid) {
		str_printf(&out, "\n==== open:%s%s, %zu of %zu headings\n", markdown->has_more ? " more" : "",
			markdown->has_paid ? " paid" : "", markdown->open_heading_count, markdown->heading_count);
		add_readable(&out, fragment_write(arena, markdown->open));
	} else {
		ck_assert(fragment_is_empty(markdown->open));
	}
	str_add(&out, "\n==== summary\n");
	add_readable(&out, fragment_write(arena, markdown->summary));
	if (markdown->heading_count > 0)
		str_add(&out, "\n==== headings\n");
	for (size_t i = 0; i < markdown->heading_count; i++)
		str_printf(&out, "%d #%s %s\n", markdown->headings[i].level, markdown->headings[i].id, markdown->headings[i].text);
	if (warnings.length > 0)
		str_printf(&out, "\n==== lost\n%s", warnings.bytes);
	return out.bytes;
}

START_TEST(a_text_renders_as_its_golden_file)
{
	const char *source = read_file(arena_printf(arena, "%s/%s.md", folder(), golden[_i]));
	const char *path = arena_printf(arena, "%s/%s.xhtml", folder(), golden[_i]);
	bool comment = str_starts(golden[_i], "comment");
	const char *result, *wanted;
	FILE *file;

	ck_assert_ptr_nonnull(source);
	result = render_readable(text_clean(arena, source, strlen(source), TEXT_BLOCK), comment ? MARKDOWN_COMMENT : MARKDOWN_ARTICLE);
	if (getenv("GOLDEN_WRITE") != NULL) {
		file = fopen(path, "wb");
		ck_assert_ptr_nonnull(file);
		fputs(result, file);
		fclose(file);
	}
	wanted = read_file(path);
	ck_assert_msg(wanted != NULL && strcmp(result, wanted) == 0, "%s.md gives:\n%s", golden[_i], result);
}
END_TEST

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names of all *.md, sorted. */
static void
list_golden(void)
{
	DIR *directory;
	const struct dirent *entry;

	arena_setup();
	directory = opendir(folder());
	while (directory != NULL && (entry = readdir(directory)) != NULL && golden_count < GOLDEN_MAX)
		if (str_ends(entry->d_name, ".md"))
			golden[golden_count++] = strndup(entry->d_name, strlen(entry->d_name) - 3);
	if (directory != NULL)
		closedir(directory);
	qsort(golden, golden_count, sizeof(golden[0]), by_name);
	arena_teardown();
}

int
main(void)
{
	Suite *suite = suite_create("markdown_golden");
	TCase *pairs = tcase_create("golden");
	int result;

	list_golden();
	if (golden_count == 0) {
		fprintf(stderr, "no tests/golden/page/markdown/*.md below $srcdir\n");
		return EXIT_FAILURE;
	}
	tcase_add_checked_fixture(pairs, arena_setup, arena_teardown);
	tcase_add_loop_test(pairs, a_text_renders_as_its_golden_file, 0, (int)golden_count);
	suite_add_tcase(suite, pairs);
	result = suite_run(suite);
	for (size_t i = 0; i < golden_count; i++)
		free(golden[i]);
	return result;
}
