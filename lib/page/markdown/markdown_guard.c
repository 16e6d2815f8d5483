#include "page/markdown/markdown_guard.h"

#include <stdbool.h>
#include <string.h>

#include "core/text.h"
#include "page/lang/lang.h"

enum {
	COLUMNS_MAX = 64,            /* of a table */
	HEAD_BYTES_MAX = 8 * 1024,   /* of a paragraph whose last line may be a table's head */
	NESTING_LINES_MAX = 12000000, /* number of lines times the deepest nesting */
};

/* All ASCII punctuation except '$', which needs no replacement: 31 marks for 31 noncharacters. */
static const char marks[] = "!\"#%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/* U+FDD0 is EF B7 90; the others follow it. */
enum { FIRST_BYTE = 0xEF, SECOND_BYTE = 0xB7, PLAIN_GUARD = 0x90, LAST_GUARD = 0xAF };

void
markdown_guard_put(struct guard *guard, const char *bytes, size_t length)
{
	memcpy(guard->out + guard->used, bytes, length);
	guard->used += length;
}

void
markdown_guard_put_hidden(struct guard *guard, char c)
{
	const char *mark = c == '\0' ? NULL : strchr(marks, c);
	const char hidden[] = { (char)FIRST_BYTE, (char)SECOND_BYTE,
		(char)(mark == NULL ? 0 : PLAIN_GUARD + 1 + (mark - marks)) };

	if (mark == NULL)
		markdown_guard_put(guard, &c, 1);
	else
		markdown_guard_put(guard, hidden, sizeof(hidden));
}

/* The last byte of the guard at these bytes, or 0 when there is none. */
static unsigned char
guard_at(const char *text)
{
	const unsigned char *bytes = (const unsigned char *)text;

	if (bytes[0] != FIRST_BYTE || bytes[1] != SECOND_BYTE || bytes[2] < PLAIN_GUARD || bytes[2] > LAST_GUARD)
		return 0;
	return bytes[2];
}

/* True when the text may contain a character that only a character reference can produce. */
static bool
is_suspicious(const char *text)
{
	const unsigned char *b = (const unsigned char *)text;

	for (; *b != '\0'; b++) {
		if ((*b < 0x20 && *b != '\n' && *b != '\t') || *b == 0x7F)
			return true;
		if (*b < 0xC2)
			continue;
		if ((*b == 0xC2 && b[1] < 0xA0) || (*b == 0xE2 && b[1] == 0x80 && (b[2] == 0xA8 || b[2] == 0xA9))
			|| (*b == 0xEF && (b[1] == 0xBF || b[1] == 0xB7)) || *b >= 0xF0
			|| *b == 0xCC || *b == 0xCD)
			return true;
	}
	return false;
}

void
markdown_guard_restore(struct str *out, const char *guarded)
{
	size_t start = out->length;

	for (;;) {
		size_t plain = strcspn(guarded, "\xEF");
		unsigned char guard;

		str_add_bytes(out, guarded, plain);
		guarded += plain;
		if (*guarded == '\0')
			break;
		guard = guard_at(guarded);
		if (guard > PLAIN_GUARD)
			str_add_char(out, marks[guard - PLAIN_GUARD - 1]);
		if (guard != 0) {
			guarded += 3;
		} else {
			str_add_char(out, *guarded);
			guarded++;
		}
	}
	if (is_suspicious(out->bytes + start)) {
		const char *clean = text_clean(out->arena, out->bytes + start, out->length - start, TEXT_RENDERED);

		out->length = start;
		str_add(out, clean);
	}
}

int32_t
markdown_guard_first(const char *guarded)
{
	unsigned char guard;

	while ((guard = guard_at(guarded)) == PLAIN_GUARD)
		guarded += 3;
	return guard != 0 ? marks[guard - PLAIN_GUARD - 1] : text_next(&guarded);
}

