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

/* Rules of a site; characters; comments that a rule is tested on; examples that the test returns. */
enum { RULES_MAX = 500, RULE_PATTERN_MAX = 200, RULE_NOTE_MAX = 500, RULE_TEST_COMMENTS = 10000, RULE_TEST_SHOWN = 50 };

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

/* Lists all rules, the oldest first. In the arena. */
enum status rule_list(struct db *db, struct arena *arena, struct rule **ret_rules, size_t *ret_count);

/* Reads one rule. NOT_FOUND. */
enum status rule_by_id(struct db *db, struct arena *arena, int64_t id, struct rule *ret_rule);

/*
 * Adds a rule, inside a private write transaction, with a line in the audit log. INVALID: an unknown field or action, a
 * pattern without characters or with too many stars. CONFLICT: there is one with this field and pattern; the transaction
 * is then over. TOO_MANY: the site has RULES_MAX.
 */
enum status rule_add(struct db *db, struct arena *arena, const struct rule *rule, int64_t *ret_id);

/* Removes a rule, likewise. NOT_FOUND. */
enum status rule_remove(struct db *db, struct arena *arena, int64_t id);

/* A comment that a rule would have matched, and how it was decided. */
struct rule_match_found {
	int64_t id, created;
	const char *name, *text, *state;
};
struct rule_test {
	size_t read, matches;          /* comments */
	size_t shown, held, refused;   /* of the matches: in the state shown; held or hidden; rejected, spam or deleted */
	struct rule_match_found found[RULE_TEST_SHOWN]; /* the newest of the matches */
	size_t found_count;
};

/*
 * Tries a pattern on the newest RULE_TEST_COMMENTS comments. Email addresses are not stored with comments, so a rule for
 * addresses is tried on links only. Reads only.
 */
enum status rule_try(struct db *db, struct arena *arena, enum rule_field field, const char *pattern, struct rule_test *ret_test);

#endif
