#include "page/markdown/markdown_guard.h"

#include <stdbool.h>
#include <string.h>

#include "core/text.h"

/* The parser does not recognise code spans with more backquotes. */
enum { TICKS_MAX = 80 };

static const char plain_guard[] = "\xEF\xB7\x90"; /* U+FDD0 */

/* The state of one pass over the lines in[start, end). */
struct reader {
	struct guard *guard;
	size_t start, at, end;
	size_t copied;       /* everything before this is written */
	size_t seen, quotes; /* how far lines were examined; number of '>' at the start of the current line */
	bool is_row;         /* the current line is a table row */
	bool no_dollars;     /* a closing mark that is not in the rest is not searched again */
	bool no_round, no_square, no_double_round, no_double_square;
	bool no_ticks[TICKS_MAX + 1];
};

static bool
starts(const struct reader *reader, size_t at, const char *with)
{
	size_t length = strlen(with);

	return reader->end - at >= length && memcmp(reader->guard->in + at, with, length) == 0;
}

static bool
is_space(int32_t c)
{
	return c == 0 || c == ' ' || c == '\t' || c == '\n' || c == 0xA0 || c == 0x1680
		|| (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

static int32_t
character_before(const struct reader *reader, size_t at)
{
	const char *text = reader->guard->in + at;

	if (at == 0 || at == reader->guard->line_content)
		return 0;
	do
		text--;
	while (text > reader->guard->in && ((unsigned char)*text & 0xC0) == 0x80);
	return text_next(&text);
}

static int32_t
character_at(const struct reader *reader, size_t at)
{
	const char *text = reader->guard->in + at;

	return at < reader->end ? text_next(&text) : 0;
}

static void
catch_up(struct reader *reader)
{
	markdown_guard_copy(reader->guard, reader->copied, reader->at);
	reader->copied = reader->at;
}

/*
 * A run of `length` marks. Between two characters of which one is Chinese it gets guards, so that it can open and
 * close.
 */
static void
read_run(struct reader *reader, size_t length)
{
	int32_t before, after = character_at(reader, reader->at + length);

	catch_up(reader);
	before = character_before(reader, reader->at);
	if (!is_space(before) && !is_space(after) && (text_is_cjk(before) || text_is_cjk(after))) {
		markdown_guard_put(reader->guard, plain_guard, 3);
		markdown_guard_put(reader->guard, reader->guard->in + reader->at, length);
		markdown_guard_put(reader->guard, plain_guard, 3);
		reader->copied += length;
	}
	reader->at += length;
}

static size_t
run_length(const struct reader *reader, size_t at)
{
	size_t length = 1;

	while (at + length < reader->end && reader->guard->in[at + length] == reader->guard->in[at])
		length++;
	return length;
}

/* Skips a code span, whose content is not changed. */
static void
skip_code(struct reader *reader)
{
	size_t length = run_length(reader, reader->at), at = reader->at + length, found;

	reader->at = at;
	if (length > TICKS_MAX || reader->no_ticks[length])
		return;
	while (at < reader->end) {
		const char *tick = memchr(reader->guard->in + at, '`', reader->end - at);

		if (tick == NULL)
			break;
		at = (size_t)(tick - reader->guard->in);
		found = run_length(reader, at);
		at += found;
		if (found == length) {
			reader->at = at;
			return;
		}
	}
	reader->no_ticks[length] = true;
}

/* Marks of code, fences and comments, which no formula contains. A false formula must not hide them. */
static bool
is_foreign(const struct reader *reader, size_t at)
{
	return reader->guard->in[at] == '`' || starts(reader, at, "~~~") || starts(reader, at, "<!--")
		|| starts(reader, at, "-->");
}

/*
 * The offset of `close` at or after `at`, or 0. An escaped mark is ignored. The formula may contain neither
 * `again`, which would open another formula, nor anything that is_foreign() recognises.
 */
static size_t
find_close(const struct reader *reader, size_t at, const char *close, const char *again, bool *ret_none)
{
	for (; at < reader->end; at++) {
		if (starts(reader, at, close))
			return at;
		if ((again != NULL && starts(reader, at, again)) || is_foreign(reader, at))
			return 0;
		if (reader->guard->in[at] == '\\')
			at++;
	}
	*ret_none = true;
	return 0;
}

/* Reads the prefix of the line that contains `at`. Offsets only grow, so each line is read once. */
static void
look_at_line(struct reader *reader, size_t at)
{
	const char *in = reader->guard->in, *newline = memrchr(in + reader->seen, '\n', at - reader->seen);
	size_t line = newline == NULL ? reader->seen : (size_t)(newline - in) + 1;

	reader->seen = at;
	if (newline == NULL && line != reader->start)
		return;
	reader->quotes = 0;
	for (; line < at && (in[line] == '>' || in[line] == ' '); line++)
		reader->quotes += in[line] == '>';
	reader->is_row = in[line] == '|';
}

/*
 * Writes in[from, to) with its punctuation replaced. The '>' and spaces at the start of each
 * line stay unchanged.
 */
static void
hide(struct reader *reader, size_t from, size_t to)
{
	const char *in = reader->guard->in;

	look_at_line(reader, from);
	for (size_t at = from; at < to; at++) {
		size_t spaces = at;

		while (spaces < to && (in[spaces] == ' ' || in[spaces] == '\t'))
			spaces++;
		/* Two spaces at the end of a line would become a line break. */
		if (spaces < to && in[spaces] == '\n')
			at = spaces;
		markdown_guard_put_hidden(reader->guard, in[at]);
		if (in[at] != '\n')
			continue;
		for (size_t left = reader->quotes; at + 1 < to && (in[at + 1] == ' ' || (in[at + 1] == '>' && left > 0)); at++) {
			left -= in[at + 1] == '>';
			markdown_guard_put(reader->guard, in + at + 1, 1);
		}
	}
	reader->at = reader->copied = to;
}

/* True when in[from, to) crosses the border of a table cell. A formula cannot do this. */
static bool
ends_cell(struct reader *reader, size_t from, size_t to)
{
	const char *in = reader->guard->in;

	look_at_line(reader, from);
	if (!reader->is_row)
		return false;
	for (size_t at = from; at < to; at++) {
		if (in[at] == '|')
			return true;
		if (in[at] == '\\')
			at++;
	}
	return false;
}

/* $$…$$ with any content except nothing. */
static bool
read_display(struct reader *reader)
{
	size_t start = reader->at, close;

	if (reader->no_dollars)
		return false;
	close = find_close(reader, start + 2, "$$", NULL, &reader->no_dollars);
	if (close <= start + 2 || ends_cell(reader, start, close))
		return false;
	catch_up(reader);
	hide(reader, start, close + 2);
	return true;
}

/* $…$ by pandoc's rules: no space inside at either end and no digit after it, so that $5 and $6 are prices. */
static bool
read_inline(struct reader *reader)
{
	bool none = false;
	size_t start = reader->at, close = find_close(reader, start + 1, "$", NULL, &none);
	int32_t after;

	if (close <= start + 1 || is_space(character_at(reader, start + 1))
		|| is_space((unsigned char)reader->guard->in[close - 1]))
		return false;
	after = character_at(reader, close + 1);
	if ((after >= '0' && after <= '9') || ends_cell(reader, start, close))
		return false;
	catch_up(reader);
	hide(reader, start, close + 1);
	return true;
}

static void
read_dollar(struct reader *reader)
{
	size_t length = run_length(reader, reader->at);

	if ((length == 2 && read_display(reader)) || (length == 1 && read_inline(reader)))
		return;
	reader->at += length;
}

/* \[1\] and \[my\_file\] are escaped brackets, but \[x^2\] is a formula. */
static bool
looks_like_tex(const struct reader *reader, size_t from, size_t to)
{
	const char *in = reader->guard->in;

	for (size_t at = from; at < to; at++) {
		if (in[at] == '\\' && at + 1 < to) {
			at++;
			if ((in[at] >= 'a' && in[at] <= 'z') || (in[at] >= 'A' && in[at] <= 'Z'))
				return true;
		} else if (strchr("^_{}=<>+", in[at]) != NULL) {
			return true;
		}
	}
	return to - from <= 2 && in[from] >= 'A';
}

static bool
read_bracket(struct reader *reader, const char *open, const char *close, const char *again, bool *none)
{
	size_t length = strlen(open), start = reader->at, found;

	if (*none || !starts(reader, start, open))
		return false;
	found = find_close(reader, start + length, close, again, none);
	if (found <= start + length || (length == 2 && !looks_like_tex(reader, start + length, found)))
		return false;
	catch_up(reader);
	if (length == 3) {
		/* The two backslashes are left to the parser, which turns them into one, or keeps both in code. */
		markdown_guard_put(reader->guard, "\\\\", 2);
		hide(reader, start + 2, found);
		markdown_guard_put(reader->guard, "\\\\", 2);
		hide(reader, found + 2, found + 3);
	} else {
		hide(reader, start, found + 2);
	}
	return true;
}

static void
read_backslash(struct reader *reader)
{
	if (read_bracket(reader, "\\\\(", "\\\\)", "\\\\(", &reader->no_double_round)
		|| read_bracket(reader, "\\\\[", "\\\\]", "\\\\[", &reader->no_double_square)
		|| read_bracket(reader, "\\(", "\\)", "\\(", &reader->no_round)
		|| read_bracket(reader, "\\[", "\\]", "\\[", &reader->no_square))
		return;
	reader->at += reader->end - reader->at < 2 ? 1 : 2;
}

/*
 * Guards a "[^" that starts no footnote reference. The parser would take the following text for one, count its
 * length in columns, and lose text on another line.
 */
static void
read_note(struct reader *reader)
{
	size_t label = reader->at + 2, length = 0;

	while (label + length < reader->end && strchr("[] \t\n`<\\", reader->guard->in[label + length]) == NULL)
		length++;
	reader->at++;
	if (length > 0 && starts(reader, label + length, "]"))
		return;
	catch_up(reader);
	markdown_guard_put(reader->guard, plain_guard, 3);
}

void
markdown_guard_inlines(struct guard *guard, size_t start, size_t end)
{
	struct reader reader = { .guard = guard, .start = start, .at = start, .end = end, .copied = start, .seen = start };
	size_t length;

	while (reader.at < end) {
		char c = guard->in[reader.at];

		if (c == '\\') {
			read_backslash(&reader);
		} else if (c == '`') {
			skip_code(&reader);
		} else if (c == '$') {
			read_dollar(&reader);
		} else if (c == '[' && starts(&reader, reader.at, "[^")) {
			read_note(&reader);
		} else if (c == '*' || c == '~') {
			length = run_length(&reader, reader.at);
			if (c == '~' && length < 2)
				reader.at++;
			else
				read_run(&reader, length);
		} else {
			reader.at++;
		}
	}
	catch_up(&reader);
}
