#include "store/setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/field.h"
#include "core/str.h"
#include "core/text.h"
#include "store/user.h"

#define N_(message) message /* translated by whoever shows it */


/* The paper of the default theme, on which the seal's colour must be readable. */
static const unsigned char paper[3] = { 0xfb, 0xfa, 0xf7 };
static const double least_contrast = 4.5; /* WCAG 2.1, success criterion 1.4.3 */

static const struct field_choice second_factor_choices[] = {
	{ "off", N_("Whoever wants one") }, { "owners", N_("Owners must have one") }, { "editors", N_("Owners and editors must have one") }, { 0 },
};

const struct setting settings[] = {
	{ "title", N_("Name of the site"), SETTING_LINE, "My site", N_("The name of the site: in its head, in browser tabs and in feeds.") },
	{ "tagline", N_("One sentence under it"), SETTING_LINE, "", N_("One sentence under the name on the front page.") },
	{ "description", N_("What it is about"), SETTING_LINE, "",
		N_("What the site is about, for search engines and feed readers; the tagline stands in when it is empty.") },
	{ "author_name", N_("Your name"), SETTING_LINE, "",
		N_("Your name as readers see it on the front page; the first owner's name stands in when it is empty.") },
	{ "seal", N_("Character in the seal"), SETTING_CHARACTER, "",
		N_("The one character in the seal, the mark of the site; the first of the author's name when it is empty.") },
	{ "seal_colour", N_("Colour of the seal"), SETTING_COLOUR, "#a8281c",
		N_("The colour of seal and links, as #rrggbb. It must have a contrast of 4.5 to 1 on the paper, #fbfaf7.") },
	{ "portrait", N_("Portrait"), SETTING_LINE, "",
		N_("A picture of you on the front page: its path below the media folder, such as ab/abcd.webp.") },
	{ "portrait_alt", N_("What the portrait shows"), SETTING_LINE, "", N_("What the portrait shows, for those who do not see it.") },
	{ "intro", N_("Words on the front page"), SETTING_TEXT, "", N_("Your words at the head of the front page, in Markdown.") },
	{ "members_text", N_("What members get"), SETTING_TEXT, "", N_("What members get, in Markdown; shown on the front page and where a text is closed.") },
	{ "footer", N_("Line at the foot"), SETTING_LINE, "", N_("A line at the foot of every page, such as a licence or a company's name.") },
	{ "language", N_("Language of the site"), SETTING_LANGUAGE, "en", N_("The language of pages that belong to no post: en or zh.") },
	{ "languages", N_("Languages offered"), SETTING_LANGUAGES, "en zh", N_("The languages that readers are offered: en, zh, or both.") },
	{ "time_zone", N_("Time zone"), SETTING_ZONE, "UTC", N_("The zone in which dates are shown and read, such as Asia/Shanghai.") },
	{ "comments_shown", N_("Comments under posts"), SETTING_FLAG, "yes", N_("Whether comments are shown under posts: yes or no.") },
	{ "search_engines", N_("Search engines may list the site"), SETTING_FLAG, "yes", N_("Whether search engines may list the site (robots.txt says so): yes or no.") },
	{ "second_factor", N_("Second factor"), SETTING_CHOICE, "off",
		N_("Who must type a code from an app when signing in: off, owners or editors. Whoever has none is asked to set it up first.") },
	{ 0 },
};

enum { SETTINGS = sizeof(settings) / sizeof(settings[0]) - 1 };

const struct setting *
setting_find(const char *name)
{
	for (size_t i = 0; i < SETTINGS; i++)
		if (str_equal(settings[i].name, name))
			return &settings[i];
	return NULL;
}

const struct field_choice *
setting_choices(const struct setting *setting)
{
	static const struct { const char *name; const struct field_choice *choices; } all[] = { { "second_factor", second_factor_choices } };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (str_equal(all[i].name, setting->name))
			return all[i].choices;
	abort(); /* the table above forgot one */
}

/* --- reading ---------------------------------------------------------------- */

/* Languages for which a value may be set; the first, "", is for all. */
static const char *const value_languages[] = { "", "en", "zh" };
enum { VALUE_LANGUAGES = sizeof(value_languages) / sizeof(value_languages[0]) };

struct setting_values {
	const char *values[SETTINGS][VALUE_LANGUAGES]; /* NULL: not set */
};

struct stored {
	const char *name, *lang, *value;
};
static const struct column stored_columns[] = {
	COLUMN_TEXT(struct stored, name),
	COLUMN_TEXT(struct stored, lang),
	COLUMN_TEXT(struct stored, value),
	{ 0 },
};
static const struct row stored_row = { sizeof(struct stored), stored_columns };

