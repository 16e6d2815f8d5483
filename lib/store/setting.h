/*
 * The site's own words and choices: one table says each one's name, type,
 * default and help. Forms, `renown setting` and the docs come from it.
 */
#ifndef STORE_SETTING_H
#define STORE_SETTING_H

#include <stdbool.h>

#include "store/db.h"

enum setting_type {
	SETTING_LINE,     /* one line of text; may differ by language */
	SETTING_TEXT,     /* Markdown; may differ by language */
	SETTING_LANGUAGE, /* en or zh */
	SETTING_LANGUAGES,/* "en", "zh" or "en zh" */
	SETTING_ZONE,     /* a name such as Asia/Shanghai */
	SETTING_COLOUR,   /* #rrggbb, with enough contrast on the paper */
	SETTING_FLAG,     /* yes or no */
	SETTING_CHARACTER,/* one character, as in the seal; may differ by language */
	SETTING_CHOICE,   /* one of the setting's choices */
};

enum { SETTING_LINE_MOST = 500, SETTING_TEXT_MOST = 20000 }; /* characters */

struct field_choice; /* core/field.h */

struct setting {
	const char *name;
	const char *label;    /* in English for lang_text(), like help */
	enum setting_type type;
	const char *standard; /* the value while none is set */
	const char *help;
};

/* Whether each language may have a value of its own. */
bool setting_differs(const struct setting *setting);

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

/* Sets (value) or removes (NULL) a value, inside a write transaction. Checked by the caller. */
enum status setting_save(struct db *db, const char *name, const char *lang, const char *value);

#endif
