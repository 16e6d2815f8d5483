/* Finds the title of a text: its first heading. */
#include "task/import/import_internal.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "page/markdown/markdown.h"

/* A heading in a text. */
struct found {
	const char *start, *end; /* its lines, including an underline */
	const char *text;        /* its source, as a line of Markdown that starts with '#' */
	int level;
	int line;                /* from 0 */
	bool first;              /* only blank lines precede it */
};

static const char *
line_end(const char *line)
{
	return line + strcspn(line, "\n");
}

static const char *
next_line(const char *line)
{
	line = line_end(line);
	return *line == '\n' ? line + 1 : line;
}

static bool
is_blank(const char *line)
{
	return line[strspn(line, " \t")] == '\n' || line[strspn(line, " \t")] == '\0';
}

/* The level of a heading "## x", or 0. */
static int
hash_level(const char *line)
{
	size_t indent = strspn(line, " "), hashes = strspn(line + indent, "#");

	if (indent > 3 || hashes == 0 || hashes > 6)
		return 0;
	line += indent + hashes;
	return *line == ' ' || *line == '\t' ? (int)hashes : 0;
}

/* The heading level if the line underlines the previous one, or 0. */
static int
underline_level(const char *line)
{
	size_t indent = strspn(line, " ");
	char c = line[indent];
	size_t length = c == '=' || c == '-' ? strspn(line + indent, c == '=' ? "=" : "-") : 0;

	if (indent > 3 || length < 2)
		return 0;
	return is_blank(line + indent + length) ? (c == '=' ? 1 : 2) : 0;
}

/* True for a line that opens or closes a fence. *fence is the character of an open fence, else 0. */
static bool
crosses_fence(const char *line, char *fence, size_t *width)
{
	size_t indent = strspn(line, " "), length;
	char c = line[indent];

	if (indent > 3 || (c != '`' && c != '~'))
		return false;
	length = strspn(line + indent, c == '`' ? "`" : "~");
	if (length < 3)
		return false;
	if (*fence == '\0') {
		*fence = c;
		*width = length;
		return true;
	}
	if (c != *fence || length < *width || !is_blank(line + indent + length))
		return false;
	*fence = '\0';
	return true;
}

/* Finds the first heading of level 1, or else the first heading. */
static bool
find_heading(struct arena *arena, const char *body, struct found *ret_found)
{
	bool have = false, only_blank = true, before_first = false;
	const char *before = NULL;
	char fence = '\0';
	size_t width = 0;
	int number = 0;

	for (const char *line = body; *line != '\0'; line = next_line(line), number++) {
		struct found found = { .start = line, .end = next_line(line), .line = number, .first = only_blank };
		if (crosses_fence(line, &fence, &width) || fence != '\0' || is_blank(line)) {
			before = NULL;
			only_blank = only_blank && is_blank(line);
			continue;
		}
		found.level = hash_level(line);
		if (found.level > 0) {
			found.text = arena_bytes(arena, line, (size_t)(line_end(line) - line));
		} else if (before != NULL && underline_level(line) > 0) {
			found.level = underline_level(line);
			found.start = before;
			found.text = arena_printf(arena, "# %.*s", (int)(line_end(before) - before), before);
			found.line = number - 1;
			found.first = before_first;
		}
		/* A paragraph of one line may be underlined; a list, quotation or table may not. */
		before_first = found.first;
		before = before == NULL && found.level == 0 && strchr(">|-+*=\t", *line) == NULL ? line : NULL;
		only_blank = false;
		if (found.level > 0 && (!have || found.level == 1)) {
			*ret_found = found;
			have = true;
			if (found.level == 1)
				return true;
		}
	}
	return have;
}

/* The text of a heading without markup, as the renderer produces it. */
static const char *
plain_heading(struct arena *arena, const char *line)
{
	struct markdown *markdown;
	const char *problem, *text = line + strspn(line, " ");

	/* markdown->headings contains levels 2 to 4, and a single '#' becomes level 2. */
	text += strspn(text, "#");
	if (markdown_render(arena, arena_printf(arena, "# %s\n", text), MARKDOWN_ARTICLE, "", NULL, &markdown,
		&problem) != OK || markdown->heading_count == 0)
		return "";
	return text_clean(arena, markdown->headings[0].text, strlen(markdown->headings[0].text), TEXT_LINE);
}

static bool
same_words(struct arena *arena, const char *a, const char *b)
{
	return str_equal(text_fold(arena, text_collapse(arena, a)), text_fold(arena, text_collapse(arena, b)));
}

const char *
import_take_title(struct arena *arena, const char *body, const char *title, const char **ret_body, int *ret_lines)
{
	struct found found;
	const char *words;

	*ret_body = body;
	*ret_lines = 0;
	if (!find_heading(arena, body, &found))
		return NULL;
	/* A subheading in the middle of a text is not its title. */
	if (!found.first && (title != NULL || found.level > 1))
		return NULL;
	words = text_collapse(arena, plain_heading(arena, found.text));
	if (*words == '\0' || (title != NULL && !same_words(arena, words, title)))
		return NULL;
	if (found.first) {
		*ret_body = found.end;
		for (const char *c = body; c < found.end; c++)
			*ret_lines += *c == '\n';
	} else {
		struct str rest = str_init(arena);
		str_add_bytes(&rest, body, (size_t)(found.start - body));
		/* Blank lines replace the heading, so that the line numbers after it stay correct. */
		for (const char *c = found.start; c < found.end; c++)
			if (*c == '\n')
				str_add_char(&rest, '\n');
		str_add(&rest, found.end);
		*ret_body = rest.bytes;
	}
	return words;
}
