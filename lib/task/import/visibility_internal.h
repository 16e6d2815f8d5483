/*
 * Shared by visibility.c (evaluates values) and visibility_keys.c (the table of keys).
 * Private to both.
 */
#ifndef TASK_IMPORT_VISIBILITY_INTERNAL_H
#define TASK_IMPORT_VISIBILITY_INTERNAL_H

#include "task/import/visibility.h"

/* The meaning of a key's value. */
enum meaning {
	HIDES = 1, /* true: not public */
	SHOWS,     /* false: not public */
	CHOOSES,   /* the same; its system shows a text only if it is true */
	STATES,    /* a word: draft, published, scheduled … */
	ADMITS,    /* a word or a list of words: public, members, paid, private … */
	MEMBERS,   /* true: for members */
	PAID,      /* true: for paying members */
	LOCKS,     /* any value: not public, and the value is a secret */
	BEGINS,    /* a time: not public before */
	BEGAN,     /* the same; without a time: not public */
	ENDS,      /* a time: not public after */
	ROBOTS,    /* words for search engines */
	KINDS,     /* the kind of the post; only kinds such as "draft" matter */
	EXISTS,    /* an address, or false: not public */
	HOLDS,     /* a map with such keys */
};

struct visibility_rule {
	const char *key; /* compared by frontmatter_same_name(); written without '-' and '_' */
	enum meaning meaning;
	int loose;       /* not 0: only a value that clearly says "not public" counts */
};

/* The rule for a key, or NULL. */
const struct visibility_rule *visibility_rule_of(const char *key);

/* Who may see a text, according to a word. */
enum visibility_reach { REACH_UNKNOWN, REACH_NOBODY, REACH_PAID, REACH_MEMBERS, REACH_ALL };
enum visibility_reach visibility_reach_of(struct arena *arena, const char *text);

#endif
