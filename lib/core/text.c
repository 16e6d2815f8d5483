#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "core/str.h"

/*
 * A run of combining marks longer than this is refused (UAX 15, section 13, allows
 * 30). It is no word of any language, and utf8proc sorts a run in quadratic time.
 */
enum { MOST_MARKS = 30 };

enum {
	REPLACEMENT = 0xFFFD,
	ZERO_WIDTH_NON_JOINER = 0x200C,
	ZERO_WIDTH_JOINER = 0x200D,
	BYTE_ORDER_MARK = 0xFEFF,
	BLACK_FLAG = 0x1F3F4, /* flags of regions are this and tag characters */
};

struct range {
	int32_t first, last;
};

static bool
within(const struct range *ranges, size_t count, int32_t code_point)
{
	for (size_t i = 0; i < count; i++)
		if (code_point >= ranges[i].first && code_point <= ranges[i].last)
			return true;
	return false;
}

#define WITHIN(ranges, code_point) within((ranges), sizeof(ranges) / sizeof((ranges)[0]), (code_point))

/*
 * Decodes one character of untrusted bytes; *ret_code_point is -1 for bytes that
 * are no UTF-8. Returns how many bytes it took: of a broken sequence, as many as
 * began it well, so that each becomes one U+FFFD (Unicode 3.9, "maximal subpart").
 */
static size_t
decode(const unsigned char *bytes, size_t length, int32_t *ret_code_point)
{
	unsigned char first = bytes[0], low = 0x80, high = 0xBF;
	int32_t value;
	size_t more;

	*ret_code_point = first < 0x80 ? first : -1;
	if (first < 0x80 || first < 0xC2 || first > 0xF4)
		return 1;
	more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
	value = first & (0x3F >> more);
	/* The second byte is what rules out overlong forms, surrogates and all above U+10FFFF. */
	if (first == 0xE0)
		low = 0xA0;
	else if (first == 0xED)
		high = 0x9F;
	else if (first == 0xF0)
		low = 0x90;
	else if (first == 0xF4)
		high = 0x8F;
	for (size_t i = 1; i <= more; i++) {
		if (i >= length || bytes[i] < low || bytes[i] > high)
			return i;
		value = (int32_t)(value << 6 | (bytes[i] & 0x3F));
		low = 0x80;
		high = 0xBF;
	}
	*ret_code_point = value;
	return more + 1;
}

bool
text_is_utf8(const char *text)
{
	const unsigned char *byte = (const unsigned char *)text;
	int32_t code_point;

	while (*byte != '\0') {
		/* The zero at the end is no second byte of anything, so decode() never reads past it. */
		byte += decode(byte, 4, &code_point);
		if (code_point < 0)
			return false;
	}
	return true;
}

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
	/* A string that never passed the gate must not lead us past its end. */
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

/* What no text may hold, of either kind. */
static bool
is_forbidden(int32_t code_point)
{
	if (code_point < 0x20)
		return code_point != '\t' && code_point != '\n';
	return (code_point >= 0x7F && code_point <= 0x9F)
		|| code_point == 0x2028 || code_point == 0x2029
		|| (code_point >= 0xFDD0 && code_point <= 0xFDEF)
		|| (code_point & 0xFFFE) == 0xFFFE;
}

/* Characters that a reader of one line cannot see, or that turn its order around. */
static bool
is_hidden(int32_t code_point)
{
	static const struct range hidden[] = {
		{ 0x00AD, 0x00AD }, { 0x061C, 0x061C }, { 0x180E, 0x180E }, { 0x200B, 0x200B },
		{ 0x200E, 0x200F }, { 0x202A, 0x202E }, { 0x2060, 0x206F }, { 0x3164, 0x3164 },
		{ 0xFEFF, 0xFEFF }, { 0xFFA0, 0xFFA0 }, { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE0FFF },
	};

	return code_point >= 0x00AD && WITHIN(hidden, code_point);
}

