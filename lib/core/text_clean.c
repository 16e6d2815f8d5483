/* Validation of text: what is kept, removed and rejected. */
#include <utf8proc.h>

#include "core/str.h"
#include "core/text_internal.h"

enum {
	LINE_TABULATION = 0x0B,
	FORM_FEED = 0x0C,
	NEXT_LINE = 0x85,
	SOFT_HYPHEN = 0xAD,
	MONGOLIAN_VOWEL_SEPARATOR = 0x180E,
	ZERO_WIDTH_SPACE = 0x200B,
	ZERO_WIDTH_NON_JOINER = 0x200C,
	ZERO_WIDTH_JOINER = 0x200D,
	LINE_SEPARATOR = 0x2028,
	PARAGRAPH_SEPARATOR = 0x2029,
	REPLACEMENT = 0xFFFD,
	BLACK_FLAG = 0x1F3F4, /* flags of regions consist of this and tag characters */
};

/*
 * Decodes one character of untrusted bytes; *ret_code_point is -1 for bytes that are not UTF-8. Returns the number
 * of bytes it took. For a broken sequence that is its longest valid start, so that each becomes one U+FFFD (Unicode
 * 3.9, "maximal subpart").
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
	/* The range of the second byte excludes overlong forms, surrogates and values above U+10FFFF. */
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
		/* The NUL at the end is not a valid second byte, so decode() never reads past it. */
		byte += decode(byte, 4, &code_point);
		if (code_point < 0)
			return false;
	}
	return true;
}

/* --- invisible characters ------------------------------------------------------------------ */

/* Control characters except line breaks, and noncharacters. A text has the same meaning without them. */
static bool
is_control(int32_t code_point)
{
	return code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F)
		|| (code_point >= 0xFDD0 && code_point <= 0xFDEF) || (code_point & 0xFFFE) == 0xFFFE;
}

/* Characters that word processors and other systems use instead of a newline (Unicode 5.8). */
static bool
is_break(int32_t code_point)
{
	return code_point == LINE_TABULATION || code_point == FORM_FEED || code_point == NEXT_LINE
		|| code_point == LINE_SEPARATOR || code_point == PARAGRAPH_SEPARATOR;
}

/* Characters that are invisible or change the direction of text. */
static bool
is_hidden(int32_t code_point)
{
	static const struct text_range hidden[] = {
		{ 0x00AD, 0x00AD }, { 0x061C, 0x061C }, { 0x180E, 0x180E }, { 0x200B, 0x200F }, { 0x202A, 0x202E },
		{ 0x2060, 0x206F }, { 0x3164, 0x3164 }, { 0xFEFF, 0xFEFF }, { 0xFFA0, 0xFFA0 }, { 0xFFF9, 0xFFFB },
		{ 0xE0000, 0xE0FFF },
	};

	/* A fast path: most letters in use are below or between these. */
	if (code_point < 0x00AD || (code_point > 0x3164 && code_point < 0xFEFF))
		return false;
	return TEXT_WITHIN(hidden, code_point);
}

static bool
is_direction(int32_t code_point)
{
	static const struct text_range directions[] = {
		{ 0x061C, 0x061C }, { 0x200E, 0x200F }, { 0x202A, 0x202E }, { 0x2066, 0x2069 },
	};

	return TEXT_WITHIN(directions, code_point);
}

/*
 * Whether a joiner has an effect after this character: a letter of a joining script (Arabic to Mongolian, Indic), a
 * symbol or an emoji. U+2329 and U+232A are excluded because NFC replaces them by other brackets.
 */
static bool
may_join_after(int32_t before)
{
	static const struct text_range joining[] = {
		{ 0x0600, 0x1CFF }, { 0x2190, 0x2328 }, { 0x232B, 0x2BFF }, { 0xA800, 0xABFF }, { 0xFB50, 0xFEFE },
		{ 0x10A00, 0x11FFF }, { 0x1E900, 0x1FAFF },
	};

	return TEXT_WITHIN(joining, before);
}

/*
 * Thai, Lao, Tibetan, Burmese, Khmer and related scripts have no spaces between words; U+200B allows a line break
 * there.
 */
