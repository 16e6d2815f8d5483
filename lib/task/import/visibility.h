/*
 * Who could see a text in its own system, as far as its front matter says. Each system has its own words for it. All
 * known keys are in one table (visibility_keys.c). A key of the table with an unknown value counts as "not public".
 *
 * This site has no unlisted posts, no passwords for single posts, and no end dates. Texts with these become drafts, or
 * are unpublished when their end date has passed.
 */
#ifndef TASK_IMPORT_VISIBILITY_H
#define TASK_IMPORT_VISIBILITY_H

#include <stdbool.h>
#include <stdint.h>

#include "task/frontmatter/data_node.h"

/* The meaning of one key, for the report. */
struct visibility_note {
	const char *words;  /* in English for lang_text(): its meaning and the result for the post */
	const char *detail; /* such as "status: private"; never the value of a password */
	int line;
	enum visibility_kind {
		VISIBILITY_HIDDEN = 1, /* it became a draft */
		VISIBILITY_ACCESS,     /* its access is restricted */
		VISIBILITY_LATER,      /* it is published at a later time */
		VISIBILITY_ENDED,      /* its end date has passed */
		VISIBILITY_ENDS,       /* its end date is in the future */
	} kind;
};

/* The result for one text. */
struct visibility {
	bool hidden;        /* it was not public, was not listed, or this is unknown */
	bool ended;         /* it was public until a time that has passed */
	bool shown;         /* something says that it is public */
	bool chosen;        /* "publish: true", which its system requires for public texts */
	bool is_foreign;    /* access was set by a key of another system, where <!--more--> opens nothing */
	const char *access; /* "public", "members" or "paid": the strictest value found */
	int64_t from;       /* not public before this time (Unix seconds), or 0 */
	struct visibility_note *notes;
	size_t note_count, room;
};

/* The initial value: public, without notes. */
struct visibility visibility_init(void);

/*
 * Adds what the keys of a map say, at the time now. origin is the file that contains them, if it is not the text's own
 * file ("posts/_index.md"); it is then part of each detail. Notes live in the arena.
 */
void visibility_read(struct arena *arena, const struct data_node *values, const char *source, int64_t now, struct visibility *visibility);

/* Adds a note. VISIBILITY_HIDDEN also marks the text as not public. */
void visibility_add(struct arena *arena, struct visibility *visibility, enum visibility_kind kind, const char *words, int line,
	const char *detail);

/* The same for a key that is not in the table: hidden when its value is a word such as "draft" or "private". */
void visibility_read_unknown(struct arena *arena, const char *key, const struct data_node *node, struct visibility *visibility);

/* True when the table has this key. */
bool visibility_knows(const char *key);

#endif
