#include "page/lang/lang.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/str.h"
#include "page/lang/mo_file.h"

#define DOMAIN "renown"

enum { LANGUAGES_MAX = 8 };

const struct language languages[] = {
	{ "en", "English", "en" },
	{ "zh", "中文", "zh_CN" },
	{ NULL, NULL, NULL },
};

static const struct language *current;

static struct mo_file *mo_files[LANGUAGES_MAX]; /* in the order of languages[]; NULL: none, messages stay as they are */

static const struct language *
find(const char *code)
{
	for (const struct language *language = languages; language->code != NULL; language++)
		if (str_equal(language->code, code))
			return language;
	return NULL;
}

bool
language_is(const char *code)
{
	return find(code) != NULL;
}

const char *
language_name(const char *code)
{
	const struct language *language = find(code);

	return language == NULL ? code : language->name;
}

static const char *
locale_folder(void)
{
	const char *folder = getenv("RENOWN_LOCALE");

	return str_empty(folder) ? LOCALEDIR : folder;
}

static void
read_mo_files(void)
{
	struct arena *arena = arena_new();

	for (size_t i = 0; i < LANGUAGES_MAX && languages[i].code != NULL; i++)
		mo_files[i] = mo_file_open(arena_printf(arena, "%s/%s/LC_MESSAGES/" DOMAIN ".mo", locale_folder(), languages[i].gettext));
	arena_free(arena);
}

void
lang_use(const char *code)
{
	const struct language *language = find(code);

	if (language == NULL)
		language = &languages[0];
	if (language == current)
		return;
	if (current == NULL)
		read_mo_files();
	current = language;
}

const char *
lang_used(void)
{
	return current == NULL ? languages[0].code : current->code;
}

/* NULL when there is no translation. */
static const char *
find_text(const char *message, size_t form)
{
	const struct mo_file *mo_file = mo_files[current - languages];

	return mo_file == NULL ? NULL : mo_file_find(mo_file, message, form);
}

const char *
lang_text(const char *message)
{
	const char *found;

	/* The translation of "" is the header of the catalogue. */
	if (*message == '\0')
		return message;
	if (current == NULL)
		lang_use("en");
	found = find_text(message, 0);
	return found == NULL ? message : found;
}

/* Chooses the plural form. This is the English rule; it also suits languages with a single form. */
static const char *
form_text(const char *one, const char *many, unsigned long count)
{
	const char *found = find_text(one, count != 1);

	return found != NULL ? found : count == 1 ? one : many;
}

/* Replaces each name in the pattern by its value. A value whose name is missing is not used. */
static char *
fill(struct arena *arena, const char *pattern, const char *const (*values)[2], size_t count)
{
	struct str text = str_init(arena);

	while (*pattern != '\0') {
		size_t i = 0;

		while (i < count && !str_starts(pattern, values[i][0]))
			i++;
		if (i < count) {
			str_add(&text, values[i][1]);
			pattern += strlen(values[i][0]);
		} else {
			str_add_char(&text, *pattern++);
		}
	}
	return text.bytes;
}

char *
lang_count(struct arena *arena, const char *one, const char *many, long long count)
{
	unsigned long long size = count < 0 ? 0 - (unsigned long long)count : (unsigned long long)count;
	const char *const values[][2] = { { "%lld", arena_printf(arena, "%lld", count) } };

	if (current == NULL)
		lang_use("en");
	/* Replaced without printf, because no compiler has checked the format of a translation. */
	return fill(arena, form_text(one, many, (unsigned long)size), values, 1);
}

static const char *
month_word(int month)
{
	static const char *const words[12] = {
		N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
		N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
	};

	return month < 1 || month > 12 ? "" : lang_text(words[month - 1]);
}

static char *
fill_date(struct arena *arena, const char *pattern, int year, int month, int day)
{
	char year_text[12], day_text[12];
	const char *const values[][2] = { { "{year}", year_text }, { "{month}", month_word(month) }, { "{day}", day_text } };

	(void)snprintf(year_text, sizeof(year_text), "%d", year);
	(void)snprintf(day_text, sizeof(day_text), "%d", day);
	return fill(arena, pattern, values, sizeof(values) / sizeof(values[0]));
}

char *
lang_date(struct arena *arena, int64_t seconds)
{
	time_t when = (time_t)seconds;
	struct tm tm = { 0 };

	localtime_r(&when, &tm);
	/* Translators: {month} is the month's name as translated here ("11月" in Chinese). */
	return fill_date(arena, _("{day} {month} {year}"), tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

char *
lang_month(struct arena *arena, int year, int month)
{
	/* Translators: a month of a year, as above. */
	return fill_date(arena, _("{month} {year}"), year, month, 0);
}

char *
lang_month_name(struct arena *arena, int month)
{
	return arena_dup(arena, month_word(month));
}

const char *
lang_text_fault(struct arena *arena, const struct text_fault *fault)
{
	if (fault == NULL)
		return _("This value can't be saved. Remove special characters, or choose one of the options.");
	if (fault->kind == TEXT_FAULT_BREAK)
		return _("Write this on one line.");
	return arena_printf(arena, fault->kind == TEXT_FAULT_MARKS ? _("Line %lld, character %lld: one letter has too many accents. Delete some.")
		: _("Line %lld, character %lld is not text (shown as �). Delete it, or save the text as UTF-8 and paste it again."),
		(long long)fault->line, (long long)fault->column);
}
