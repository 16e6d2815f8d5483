/*
 * How moderation rules match: no I/O, no database. Both sides are folded as in search (NFKC, case, no accents), so width
 * and case do not matter. `*` stands for any characters; in a word, for any but white space.
 *
 *   word      the text. Letters of scripts with spaces match whole words: "loan" is not in "loans", but "loan*" is. A
 *             Chinese, Japanese or Korean word matches anywhere. White space in a rule matches any white space.
 *   name      the whole name of the author
 *   address   the whole email address that a guest typed, or the whole address of a link, with or without "https://"
 *   host      the host of a link; without `*` also everything below it: "example.org" is also "www.example.org"
 */
#ifndef STORE_MODERATION_RULE_MATCH_H
#define STORE_MODERATION_RULE_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/* Addresses after this number in one text are not read; a text with that many is held for its links. */
enum { RULE_LINKS_MAX = 200 };

/* What rules look at, folded. */
struct rule_subject {
	const char *text, *name, *email;
	const char *const *links; /* whole addresses, of the text and then of the field for a link */
	const char *const *hosts; /* of the same links; without port and user */
	size_t link_count;
};

/* Folds what somebody wrote, in the arena. All strings may be "". */
void rule_subject_read(struct arena *arena, const char *text, const char *name, const char *email, const char *link,
	struct rule_subject *ret_subject);

/* What a rule's pattern is about. */
enum rule_field { RULE_WORD = 1, RULE_NAME, RULE_ADDRESS, RULE_HOST };

/* The pattern as it is stored and matched: folded, trimmed, single spaces. In the arena. */
const char *rule_pattern(struct arena *arena, const char *typed);

/*
 * Whether a pattern is useful: it contains a letter, a digit or another character besides white space and `*`, and at
 * most RULE_STARS_MAX stars.
 */
enum { RULE_STARS_MAX = 8 };
bool rule_pattern_is_valid(const char *pattern);

/* Whether a pattern, as rule_pattern() returned it, matches. Takes time in proportion to the length of the text. */
bool rule_match(enum rule_field field, const char *pattern, const struct rule_subject *subject);

#endif