/* The place of a language in value_languages; of one that we do not know, that of all. */
static size_t
language_place(const char *lang)
{
	for (size_t i = 0; i < VALUE_LANGUAGES; i++)
		if (str_equal(value_languages[i], lang))
			return i;
	return 0;
}

/* Where a setting's values stand. */
static const char **
values_of(struct setting_values *values, const char *name)
{
	return values->values[setting_find(name) - settings];
}

/* What stands in for words that nobody has set, as their help says; in each language by itself. */
static enum status
stand_in(struct db *db, struct arena *arena, struct setting_values *values)
{
	const char **author = values_of(values, "author_name"), **description = values_of(values, "description");
	const char **seal = values_of(values, "seal"), **tagline = values_of(values, "tagline");
	struct user owner;

	if (str_empty(author[0])) {
		enum status status = user_owner(db, arena, &owner);
		if (status == OK)
			author[0] = owner.name;
		else if (status != NOT_FOUND)
			return status;
	}
	for (size_t i = 0; i < VALUE_LANGUAGES; i++) {
		if (str_empty(description[i]))
			description[i] = tagline[i];
		if (str_empty(seal[i]) && str_empty(seal[0]) && !str_empty(author[i])) {
			const char *end = author[i];
			(void)text_next(&end);
			seal[i] = arena_bytes(arena, author[i], (size_t)(end - author[i]));
		}
	}
	return OK;
}

QUERY_WITH(QUERY_SCANS, everything, "SELECT name, lang, value FROM setting");

enum status
setting_stored(struct db *db, struct arena *arena, struct setting_values **ret_values)
{
	struct setting_values *values = arena_new_of(arena, struct setting_values);
	struct stored *rows;
	size_t count;

	TRY(query_list(db, arena, everything, &stored_row, &rows, &count, BIND()));
	for (size_t i = 0; i < count; i++) {
		const struct setting *setting = setting_find(rows[i].name);
		size_t place = language_place(rows[i].lang);
		if (setting == NULL || !str_equal(value_languages[place], rows[i].lang))
			continue; /* of a later version, or of a language that is gone */
		values->values[setting - settings][place] = rows[i].value;
	}
	*ret_values = values;
	return OK;
}

enum status
setting_read(struct db *db, struct arena *arena, struct setting_values **ret_values)
{
	struct setting_values *values;

	TRY(setting_stored(db, arena, &values));
	TRY(stand_in(db, arena, values));
	*ret_values = values;
	return OK;
}

const char *
setting_own(const struct setting_values *values, const struct setting *setting, const char *lang)
{
	return values->values[setting - settings][language_place(lang)];
}

bool
setting_differs(const struct setting *setting)
{
	return setting->type == SETTING_LINE || setting->type == SETTING_TEXT || setting->type == SETTING_CHARACTER;
}

const char *
setting_value(const struct setting_values *values, const char *name, const char *lang)
{
	const struct setting *setting = setting_find(name);
	const char *const *found;

	if (setting == NULL) {
		(void)fprintf(stderr, "renown: there is no setting %s\n", name);
		abort();
	}
	found = values->values[setting - settings];
	if (found[language_place(lang)] != NULL)
		return found[language_place(lang)];
	return found[0] != NULL ? found[0] : setting->standard;
}

/* --- checking --------------------------------------------------------------- */

/* The fifth root of a number from 0 to 1 by Newton's method; keeps the maths library out of every program. */
static double
fifth_root(double number)
{
	double root = 1;

	for (int i = 0; i < 60; i++)
		root -= (root - number / (root * root * root * root)) / 5;
	return root;
}

/* One channel of sRGB as light: x to the power of 2.4, above a linear foot (WCAG 2.1, "relative luminance"). */
static double
linear(unsigned char channel)
{
	double part = channel / 255.0, x = (part + 0.055) / 1.055;

	if (part <= 0.04045)
		return part / 12.92;
	return x * x * fifth_root(x * x);
}

