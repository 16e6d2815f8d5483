/* Functions for text that passed text_accept(): slugs, excerpts, counts. */
#include "core/text.h"

#include <string.h>
#include <utf8proc.h>

#include "core/str.h"

enum { SLUG_MAX = 80, WORDS_A_MINUTE = 230, IDEOGRAPHS_A_MINUTE = 400 };

enum { ZERO_WIDTH_JOINER = 0x200D };

bool
text_is_mark(int32_t code_point)
{
	utf8proc_category_t category;

	if (code_point < 0x0300)
		return false;
	category = utf8proc_category(code_point);
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC
		|| category == UTF8PROC_CATEGORY_ME;
}

bool
text_is_letter_or_digit(int32_t code_point)
{
	utf8proc_category_t category;

	if (code_point < 0x80)
		return (code_point >= 'a' && code_point <= 'z') || (code_point >= 'A' && code_point <= 'Z')
			|| (code_point >= '0' && code_point <= '9');
	category = utf8proc_category(code_point);
	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO)
		|| category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_NL;
}

static bool
is_space(int32_t code_point)
{
	if (code_point < 0x80)
		return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
	return code_point == 0x85 || (utf8proc_category(code_point) >= UTF8PROC_CATEGORY_ZS
		&& utf8proc_category(code_point) <= UTF8PROC_CATEGORY_ZP);
}

char *
text_slug(struct arena *arena, const char *title)
{
	const char *rest = text_fold(arena, title);
	struct str slug = str_init(arena);
	bool gap = false, after_letter = false;
	size_t count = 0;
	char coded[4];

	for (int32_t c; (c = text_next(&rest)) != 0;) {
		/* Marks belong to the letter before them; Indic scripts are unreadable without them. */
		if (!text_is_letter_or_digit(c) && !(after_letter && text_is_mark(c))) {
			gap = slug.length > 0;
			after_letter = false;
			continue;
		}
		if (count + (gap ? 2 : 1) > SLUG_MAX)
			break;
		if (gap)
			str_add_char(&slug, '-');
		str_add_bytes(&slug, coded, text_put(c, coded));
		count += gap ? 2 : 1;
		gap = false;
		after_letter = true;
	}
	return slug.bytes;
}

char *
text_letters(struct arena *arena, const char *text)
{
	const char *rest = text_fold(arena, text);
	struct str letters = str_init(arena);

	for (const char *here = rest;; here = rest) {
		int32_t c = text_next(&rest);

		if (c == 0)
			return letters.bytes;
		if (text_is_letter_or_digit(c))
			str_add_bytes(&letters, here, (size_t)(rest - here));
	}
}

bool
text_is_slug(const char *text)
{
	struct arena *arena;
	bool same;

	if (*text == '\0' || strlen(text) > SLUG_MAX * 4)
		return false;
	arena = arena_new();
	same = strcmp(text_slug(arena, text), text) == 0;
	arena_free(arena);
	return same;
}

/* Opening brackets and quotes, dashes, and punctuation that continues a clause. */
static bool
is_left_over(int32_t code_point)
{
	utf8proc_category_t category = utf8proc_category(code_point);

	return is_space(code_point) || category == UTF8PROC_CATEGORY_PS
		|| category == UTF8PROC_CATEGORY_PI || category == UTF8PROC_CATEGORY_PD
		|| code_point == ',' || code_point == ';' || code_point == ':' || code_point == 0x3001
		|| code_point == 0xFF0C || code_point == 0xFF1A || code_point == 0xFF1B;
}

/* Whether a text may be cut between two characters. */
static bool
may_cut(int32_t before, int32_t after)
{
	if (text_is_mark(after) || after == ZERO_WIDTH_JOINER || before == ZERO_WIDTH_JOINER)
		return false;
	return is_space(before) || is_space(after) || text_is_cjk(before) || text_is_cjk(after);
}

char *
text_shorten(struct arena *arena, const char *text, size_t limit)
{
	const char *rest = text, *end = text, *soft = NULL, *here;
	int32_t before = 0, c;
	struct str out;

	if (text_length(text) <= limit)
		return arena_dup(arena, text);
	if (limit == 0)
		return arena_dup(arena, "");
	for (size_t count = 0;; count++) {
		here = rest;
		c = text_next(&rest);
		if (count > 0 && may_cut(before, c))
			soft = here;
		if (!text_is_mark(c) && c != ZERO_WIDTH_JOINER && before != ZERO_WIDTH_JOINER)
			end = here;
		if (count == limit - 1)
			break;
		before = c;
	}
	/* If cutting at a word boundary would lose more than half of the text, cut inside the word. */
	if (soft != NULL && (size_t)(soft - text) * 2 >= (size_t)(end - text))
		end = soft;
	out = str_init(arena);
	str_add_bytes(&out, text, (size_t)(end - text));
	while (out.length > 0) {
		here = out.bytes + out.length - 1;
		while (here > out.bytes && ((unsigned char)*here & 0xC0) == 0x80)
			here--;
		rest = here;
		if (!is_left_over(text_next(&rest)))
			break;
		out.length = (size_t)(here - out.bytes);
		out.bytes[out.length] = '\0';
	}
	str_add(&out, "…");
	return out.bytes;
}

const char *
text_list_next(struct arena *arena, const char **rest)
{
	while (**rest != '\0') {
		const char *start = *rest, *name;
		size_t length = 0;
		while (start[length] != '\0' && start[length] != ',' && !str_starts(start + length, "，") && !str_starts(start + length, "、"))
			length++;
		name = str_trim(arena, arena_bytes(arena, start, length));
		*rest = start + length + (start[length] == '\0' ? 0 : start[length] == ',' ? 1 : strlen("，"));
		if (*name != '\0')
			return name;
	}
	return NULL;
}

char *
text_collapse(struct arena *arena, const char *text)
{
	struct str out = str_init(arena);
	bool gap = false;
	const char *rest = text;

	for (;;) {
		const char *here = rest;
		int32_t c = text_next(&rest);

		if (c == 0)
			return out.bytes;
		if (is_space(c)) {
			gap = out.length > 0;
			continue;
		}
		if (gap)
			str_add_char(&out, ' ');
		gap = false;
		str_add_bytes(&out, here, (size_t)(rest - here));
	}
}

void
text_count(const char *text, size_t *ret_words, size_t *ret_ideographs)
{
	size_t words = 0, ideographs = 0;
	bool in_word = false;

	for (int32_t c; (c = text_next(&text)) != 0;) {
		if (text_is_ideograph(c)) {
			ideographs++;
			in_word = false;
		} else if (text_is_letter_or_digit(c)) {
			words += !in_word;
			in_word = true;
		} else if (c != '\'' && c != 0x2019 && !text_is_mark(c)) {
			in_word = false;
		}
	}
	*ret_words = words;
	*ret_ideographs = ideographs;
}

int
text_minutes(const char *text)
{
	size_t words, ideographs, whole = (size_t)WORDS_A_MINUTE * IDEOGRAPHS_A_MINUTE, minutes;

	text_count(text, &words, &ideographs);
	minutes = (words * IDEOGRAPHS_A_MINUTE + ideographs * WORDS_A_MINUTE + whole / 2) / whole;
	return minutes < 1 ? 1 : (int)minutes;
}

const char *
text_guess_language(const char *text)
{
	size_t words, ideographs;

	text_count(text, &words, &ideographs);
	return ideographs * WORDS_A_MINUTE > words * IDEOGRAPHS_A_MINUTE ? "zh" : "en";
}
