#include "store/index/search_tokenizer.h"

#include <stdbool.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"

enum { SEPARATOR = 0x200B, MARK_START = 0x01, MARK_END = 0x02 };

static const char separator[] = "\xe2\x80\x8b";

/* --- characters --------------------------------------------------------------- */

static void
put(struct str *out, int32_t code_point)
{
	char coded[4];

	str_add_bytes(out, coded, text_put(code_point, coded));
}

/* Full-width letters and digits are the ASCII ones in wide form; people search for either. */
static int32_t
narrow(int32_t code_point)
{
	bool wide = (code_point >= 0xFF10 && code_point <= 0xFF19) || (code_point >= 0xFF21 && code_point <= 0xFF3A)
		|| (code_point >= 0xFF41 && code_point <= 0xFF5A);

	return wide ? code_point - 0xFEE0 : code_point;
}

/* Variation selectors choose a glyph for the ideograph before them; they are not another character. */
static bool
is_selector(int32_t code_point)
{
	return (code_point >= 0xFE00 && code_point <= 0xFE0F) || (code_point >= 0xE0100 && code_point <= 0xE01EF);
}

/*
 * Reads the next character as it is indexed. Skips separators, and after an ideograph also variation selectors.
 * in_run: the character before was an ideograph.
 */
static int32_t
take(const char **text, bool in_run)
{
	const char *rest = *text;
	int32_t first = text_next(&rest), c = first;

	while (c == SEPARATOR || (in_run && is_selector(c))) {
		*text = rest;
		c = text_next(&rest);
	}
	/* A separator between other letters is kept, since some scripts separate words with it. */
	if (c != first && first == SEPARATOR && !in_run && !text_is_ideograph(c))
		return SEPARATOR;
	if (c != 0)
		*text = rest;
	return narrow(c);
}

/* Whether FTS5 could continue a token from this character into an ideograph that follows. */
static bool
may_join(int32_t code_point)
{
	if (code_point < 0x80)
		return (code_point >= '0' && code_point <= '9') || (code_point >= 'A' && code_point <= 'Z')
			|| (code_point >= 'a' && code_point <= 'z');
	return !text_is_cjk(code_point) && code_point != SEPARATOR;
}

/* --- into the index ------------------------------------------------------------- */

/*
 * Appends the segmented text. In a query, a run at the end does not add its last character on its own, because
 * the text searched may continue there. *ret_single: that run is a single character, which needs a prefix
 * search.
 */
static void
segment(struct str *out, const char *text, bool is_query, bool *ret_single)
{
	int32_t before = 0, c, next;
	bool in_run = false;

	for (c = take(&text, false); c != 0; c = next) {
		bool ideograph = text_is_ideograph(c);

		next = take(&text, ideograph);
		if (in_run && next == 0 && ideograph && is_query)
			return;
		if ((in_run && (ideograph || may_join(c))) || (ideograph && may_join(before)))
			str_add(out, separator);
		put(out, c);
		if (ideograph && text_is_ideograph(next))
			put(out, next);
		*ret_single = ideograph && next == 0;
		in_run = ideograph;
		before = c;
	}
}

char *
search_token_text(struct arena *arena, const char *text)
{
	struct str out = str_init(arena);

	segment(&out, text, false, &(bool){ false });
	return out.bytes;
}

/* --- for a query ---------------------------------------------------------------- */

/*
 * The text up to its last letter if that is an ideograph, so that nothing after it joins the run that ends the
 * query. "" when it has no letter or digit. A word of another script is kept whole, since FTS5 treats more
 * characters as letters than we do.
 */
static char *
up_to_last_run(struct arena *arena, const char *text)
{
	const char *rest = text, *end = text;
	bool ideograph = false;

	for (int32_t c; (c = text_next(&rest)) != 0;) {
		char coded[5] = { 0 };
		(void)text_put(c, coded);
		if (!text_is_ideograph(c) && *text_slug(arena, coded) == '\0')
			continue;
		ideograph = text_is_ideograph(c);
		end = rest;
	}
	return ideograph || end == text ? arena_bytes(arena, text, (size_t)(end - text)) : arena_dup(arena, text);
}

char *
search_token_query(struct arena *arena, const char *words)
{
	char *plain = up_to_last_run(arena, words);
	struct str out = str_init(arena);
	bool single = false;

	if (*plain == '\0')
		return NULL;
	for (char *c = plain; *c != '\0'; c++)
		if (*c == '"')
			*c = ' ';
	str_add_char(&out, '"');
	segment(&out, plain, true, &single);
	str_add(&out, single ? "\" *" : "\"");
	return out.bytes;
}

/* --- restoring text ------------------------------------------------------------- */

/* Writes characters, with marks around those that are marked. */
struct writer {
	struct str out;
	bool open;
};

static void
write_character(struct writer *writer, int32_t code_point, bool marked)
{
	if (marked != writer->open)
		str_add_char(&writer->out, marked ? MARK_START : MARK_END);
	writer->open = marked;
	put(&writer->out, code_point);
}

char *
search_token_restore(struct arena *arena, const char *snippet)
{
	struct writer writer = { .out = str_init(arena) };
	int32_t second = 0, c;           /* the second half of a pair; the next piece repeats it */
	bool marked = false, second_marked = false;
	bool inside = false;             /* the previous character is an ideograph of the same piece */

	while ((c = text_next(&snippet)) != 0) {
		if (c == MARK_START || c == MARK_END) {
			marked = c == MARK_START;
		} else if (c == SEPARATOR) {
			inside = false;
		} else if (text_is_ideograph(c) && inside) {
			second = c;
			second_marked = marked;
			inside = false;
		} else {
			bool carried = second != 0 && c == second && second_marked;
			/* Where a snippet was cut, no next piece repeats it. */
			if (second != 0 && c != second)
				write_character(&writer, second, second_marked);
			second = 0;
			write_character(&writer, c, marked || carried);
			inside = text_is_ideograph(c);
		}
	}
	if (second != 0)
		write_character(&writer, second, second_marked);
	if (writer.open)
		str_add_char(&writer.out, MARK_END);
	return writer.out.bytes;
}