static bool
breaks_without_space(int32_t before)
{
	static const struct text_range scripts[] = {
		{ 0x0E00, 0x0FFF }, { 0x1000, 0x109F }, { 0x1780, 0x17FF }, { 0x1950, 0x19FF }, { 0x1A20, 0x1AAF },
		{ 0xA9E0, 0xA9FF }, { 0xAA60, 0xAADF },
	};

	return TEXT_WITHIN(scripts, before);
}

static bool
is_hangul(int32_t code_point)
{
	static const struct text_range hangul[] = {
		{ 0x1100, 0x11FF }, { 0x3131, 0x318E }, { 0xA960, 0xA97F }, { 0xAC00, 0xD7FF }, { 0xFFA0, 0xFFDC },
	};

	return TEXT_WITHIN(hangul, code_point);
}

/* --- checking a text character by character -------------------------------------------------- */

/* The state of one pass over a text. Removed characters do not change it. */
struct filter {
	enum text_kind kind;
	const unsigned char *bytes;
	size_t length;
	int32_t before;    /* the previous character that is not a mark, because NFC reorders marks; 0 at the start */
	bool in_flag;      /* inside the tag characters of a flag */
	int marks;         /* combining marks since the last other character */
	int right_to_left; /* whether the text has a letter of a right-to-left script: 0: not yet known, -1: no */
};

/* Characters that set the direction have a meaning only in a text with right-to-left letters. */
static bool
has_right_to_left(struct filter *filter)
{
	int32_t code_point;

	if (filter->right_to_left == 0)
		filter->right_to_left = -1;
	else
		return filter->right_to_left > 0;
	for (size_t at = 0; at < filter->length && filter->right_to_left < 0;) {
		at += decode(filter->bytes + at, filter->length - at, &code_point);
		/* Directional characters have these classes themselves, so they do not count. */
		if (code_point >= 0x0590 && !is_direction(code_point)) {
			utf8proc_bidi_class_t class = utf8proc_get_property(code_point)->bidi_class;
			if (class == UTF8PROC_BIDI_CLASS_R || class == UTF8PROC_BIDI_CLASS_AL)
				filter->right_to_left = 1;
		}
	}
	return filter->right_to_left > 0;
}

/* Whether a hidden character has a meaning in its place. In a line only joiners, flags and variation selectors can. */
static bool
has_meaning(struct filter *filter, int32_t code_point)
{
	if (code_point == ZERO_WIDTH_JOINER || code_point == ZERO_WIDTH_NON_JOINER)
		return may_join_after(filter->before);
	if (code_point >= 0xE0020 && code_point <= 0xE007F)
		return filter->in_flag || filter->before == BLACK_FLAG;
	/* The variation selectors of ideographs are in the same plane as the tag characters. */
	if (code_point >= 0xE0100 && code_point <= 0xE01EF)
		return text_is_ideograph(filter->before);
	if (filter->kind == TEXT_LINE)
		return false;
	if (is_direction(code_point))
		return has_right_to_left(filter);
	if (code_point == ZERO_WIDTH_SPACE)
		return breaks_without_space(filter->before);
	if (code_point == MONGOLIAN_VOWEL_SEPARATOR)
		return filter->before >= 0x1800 && filter->before <= 0x18AF;
	if (code_point == 0x3164 || code_point == 0xFFA0) /* fillers for missing letters of a syllable */
		return is_hangul(filter->before);
	/* Soft hyphen, word joiner and invisible mathematical operators. */
	return code_point == SOFT_HYPHEN || (code_point >= 0x2060 && code_point <= 0x2064);
}

enum action { KEEP, DROP, BREAK, REFUSE };

static enum action
action_for(struct filter *filter, int32_t code_point)
{
	if (code_point <= 0)
		return REFUSE;
	if (code_point == '\t' || (code_point == '\n' && filter->kind != TEXT_LINE))
		return KEEP;
	/*
	 * Browsers never send a line break in a one-line field, and it could start a new header field, so it is
	 * rejected.
	 */
	if (filter->kind == TEXT_LINE && (code_point == '\n' || code_point == '\r'))
		return REFUSE;
	if (filter->kind == TEXT_RENDERED)
		return is_control(code_point) || is_break(code_point) ? REFUSE : KEEP;
	if (is_break(code_point))
		return BREAK;
	if (is_control(code_point) || (is_hidden(code_point) && !has_meaning(filter, code_point)))
		return DROP;
	return KEEP;
}