static double
luminance(const unsigned char colour[3])
{
	return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

/* WCAG 2.1, "contrast ratio". */
static double
contrast(const unsigned char a[3], const unsigned char b[3])
{
	double one = luminance(a) + 0.05, other = luminance(b) + 0.05;

	return one > other ? one / other : other / one;
}

static bool
read_colour(const char *value, unsigned char ret_colour[3])
{
	unsigned int red, green, blue;

	if (value[0] != '#' || strspn(value + 1, "0123456789abcdefABCDEF") != 6 || value[7] != '\0'
		|| sscanf(value + 1, "%2x%2x%2x", &red, &green, &blue) != 3)
		return false;
	ret_colour[0] = (unsigned char)red;
	ret_colour[1] = (unsigned char)green;
	ret_colour[2] = (unsigned char)blue;
	return true;
}

static const char *
colour_problem(struct arena *arena, const char *value)
{
	unsigned char colour[3];
	double found;

	if (!read_colour(value, colour))
		return N_("a colour is written as #rrggbb, such as #a8281c");
	found = contrast(colour, paper);
	if (found >= least_contrast)
		return NULL;
	/* Rounded down, so that nobody reads "4.5 is less than 4.5". */
	return arena_printf(arena, "the colour has a contrast of %.2f to 1 on the paper; 4.50 are needed, so choose a darker one",
		(double)(int)(found * 100) / 100);
}

/* Like clock_use_zone(), but without taking the zone into use. */
static bool
is_zone(const char *value)
{
	char path[128];
	int length = snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", value);
	char magic[4];
	FILE *file;
	bool found;

	if (str_equal(value, "UTC"))
		return true;
	if (str_empty(value) || value[0] == '/' || strstr(value, "..") != NULL || length >= (int)sizeof(path))
		return false;
	file = fopen(path, "rbe");
	if (file == NULL)
		return false;
	found = fread(magic, 1, sizeof(magic), file) == sizeof(magic) && memcmp(magic, "TZif", sizeof(magic)) == 0;
	(void)fclose(file);
	return found;
}

static const char *
text_problem(struct arena *arena, const char *value, enum text_kind kind, size_t most)
{
	char *accepted;

	if (!text_accept(arena, value, strlen(value), kind, &accepted))
		return kind == TEXT_LINE && strchr(value, '\n') != NULL ? N_("the value must be one line")
			: N_("the value holds bytes that are no text, or characters that nobody can see");
	if (text_length(accepted) > most)
		return arena_printf(arena, "the value is longer than %zu characters", most);
	return NULL;
}

const char *
setting_problem(struct arena *arena, const struct setting *setting, const char *value)
{
	const char *problem;

	switch (setting->type) {
	case SETTING_LINE:
		return text_problem(arena, value, TEXT_LINE, SETTING_LINE_MOST);
	case SETTING_TEXT:
		return text_problem(arena, value, TEXT_BLOCK, SETTING_TEXT_MOST);
	case SETTING_CHARACTER:
		problem = text_problem(arena, value, TEXT_LINE, SETTING_LINE_MOST);
		if (problem == NULL && (text_length(value) > 1 || (*value != '\0' && *text_collapse(arena, value) == '\0')))
			problem = N_("the value must be one character, or nothing");
		return problem;
	case SETTING_LANGUAGE:
		return str_equal(value, "en") || str_equal(value, "zh") ? NULL : N_("the value must be en or zh");
	case SETTING_LANGUAGES:
		return str_equal(value, "en") || str_equal(value, "zh") || str_equal(value, "en zh") ? NULL
			: "the value must be en, zh or \"en zh\"";
	case SETTING_ZONE:
		return is_zone(value) ? NULL : N_("the system knows no such time zone; try one such as Europe/Berlin or Asia/Shanghai");
	case SETTING_COLOUR:
		return colour_problem(arena, value);
	case SETTING_CHOICE:
		for (const struct field_choice *choice = setting_choices(setting); choice->value != NULL; choice++)
			if (str_equal(value, choice->value))
				return NULL;
		return N_("the value must be one of those that are offered");
	case SETTING_FLAG:
		return str_equal(value, "yes") || str_equal(value, "no") ? NULL : N_("the value must be yes or no");
	}
	abort();
}

/* --- writing ---------------------------------------------------------------- */

QUERY(put,
	"INSERT INTO setting (name, lang, value, updated) VALUES (:name, :lang, :value, :now)"
	" ON CONFLICT (name, lang) DO UPDATE SET value = excluded.value, updated = excluded.updated");
QUERY(drop, "DELETE FROM setting WHERE name = :name AND lang = :lang");

enum status
setting_save(struct db *db, const char *name, const char *lang, const char *value)
{
	if (lang == NULL)
		lang = "";
	if (value == NULL)
		return query_run(db, drop, BIND(TEXT("name", name), TEXT("lang", lang)));
	return query_run(db, put, BIND(TEXT("name", name), TEXT("lang", lang), TEXT("value", value),
		INT("now", clock_now())));
}