/* A line and the prefix before its content. */
struct line {
	size_t start, end;  /* end: at the newline or the end of the text */
	size_t plain;       /* after spaces, tabs and '>' */
	size_t content;     /* after list markers too */
	size_t quotes, markers, indent; /* indent in columns of 1, a tab as 4 */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/*
 * The length of a list marker, which must be followed by a space, tab or the line's end. 0
 * when there is none.
 */
static size_t
list_marker(const struct guard *guard, size_t at, size_t end)
{
	size_t digits = 0;
	char c = at < end ? guard->in[at] : '\0';

	if (c != '-' && c != '+' && c != '*') {
		while (digits < 10 && at + digits < end && guard->in[at + digits] >= '0' && guard->in[at + digits] <= '9')
			digits++;
		c = at + digits < end ? guard->in[at + digits] : '\0';
		if (digits == 0 || digits == 10 || (c != '.' && c != ')'))
			return 0;
	}
	at += digits + 1;
	return at == end || is_blank(guard->in[at]) ? digits + 1 : 0;
}

static struct line
line_at(const struct guard *guard, size_t start)
{
	const char *newline = memchr(guard->in + start, '\n', guard->length - start);
	struct line line = { .start = start, .end = newline == NULL ? guard->length : (size_t)(newline - guard->in) };
	size_t at = start, length;

	for (;;) {
		for (; at < line.end && (is_blank(guard->in[at]) || guard->in[at] == '>'); at++) {
			line.quotes += guard->in[at] == '>';
			line.indent += guard->in[at] == ' ' ? 1 : guard->in[at] == '\t' ? 4 : 0;
		}
		if (line.markers == 0)
			line.plain = at;
		line.content = at;
		length = list_marker(guard, at, line.end);
		if (length == 0)
			return line;
		line.markers++;
		at += length;
	}
}

/* True for a line of only dashes, colons, pipes and spaces, such as the delimiter row of a table. */
static bool
is_delimiter_row(const struct guard *guard, const struct line *line)
{
	bool dash = false, other = false;

	for (size_t at = line->plain; at < line->end; at++) {
		char c = guard->in[at];

		dash = dash || c == '-';
		other = other || c == '|' || c == ':';
		if (c != '-' && c != '|' && c != ':' && !is_blank(c))
			return false;
	}
	return dash && other;
}

static size_t
columns(const struct guard *guard, const struct line *line)
{
	size_t at = line->plain, end = line->end, count = 1;

	while (end > at && is_blank(guard->in[end - 1]))
		end--;
	if (at < end && guard->in[at] == '|')
		at++;
	for (; at < end; at++) {
		if (guard->in[at] == '\\')
			at++;
		else if (guard->in[at] == '|')
			count += at + 1 < end;
	}
	return count;
}

/* True when the previous line has the same number of columns, so that both lines start a table. */
static bool
is_table_start(const struct guard *guard, const struct line *line)
{
	struct line head;
	size_t start = line->start;

	if (start == 0 || start <= guard->paragraph || start - guard->paragraph > HEAD_BYTES_MAX)
		return false;
	start--;
	while (start > 0 && guard->in[start - 1] != '\n')
		start--;
	head = line_at(guard, start);
	head.plain = head.content; /* a table may be the first block of a list item */
	return head.plain < head.end && columns(guard, &head) == columns(guard, line);
}

/* Copies the prefix of a line and guards a delimiter row that starts no table. */
static size_t
start_line(struct guard *guard, size_t at)
{
	static const char plain[] = { (char)FIRST_BYTE, (char)SECOND_BYTE, (char)PLAIN_GUARD };
	struct line line = line_at(guard, at);

	guard->line_content = line.plain;
	markdown_guard_put(guard, guard->in + at, line.plain - at);
	if (is_delimiter_row(guard, &line)
		&& (columns(guard, &line) > COLUMNS_MAX || !is_table_start(guard, &line)))
		markdown_guard_put(guard, plain, sizeof(plain));
	return line.plain;
}

void
markdown_guard_copy(struct guard *guard, size_t from, size_t to)
{
	while (from < to) {
		const char *newline;
		size_t end;

		if (from == 0 || guard->in[from - 1] == '\n')
			from = start_line(guard, from);
		if (from >= to)
			return;
		newline = memchr(guard->in + from, '\n', to - from);
		end = newline == NULL ? to : (size_t)(newline - guard->in) + 1;
		markdown_guard_put(guard, guard->in + from, end - from);
		from = end;
	}
}

/* An open code fence. */
struct fence {
	char mark;      /* '\0': none */
	size_t length, quotes;
	bool in_list;
};

static size_t
fence_length(const struct guard *guard, const struct line *line)
{
	size_t at = line->content;
	char mark = at < line->end ? guard->in[at] : '\0';

	if (mark != '`' && mark != '~')
		return 0;
	while (at < line->end && guard->in[at] == mark)
		at++;
	if (at - line->content < 3)
		return 0;
	/* ```code``` on one line is a code span. */
	if (mark == '`' && memchr(guard->in + at, '`', line->end - at) != NULL)
		return 0;
	return at - line->content;
}

/* Tracks fences well enough for real texts. A mistake here only switches off the guards for TeX and emphasis. */
static void
follow_fence(const struct guard *guard, const struct line *line, struct fence *fence)
{
	size_t length = fence_length(guard, line), at;
	bool blank = line->content == line->end;

	if (fence->mark != '\0') {
		bool left = line->quotes < fence->quotes || (fence->in_list && !blank && line->indent < 2);

		if (left)
			fence->mark = '\0';
	}
	if (fence->mark == '\0') {
		if (length > 0)
			*fence = (struct fence){ guard->in[line->content], length, line->quotes,
				line->markers > 0 || line->indent >= 4 };
		return;
	}
	if (length < fence->length || guard->in[line->content] != fence->mark)
		return;
	for (at = line->content + length; at < line->end && is_blank(guard->in[at]); at++)
		;
	if (at == line->end)
		fence->mark = '\0';
}

static bool
is_too_wide(const struct guard *guard, const struct line *line)
{
	return is_delimiter_row(guard, line) && columns(guard, line) > COLUMNS_MAX && is_table_start(guard, line);
}

enum status
markdown_guard_text(struct arena *arena, const char *source, size_t length, struct guarded *ret_guarded,
	const char **ret_problem)
{
	struct guard guard = { .in = source, .length = length, .out = arena_alloc(arena, length * 4 + 64) };
	struct fence fence = { 0 };
	size_t lines = 0, deepest = 1, run = 0; /* run: start of the lines that are not written yet */

	for (size_t at = 0; at < length;) {
		struct line line = line_at(&guard, at);
		size_t next = line.end < length ? line.end + 1 : length;
		size_t depth = line.quotes + line.markers;
		bool was_code = fence.mark != '\0', blank = line.content == line.end;

		lines++;
		if (depth > 0 && depth + line.indent / 2 > deepest)
			deepest = depth + line.indent / 2;
		follow_fence(&guard, &line, &fence);
		if (blank || was_code || fence.mark != '\0') {
			markdown_guard_inlines(&guard, run, at);
			markdown_guard_copy(&guard, at, next);
			run = next;
			if (blank || was_code != (fence.mark != '\0'))
				guard.paragraph = next;
		} else if (is_too_wide(&guard, &line)) {
			*ret_problem = N_("A table has more than 64 columns. Please use fewer.");
			return TOO_LARGE;
		}
		at = next;
	}
	markdown_guard_inlines(&guard, run, length);
	if (lines > NESTING_LINES_MAX / deepest) {
		*ret_problem = N_("Lists or quotes are nested too deeply for a text of this length. Please use fewer levels.");
		return TOO_LARGE;
	}
	ret_guarded->text = guard.out;
	ret_guarded->length = guard.used;
	return OK;
}
