/* Dates in the spellings of many systems' front matter. */
#include "task/frontmatter/frontmatter.h"

#include <string.h>
#include <strings.h>

#include "core/clock.h"
#include "core/str.h"

static const char *
skip(const char *text, const char *set)
{
	return text + strspn(text, set);
}

static bool
take(const char **text, const char *word)
{
	if (!str_starts(*text, word))
		return false;
	*text += strlen(word);
	return true;
}

/* Adds a number of at most `most` digits, padded to two. False when there is no digit, or more than that. */
static bool
add_number(struct str *out, const char **text, size_t most)
{
	size_t digits = strspn(*text, "0123456789");

	if (digits == 0 || digits > most)
		return false;
	if (digits == 1)
		str_add_char(out, '0');
	str_add_bytes(out, *text, digits);
	*text += digits;
	return true;
}

/* Reads "2026-1-5", "2026/01/05", "2026.1.5". */
static bool
read_numbers(struct str *out, const char **text)
{
	char separator;

	if (strspn(*text, "0123456789") != 4 || !add_number(out, text, 4))
		return false;
	separator = **text;
	if (separator != '-' && separator != '/' && separator != '.')
		return false;
	for (int part = 0; part < 2; part++) {
		if (*(*text)++ != separator)
			return false;
		str_add_char(out, '-');
		if (!add_number(out, text, 2))
			return false;
	}
	return true;
}

/* Reads "2026年1月5日", also with spaces. */
static bool
read_chinese(struct str *out, const char **text)
{
	static const char *const signs[] = { "年", "月", "日" };

	if (strspn(*text, "0123456789") != 4)
		return false;
	for (int part = 0; part < 3; part++) {
		if (part > 0)
			str_add_char(out, '-');
		*text = skip(*text, " ");
		if (!add_number(out, text, part == 0 ? 4 : 2))
			return false;
		*text = skip(*text, " ");
		if (!take(text, signs[part]))
			return false;
	}
	return true;
}

/* --- with English months ---------------------------------------------------------- */

/* Reads "January", "Jan" or "Jan." as 1 to 12; 0 when there is no month. */
static int
take_month(const char **text)
{
	static const char *const months[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
		"november", "december" };
	size_t length = strspn(*text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

	for (int month = 0; month < 12 && length >= 3 && length <= strlen("september"); month++)
		if (strncasecmp(*text, months[month], length) == 0) {
			*text += length + ((*text)[length] == '.');
			return month + 1;
		}
	return 0;
}

/* Skips "Mon, ", the weekday before a date in RFC 5322. */
static const char *
skip_weekday(const char *text)
{
	size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return length > 0 && text[length] == ',' ? skip(text + length + 1, " ") : text;
}

/* Reads "5", "05" or "5th". */
static bool
add_day(struct str *out, const char **text)
{
	static const char *const endings[] = { "st", "nd", "rd", "th" };

	if (!add_number(out, text, 2))
		return false;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (take(text, endings[i]))
			break;
	return true;
}

/* Reads "January 5, 2026", "Jan 05 2026" or "5 January 2026". */
static bool
read_words(struct arena *arena, struct str *out, const char **text)
{
	struct str day = str_init(arena), year = str_init(arena);
	int month;

	*text = skip_weekday(*text);
	month = take_month(text);
	*text = skip(*text, " ");
	if (!add_day(&day, text))
		return false;
	if (month == 0) {
		*text = skip(*text, " -");
		month = take_month(text);
	}
	*text = skip(*text, " ,-");
	if (month == 0 || strspn(*text, "0123456789") != 4 || !add_number(&year, text, 4))
		return false;
	str_printf(out, "%s-%02d-%s", year.bytes, month, day.bytes);
	return true;
}

/* --- the time of day ----------------------------------------------------------------- */

/* Changes "3:04 PM" to "15:04" and returns other text unchanged. NULL when the hour is not 1 to 12. */
static const char *
without_noon(struct arena *arena, const char *text)
{
	size_t length = strlen(text), digits = strspn(text, "0123456789");
	bool is_after = length > 2 && strcasecmp(text + length - 2, "pm") == 0;
	int hour = 0;

	if (!is_after && (length <= 2 || strcasecmp(text + length - 2, "am") != 0))
		return text;
	for (size_t i = 0; i < digits && i < 3; i++)
		hour = hour * 10 + (text[i] - '0');
	if (hour < 1 || hour > 12)
		return NULL;
	hour = hour % 12 + (is_after ? 12 : 0);
	return arena_printf(arena, "%02d%s", hour, str_trim(arena, arena_bytes(arena, text + digits, length - 2 - digits)));
}

bool
frontmatter_date(struct arena *arena, const char *text, int64_t *ret_time)
{
	bool (*const forms[])(struct str *, const char **) = { read_numbers, read_chinese };
	const char *start = str_trim(arena, text);
	struct str out = str_init(arena);
	bool found = false;

	for (size_t i = 0; i < 2 && !found; i++) {
		out = str_init(arena);
		text = start;
		found = forms[i](&out, &text);
	}
	if (!found) {
		out = str_init(arena);
		text = start;
		if (!read_words(arena, &out, &text))
			return false;
	}
	if (*text == ' ' || *text == 'T' || *text == 't') {
		text = without_noon(arena, *text == ' ' ? skip(text, " ") : text + 1);
		str_add_char(&out, 'T');
		if (text == NULL || !add_number(&out, &text, 2))
			return false;
	}
	if (str_ends(text, " UTC") || str_ends(text, " GMT"))
		text = arena_printf(arena, "%.*sZ", (int)strlen(text) - 4, text);
	str_add(&out, text);
	return clock_parse_date(out.bytes, ret_time);
}
