/*
 * Moderation rules: what a comment may not contain. A rule matches words of the text, the author's name, an address
 * (the email address that was typed, or the address of a link) or the host of a link; plain, or with `*` for any
 * characters. Both sides are folded as in search, so width and case do not matter. A Chinese word matches anywhere; a
 * word in a script with spaces matches whole words.
 */
#ifndef STORE_MODERATION_RULE_H
#define STORE_MODERATION_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What rules look at, folded. Filled by rule_subject_read(). */
struct rule_subject {
	const char *text, *name, *email;
	const char *const *links; /* whole addresses */
	const char *const *hosts; /* of the same links */
	size_t link_count;
};

struct rule {
	int64_t id;
	const char *field;   /* word, name, address or host */
	const char *pattern; /* folded */
	const char *action;  /* hold, spam or refuse */
	const char *note;    /* the reason, for moderators and for a refused author */
	int64_t created, created_by;
};

#endif