/*
 * True after a letter of a script that joins (Arabic to Mongolian, Indic) or a picture. U+2329 and U+232A, between
 * the pictures, are other brackets in NFC.
 */
static bool
may_join_after(int32_t before)
{
	static const struct range joining[] = {
		{ 0x0600, 0x1CFF }, { 0x2190, 0x2328 }, { 0x232B, 0x2BFF }, { 0xA800, 0xABFF }, { 0xFB50, 0xFEFE },
		{ 0x10A00, 0x11FFF }, { 0x1E900, 0x1FAFF },
	};

	return WITHIN(joining, before);
}

/* What one pass over a text remembers between characters. */
struct gate {
	enum text_kind kind;
	int32_t before; /* the previous character that is no mark, since NFC puts marks into another order; 0 at the start */
	bool in_flag;   /* inside the tag characters of a flag */
	int marks;      /* combining marks since the last other character */
};

static bool
line_may_hold(struct gate *gate, int32_t code_point)
{
	if (code_point == '\n')
		return false;
	if (code_point == ZERO_WIDTH_JOINER || code_point == ZERO_WIDTH_NON_JOINER)
		return may_join_after(gate->before);
	if (code_point >= 0xE0020 && code_point <= 0xE007F)
		return gate->in_flag || gate->before == BLACK_FLAG;
	/* Variation selectors of ideographs are in the same plane as the tags. */
	if (code_point >= 0xE0100 && code_point <= 0xE01EF)
		return text_is_ideograph(gate->before);
	return !is_hidden(code_point);
}

/* Counts the marks of the run that a character continues or ends; false when they are too many. */
static bool
count_marks(int *marks, int32_t code_point)
{
	const utf8proc_property_t *property;

	if (code_point < 0x0300) {
		*marks = 0;
		return true;
	}
	property = utf8proc_get_property(code_point);
	if (property->combining_class != 0 || property->category == UTF8PROC_CATEGORY_MN
		|| property->category == UTF8PROC_CATEGORY_ME)
		return ++*marks <= MOST_MARKS;
	/* Ignorable characters do not end a run: folding drops them and joins its parts. */
	if (!property->ignorable)
		*marks = 0;
	return true;
}

static bool
gate_lets(struct gate *gate, int32_t code_point)
{
	bool lets;

	if (code_point < 0 || is_forbidden(code_point))
		lets = false;
	else
		lets = gate->kind == TEXT_BLOCK || line_may_hold(gate, code_point);
	lets = count_marks(&gate->marks, code_point) && lets;
	gate->in_flag = code_point >= 0xE0020 && code_point < 0xE007F
		&& (gate->in_flag || gate->before == BLACK_FLAG);
	if (!lets)
		gate->before = REPLACEMENT; /* what will stand there */
	else if (code_point < 0x0300 || utf8proc_get_property(code_point)->combining_class == 0)
		gate->before = code_point;
	return lets;
}

/* True for characters that NFC never changes, whatever of the same set stands beside them. */
static bool
is_surely_composed(int32_t code_point)
{
	static const struct range composed[] = {
		{ 0x4E00, 0x9FFF }, { 0x3002, 0x3029 }, { 0xFF01, 0xFFEF }, { 0x3041, 0x3093 },
		{ 0x2010, 0x205F }, { 0x30A1, 0x30FA }, { 0xAC00, 0xD7A3 }, { 0x1F300, 0x1FAFF },
		{ 0x0400, 0x045F },
	};

	return code_point < 0x0300 || WITHIN(composed, code_point);
}

static char *
mapped(struct arena *arena, const char *text, size_t length, utf8proc_option_t options)
{
	utf8proc_uint8_t *result = NULL;
	utf8proc_ssize_t size;
	char *copy;

	size = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &result, options);
	if (size < 0) /* out of memory, or text that never passed the gate: a mistake of ours */
		abort();
	copy = arena_bytes(arena, result, (size_t)size);
	free(result);
	return copy;
}

