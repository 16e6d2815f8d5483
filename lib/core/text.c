#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "core/str.h"
#include "core/text_internal.h"

/*
 * Longer runs of combining marks are rejected (UAX 15, section 13, allows 30). No language has such words, and
 * utf8proc needs quadratic time to sort a run.
 */
enum { MARKS_MAX = 30 };

enum { REPLACEMENT = 0xFFFD };

const char *
text_cut(struct arena *arena, const char *text, size_t most)
{
	const char *end = text;

	for (size_t i = 0; i < most && *end != '\0'; i++)
		(void)text_next(&end);
	return *end == '\0' ? text : arena_bytes(arena, text, (size_t)(end - text));
}

int32_t
text_next(const char **text)
{
	const unsigned char *byte = (const unsigned char *)*text;
	int32_t value = byte[0];
	int more = value < 0x80 ? 0 : value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;

	if (value == 0)
		return 0;
	if (more > 0)
		value &= 0x3F >> more;
	/* A string that did not pass text_accept() must not make this read past its end. */
	for (byte++; more > 0 && (*byte & 0xC0) == 0x80; byte++, more--)
		value = value << 6 | (*byte & 0x3F);
	*text = (const char *)byte;
	return more > 0 ? REPLACEMENT : value;
}

size_t
text_put(int32_t code_point, char *out)
{
	return (size_t)utf8proc_encode_char(code_point, (utf8proc_uint8_t *)out);
}

size_t
text_length(const char *text)
{
	size_t length = 0;

	for (; *text != '\0'; text++)
		length += ((unsigned char)*text & 0xC0) != 0x80;
	return length;
}

bool
text_count_marks(int *marks, int32_t code_point)
{
	const utf8proc_property_t *property;

	if (code_point < 0x0300) {
		*marks = 0;
		return true;
	}
	property = utf8proc_get_property(code_point);
	if (property->combining_class != 0 || property->category == UTF8PROC_CATEGORY_MN
		|| property->category == UTF8PROC_CATEGORY_ME)
		return ++*marks <= MARKS_MAX;
	/* Ignorable characters do not end a run, because text_fold() removes them and joins its parts. */
	if (!property->ignorable)
		*marks = 0;
	return true;
}

char *
text_map(struct arena *arena, const char *text, size_t length, int options)
{
	utf8proc_uint8_t *result = NULL;
	utf8proc_ssize_t size;
	char *copy;

	size = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &result, (utf8proc_option_t)options);
	if (size < 0) /* out of memory, or text that did not pass text_accept(): a programming error */
		abort();
	copy = arena_bytes(arena, result, (size_t)size);
	free(result);
	return copy;
}

bool
text_is_cjk(int32_t code_point)
{
	static const struct text_range cjk[] = {
		{ 0x2E80, 0x33FF }, { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF }, { 0xAC00, 0xD7FF },
		{ 0xF900, 0xFAFF }, { 0xFE10, 0xFE1F }, { 0xFE30, 0xFE4F }, { 0xFF00, 0xFFEF },
		{ 0x1100, 0x11FF }, { 0xA960, 0xA97F }, { 0x1AFF0, 0x1B16F }, { 0x20000, 0x3FFFD },
	};

	return code_point >= 0x1100 && TEXT_WITHIN(cjk, code_point);
}

bool
text_is_ideograph(int32_t code_point)
{
	static const struct text_range letters[] = {
		{ 0x4E00, 0x9FFF }, { 0x3400, 0x4DBF }, { 0x3005, 0x3007 }, { 0x3021, 0x3029 },
		{ 0x3031, 0x3035 }, { 0x3038, 0x303C }, { 0x3041, 0x309F }, { 0x30A1, 0x30FA },
		{ 0x30FC, 0x30FF }, { 0x31F0, 0x31FF }, { 0xF900, 0xFAFF }, { 0xFF66, 0xFF9F },
		{ 0xAC00, 0xD7FB }, { 0x1100, 0x11FF }, { 0x3131, 0x318E }, { 0xA960, 0xA97C },
		{ 0xFFA1, 0xFFDC }, { 0x1AFF0, 0x1B16F }, { 0x20000, 0x323AF },
	};

	return code_point >= 0x1100 && TEXT_WITHIN(letters, code_point);
}

static bool
is_ascii(const char *text)
{
	while (*text > 0)
		text++;
	return *text == '\0';
}

/* The text without excess combining marks. Runs that markup separated when they were accepted can be adjacent here. */
static struct str
without_floods(struct arena *arena, const char *text)
{
	struct str out = str_init(arena);
	int marks = 0;

	for (const char *here = text;; here = text) {
		int32_t c = text_next(&text);

		if (c == 0)
			return out;
		if (text_count_marks(&marks, c))
			str_add_bytes(&out, here, (size_t)(text - here));
	}
}

char *
text_fold(struct arena *arena, const char *text)
{
	struct str tame;
	char *copy;

	if (!is_ascii(text)) {
		tame = without_floods(arena, text);
		return text_map(arena, tame.bytes, tame.length, UTF8PROC_STABLE | UTF8PROC_COMPOSE
			| UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
	}
	copy = arena_dup(arena, text);
	for (char *c = copy; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + ('a' - 'A'));
	return copy;
}

char *
text_fold_accents(struct arena *arena, const char *text)
{
	const char *rest;
	struct str plain;
	char bytes[4];
	int32_t c;

	if (is_ascii(text))
		return text_fold(arena, text);
	rest = text_fold(arena, text);
	rest = text_map(arena, rest, strlen(rest), UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
	plain = str_init(arena);
	while ((c = text_next(&rest)) != 0)
		if (c < 0x0300 || c > 0x036F)
			str_add_bytes(&plain, bytes, text_put(c, bytes));
	return text_map(arena, plain.bytes, plain.length, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}
