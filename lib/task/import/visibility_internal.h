/* Between the table of keys and what reads their values. */
#ifndef TASK_IMPORT_VISIBILITY_INTERNAL_H
#define TASK_IMPORT_VISIBILITY_INTERNAL_H

#include "task/import/visibility.h"

/* What the value of a key says. */
enum meaning {
	HIDES = 1, /* true: not public */
	SHOWS,     /* false: not public */
	CHOOSES,   /* the same; and true is what its system asks for before it shows anything */
	STATES,    /* a word: draft, published, scheduled … */
	ADMITS,    /* a word or a list of words: public, members, paid, private … */
	MEMBERS,   /* true: for members */
	PAID,      /* true: for those who pay */
	LOCKS,     /* any value: not public, and the value is a secret */
	BEGINS,    /* a time: not public before */
	BEGAN,     /* the same; without a time it is not public yet */
	ENDS,      /* a time: not public after */
	ROBOTS,    /* words for search engines */
	KINDS,     /* what the post is: a draft, or something else that says nothing about it */
	EXISTS,    /* its address, or false */
	HOLDS,     /* a map with such keys */
};

struct visibility_rule {
	const char *key; /* as frontmatter_same_name() compares it, without '-' and '_' */
	enum meaning meaning;
	int loose;       /* not 0: only a value that clearly says "not public" counts */
};

/* The rule for a key, or NULL. */
const struct visibility_rule *visibility_rule_of(const char *key);

/* What a word says about who may see a text. */
enum visibility_reach { REACH_UNKNOWN, REACH_NOBODY, REACH_PAID, REACH_MEMBERS, REACH_ALL };
enum visibility_reach visibility_reach_of(struct arena *arena, const char *text);

#endif