/* Checks the next character. Unless the result is DROP, *code_point becomes the character to output. */
static enum action
filter_apply(struct filter *filter, int32_t *code_point)
{
	enum action action = action_for(filter, *code_point);

	if (action == DROP)
		return DROP;
	if (action == BREAK)
		*code_point = filter->kind == TEXT_LINE ? ' ' : '\n';
	if (!text_count_marks(&filter->marks, *code_point))
		action = REFUSE;
	if (action == REFUSE)
		*code_point = REPLACEMENT;
	filter->in_flag = *code_point >= 0xE0020 && *code_point < 0xE007F && (filter->in_flag || filter->before == BLACK_FLAG);
	if (*code_point < 0x0300 || utf8proc_get_property(*code_point)->combining_class == 0)
		filter->before = *code_point;
	return action;
}

/* Reads the next character. Outside of a line, CRLF and CR become LF. Returns the number of bytes read. */
static size_t
next(const struct filter *filter, size_t at, int32_t *ret_code_point)
{
	size_t taken = decode(filter->bytes + at, filter->length - at, ret_code_point);

	if (*ret_code_point != '\r' || filter->kind == TEXT_LINE)
		return taken;
	*ret_code_point = '\n';
	return at + 1 < filter->length && filter->bytes[at + 1] == '\n' ? 2 : 1;
}

/* Whether NFC never changes this character next to any other character of this set. */
static bool
is_surely_composed(int32_t code_point)
{
	static const struct text_range composed[] = {
		{ 0x4E00, 0x9FFF }, { 0x3002, 0x3029 }, { 0xFF01, 0xFFEF }, { 0x3041, 0x3093 },
		{ 0x2010, 0x205F }, { 0x30A1, 0x30FA }, { 0xAC00, 0xD7A3 }, { 0x1F300, 0x1FAFF },
		{ 0x0400, 0x045F },
	};

	return code_point < 0x0300 || TEXT_WITHIN(composed, code_point);
}

/* The text with everything applied; *ret_clean is false when something was replaced. */
static char *
pass(struct arena *arena, const char *input, size_t length, enum text_kind kind, bool *ret_clean)
{
	struct filter filter = { .kind = kind, .bytes = (const unsigned char *)input, .length = length };
	struct str out = str_init(arena);
	bool composed = true;
	int32_t code_point;
	char coded[4];

	*ret_clean = true;
	for (size_t at = 0; at < length;) {
		enum action action;

		at += next(&filter, at, &code_point);
		action = filter_apply(&filter, &code_point);
		if (action == DROP)
			continue;
		if (action == REFUSE)
			*ret_clean = false;
		composed = composed && is_surely_composed(code_point);
		str_add_bytes(&out, coded, text_put(code_point, coded));
	}
	if (composed)
		return out.bytes;
	return text_map(arena, out.bytes, out.length, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
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
text_keeps_all(const char *bytes, size_t length, enum text_kind kind)
{
	struct filter filter = { .kind = kind, .bytes = (const unsigned char *)bytes, .length = length };
	int32_t code_point;

	for (size_t at = 0; at < length;) {
		at += next(&filter, at, &code_point);
		if (filter_apply(&filter, &code_point) != KEEP)
			return false;
	}
	return true;
}

bool
text_find_fault(const char *bytes, size_t length, enum text_kind kind, struct text_fault *ret_fault)
{
	struct filter filter = { .kind = kind, .bytes = (const unsigned char *)bytes, .length = length };
	struct text_fault fault = { .line = 1, .column = 1 };
	int32_t code_point;

	for (size_t at = 0; at < length;) {
		int32_t given;

		at += next(&filter, at, &code_point);
		given = code_point;
		if (filter_apply(&filter, &code_point) == REFUSE) {
			fault.kind = given <= 0 ? TEXT_FAULT_BYTES : given == '\n' || given == '\r' ? TEXT_FAULT_BREAK : TEXT_FAULT_MARKS;
			if (kind == TEXT_RENDERED && fault.kind == TEXT_FAULT_MARKS)
				fault.kind = TEXT_FAULT_BYTES;
			*ret_fault = fault;
			return true;
		}
		fault.column++;
		if (code_point == '\n') {
			fault.line++;
			fault.column = 1;
		}
	}
	return false;
}