/* The text as it may stay; *ret_clean is false when something was replaced. */
static char *
pass(struct arena *arena, const char *input, size_t length, enum text_kind kind, bool *ret_clean)
{
	const unsigned char *bytes = (const unsigned char *)input;
	struct gate gate = { .kind = kind };
	struct str out = str_init(arena);
	bool composed = true;
	int32_t code_point;
	char coded[4];

	*ret_clean = true;
	for (size_t at = 0, taken; at < length; at += taken) {
		taken = decode(bytes + at, length - at, &code_point);
		if (kind == TEXT_BLOCK && code_point == BYTE_ORDER_MARK && out.length == 0)
			continue; /* also a second one, which would be the first the next time */
		if (kind == TEXT_BLOCK && code_point == '\r') {
			if (at + 1 < length && bytes[at + 1] == '\n')
				continue;
			code_point = '\n';
		}
		if (!gate_lets(&gate, code_point)) {
			*ret_clean = false;
			code_point = REPLACEMENT;
		}
		composed = composed && is_surely_composed(code_point);
		str_add_bytes(&out, coded, text_put(code_point, coded));
	}
	if (composed)
		return out.bytes;
	return mapped(arena, out.bytes, out.length, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

bool
text_accept(struct arena *arena, const char *bytes, size_t length, enum text_kind kind,
	char **ret_text)
{
	bool clean;
	char *text = pass(arena, bytes, length, kind, &clean);

	if (clean)
		*ret_text = text;
	return clean;
}

char *
text_clean(struct arena *arena, const char *bytes, size_t length, enum text_kind kind)
{
	bool clean;

	return pass(arena, bytes, length, kind, &clean);
}

bool
text_is_cjk(int32_t code_point)
{
	static const struct range cjk[] = {
		{ 0x2E80, 0x33FF }, { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF }, { 0xAC00, 0xD7FF },
		{ 0xF900, 0xFAFF }, { 0xFE10, 0xFE1F }, { 0xFE30, 0xFE4F }, { 0xFF00, 0xFFEF },
		{ 0x1100, 0x11FF }, { 0xA960, 0xA97F }, { 0x1AFF0, 0x1B16F }, { 0x20000, 0x3FFFD },
	};

	return code_point >= 0x1100 && WITHIN(cjk, code_point);
}

bool
text_is_ideograph(int32_t code_point)
{
	static const struct range letters[] = {
		{ 0x4E00, 0x9FFF }, { 0x3400, 0x4DBF }, { 0x3005, 0x3007 }, { 0x3021, 0x3029 },
		{ 0x3031, 0x3035 }, { 0x3038, 0x303C }, { 0x3041, 0x309F }, { 0x30A1, 0x30FA },
		{ 0x30FC, 0x30FF }, { 0x31F0, 0x31FF }, { 0xF900, 0xFAFF }, { 0xFF66, 0xFF9F },
		{ 0xAC00, 0xD7FB }, { 0x1100, 0x11FF }, { 0x3131, 0x318E }, { 0xA960, 0xA97C },
		{ 0xFFA1, 0xFFDC }, { 0x1AFF0, 0x1B16F }, { 0x20000, 0x323AF },
	};

	return code_point >= 0x1100 && WITHIN(letters, code_point);
}

static bool
is_ascii(const char *text)
{
	while (*text > 0)
		text++;
	return *text == '\0';
}

/* The text without the marks that are too many: what the gate let in apart, markup between, may stand together here. */
static struct str
without_floods(struct arena *arena, const char *text)
{
	struct str out = str_init(arena);
	int marks = 0;

	for (const char *here = text;; here = text) {
		int32_t c = text_next(&text);

		if (c == 0)
			return out;
		if (count_marks(&marks, c))
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
		return mapped(arena, tame.bytes, tame.length, UTF8PROC_STABLE | UTF8PROC_COMPOSE
			| UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
	}
	copy = arena_dup(arena, text);
	for (char *c = copy; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + ('a' - 'A'));
	return copy;
}
