/*
 * The site's settings. One table defines the name, type, default and help of each. Forms, `renown setting` and the
 * documentation are generated from it.
 */
#ifndef STORE_SETTING_H
#define STORE_SETTING_H

#include <stdbool.h>

#include "store/db/db.h"

enum setting_type {
	SETTING_LINE,     /* one line of text; may differ by language */
	SETTING_TEXT,     /* Markdown; may differ by language */
	SETTING_LANGUAGE, /* en or zh */
	SETTING_LANGUAGES,/* "en", "zh" or "en zh" */
	SETTING_ZONE,     /* the name of a time zone, such as Asia/Shanghai */
	SETTING_COLOUR,   /* #rrggbb, with enough contrast to the light page background */
	SETTING_COLOUR_DARK, /* the same for the dark page background */
	SETTING_FLAG,     /* yes or no */
	SETTING_NUMBER,   /* a whole number, not below 0 */
	SETTING_COUNT,    /* 1 to 50 */
	SETTING_CHARACTER,/* one character, such as the logo letter; may differ by language */
	SETTING_LINKS,    /* a menu, one item per line; may differ by language */
	SETTING_PICTURE,  /* a path below the media folder, or "" */
	SETTING_CHOICE,   /* one of the setting's choices */
	SETTING_THEME,    /* the name of a theme, never a path; page/theme/theme_list.h lists them */
};

/* The groups of settings in the forms. */
enum setting_group { GROUP_GENERAL = 1, GROUP_BRANDING, GROUP_THEME, GROUP_NAVIGATION, GROUP_LANGUAGE, GROUP_MEMBERSHIP, GROUP_COMMENTS, GROUP_STORAGE, SETTING_GROUPS };
struct setting_group_name {
	enum setting_group group;
	const char *slug, *label; /* in URLs; in English for lang_text() */
};

/* All groups, in the order of the forms, ended by a NULL slug. */
extern const struct setting_group_name setting_groups[];

enum { SETTING_LINE_MAX = 500, SETTING_TEXT_MAX = 20000 }; /* characters */
enum { SETTING_LINKS_MAX = 12, SETTING_NUMBER_MAX = 1000 * 1000 * 1000, SETTING_COUNT_MAX = 50 };

/* WCAG 2.1, success criterion 1.4.3. */
#define SETTING_CONTRAST_MIN 4.5

struct field_choice; /* core/field.h */

struct setting {
	const char *name;
	enum setting_group group;
	const char *label;    /* in English for lang_text(), like help */
	enum setting_type type;
	const char *default_value; /* the default value */
	const char *help;         /* for the form, which shows choices by their labels */
	const char *command_help; /* for `renown setting`, where values are typed; NULL: the same text. English only, like the command */
};

/* Whether the value can differ by language. */
bool setting_differs(const struct setting *setting);

/* Whether the value can have several lines. */
bool setting_has_lines(const struct setting *setting);

/* Describes the values of a setting in English, such as "a number from 1 to 50". May be in the arena. */
const char *setting_type_text(struct arena *arena, const struct setting *setting);

/* The choices of a SETTING_CHOICE, ended by a NULL value. Aborts for another type. */
const struct field_choice *setting_choices(const struct setting *setting);

/* All settings, ended by a NULL name. */
extern const struct setting settings[];

/* The setting of that name, or NULL. */
const struct setting *setting_find(const char *name);

/* The help text for `renown setting` and its manual page. */
const char *setting_command_help(const struct setting *setting);

/* Former names of settings, ended by a NULL old. */
struct setting_old_name {
	const char *old, *name;
};
extern const struct setting_old_name setting_old_names[];

/* The setting with this former name, or NULL. No other function accepts a former name. A caller that does prints the new one. */
const struct setting *setting_renamed(const char *old_name);

/* All values at one time, in the arena. Some empty settings are filled in from others, as their help says. */
struct setting_values;
enum status setting_read(struct db *db, struct arena *arena, struct setting_values **ret_values);

/*
 * The value for a language: the one set for that language, else the one set for all languages, else the default. lang
 * may be "". Aborts for a name that is not in the table.
 */
const char *setting_value(const struct setting_values *values, const char *name, const char *lang);

/* Reads all values without filling in empty ones, for forms. */
enum status setting_stored(struct db *db, struct arena *arena, struct setting_values **ret_values);

/* The value that was set for exactly this language ("": for all), or NULL. */
const char *setting_for_language(const struct setting_values *values, const struct setting *setting, const char *lang);

/*
 * Returns NULL when the value is valid for the setting, otherwise a message in English for lang_text(). May be in the
 * arena.
 */
const char *setting_problem(struct arena *arena, const struct setting *setting, const char *value);

/* Whether this can be the name of a theme: lower-case letters, digits and hyphens, so it is never a path. */
bool setting_is_theme(const char *name);
enum { SETTING_THEME_MAX = 40 };

/*
 * The contrast ratio, to 1, of a colour to the light or dark page background, rounded down. False when the text is
 * not a colour.
 */
bool setting_contrast(const char *value, bool dark, double *ret_contrast);

/* The value of a SETTING_COUNT; the default when the stored value is not valid. */
size_t setting_count(const struct setting_values *values, const char *name);

/* An item of a menu. */
struct setting_link {
	const char *words, *address; /* label; a local path, or a URL with https:// */
};

/*
 * Parses a SETTING_LINKS value into ret_links, which has room for SETTING_LINKS_MAX, and returns their number. Skips
 * lines that are not valid.
 */
size_t setting_links(struct arena *arena, const char *value, struct setting_link *ret_links);

/*
 * Sets a value, or removes it (value NULL), inside a write transaction, with a line in the audit log when it changes.
 * lang NULL or "": for all languages. The caller has checked the value with setting_problem().
 */
enum status setting_save(struct db *db, const char *name, const char *lang, const char *value);

#endif
