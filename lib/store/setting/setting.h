/*
 * The site's own words and choices: one table says each one's name, type,
 * default and help. Forms, `renown setting` and the docs come from it.
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
	SETTING_ZONE,     /* a name such as Asia/Shanghai */
	SETTING_COLOUR,   /* #rrggbb, with enough contrast on the paper */
	SETTING_COLOUR_DARK, /* the same on the dark one */
	SETTING_FLAG,     /* yes or no */
	SETTING_NUMBER,   /* a whole number, not below 0 */
	SETTING_COUNT,    /* 1 to 50 */
	SETTING_CHARACTER,/* one character, as in the seal; may differ by language */
	SETTING_LINKS,    /* a menu: a line for each entry; may differ by language */
	SETTING_PICTURE,  /* a path below the media folder, or nothing */
	SETTING_CHOICE,   /* one of the setting's choices */
	SETTING_THEME,    /* the name of a theme, never a path; which there are is known to page/theme/theme_list.h */
};

/* Where a setting stands in the forms. */
enum setting_group { GROUP_GENERAL = 1, GROUP_BRANDING, GROUP_APPEARANCE, GROUP_NAVIGATION, GROUP_LANGUAGE, GROUP_MEMBERSHIP, GROUP_STORAGE, SETTING_GROUPS };
struct setting_group_name {
	enum setting_group group;
	const char *slug, *label; /* in addresses; in English for lang_text() */
};

/* All groups in the order of the forms, ended by a NULL slug. */
extern const struct setting_group_name setting_groups[];

enum { SETTING_LINE_MOST = 500, SETTING_TEXT_MOST = 20000 }; /* characters */
enum { SETTING_LINKS_MOST = 12, SETTING_NUMBER_MOST = 1000 * 1000 * 1000, SETTING_COUNT_MOST = 50 };

/* WCAG 2.1, success criterion 1.4.3. */
#define SETTING_CONTRAST_LEAST 4.5

struct field_choice; /* core/field.h */

struct setting {
	const char *name;
	enum setting_group group;
	const char *label;    /* in English for lang_text(), like help */
	enum setting_type type;
	const char *standard; /* the value while none is set */
	const char *help;
};

/* Whether each language may have a value of its own. */
bool setting_differs(const struct setting *setting);

/* Whether its value may have several lines. */
bool setting_has_lines(const struct setting *setting);

/* What a value of it is, in English words, such as "a number from 1 to 50". */
const char *setting_type_words(struct arena *arena, const struct setting *setting);

/* What a SETTING_CHOICE may be; ended by a NULL value. */
const struct field_choice *setting_choices(const struct setting *setting);

/* All settings, ended by a NULL name. */
extern const struct setting settings[];

/* The setting of that name, or NULL. */
const struct setting *setting_find(const char *name);

/*
 * All values at one time, in the arena: read once, asked often. Some words stand in for others
 * that nobody has set, as the help of those says.
 */
struct setting_values;
enum status setting_read(struct db *db, struct arena *arena, struct setting_values **ret_values);

/*
 * A value in a language: the one for that language, else the one for all, else
 * the default. lang may be "". A name that is not in the table ends the process.
 */
const char *setting_value(const struct setting_values *values, const char *name, const char *lang);

/* The same without what stands in for words that nobody has set: for forms. */
enum status setting_stored(struct db *db, struct arena *arena, struct setting_values **ret_values);

/* What was set for exactly that language ("": for all); NULL: nothing. */
const char *setting_own(const struct setting_values *values, const struct setting *setting, const char *lang);

/* NULL when the value fits the setting, else what is wrong, in a sentence. */
const char *setting_problem(struct arena *arena, const struct setting *setting, const char *value);

/* Whether a theme could have that name: small letters, digits and hyphens, so that it is never a path. */
bool setting_is_theme(const char *name);
enum { SETTING_THEME_MOST = 40 };

/* The contrast of a colour on the paper, to 1; false when it is no colour. */
bool setting_contrast(const char *value, bool dark, double *ret_contrast);

/* A SETTING_COUNT; what stands in the store and is none counts as the default. */
size_t setting_count(const struct setting_values *values, const char *name);

/* An entry of a menu. */
struct setting_link {
	const char *words, *address; /* a local path, or https:// and so on */
};

/* The entries of a SETTING_LINKS value, into room for SETTING_LINKS_MOST; lines that are none are passed over. */
size_t setting_links(struct arena *arena, const char *value, struct setting_link *ret_links);

/* Sets (value) or removes (NULL) a value, inside a write transaction. Checked by the caller. */
enum status setting_save(struct db *db, const char *name, const char *lang, const char *value);

#endif
