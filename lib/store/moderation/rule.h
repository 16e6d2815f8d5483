/*
 * Moderation rules (table moderation_rule): what makes a comment be held, kept as spam or refused, and why. rule_match.h
 * says how they match.
 */
#ifndef STORE_MODERATION_RULE_H
#define STORE_MODERATION_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/field.h"
#include "store/db/db.h"
#include "store/moderation/rule_match.h"

enum { RULES_MAX = 500, RULE_PATTERN_MAX = 200, RULE_NOTE_MAX = 500 }; /* rules of a site; characters */

struct rule {
	int64_t id;
	const char *field;   /* word, name, address or host */
	const char *pattern; /* as rule_pattern() returns it */
	const char *action;  /* hold, spam or refuse */
	const char *note;    /* the reason: for moderators, and for the author of a refused comment */
	int64_t created;     /* Unix seconds */
	int64_t created_by;  /* the moderator, or 0 */
};

/* The values of the columns field and action, with their names in English for lang_text(). */
extern const struct field_choice rule_fields[], rule_actions[];

/* The field of a rule; 0 for an unknown word. */
enum rule_field rule_field_of(const char *field);

#endif
