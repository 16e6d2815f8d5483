/*
 * Who could see a text where it comes from, as far as its front matter says. Every system has words of its own for it; all that
 * we know stand in one table (visibility.c). A key of that table with a value that we do not know counts as "not public".
 *
 * This site has neither unlisted posts nor passwords for single posts nor a time at which a post ends: what had those becomes a draft,
 * or is unpublished when its end has come.
 */
#ifndef TASK_IMPORT_VISIBILITY_H
#define TASK_IMPORT_VISIBILITY_H

#include <stdbool.h>
#include <stdint.h>

#include "task/frontmatter/data_node.h"

/* What one key said, for the report. */
struct visibility_note {
	const char *words;  /* in English for lang_text(): what it means and what became of the post */
	const char *detail; /* "status: private"; no value of a password */
	int line;
	enum visibility_kind {
		VISIBILITY_HIDDEN = 1, /* it became a draft */
		VISIBILITY_ACCESS,     /* not everybody may read it */
		VISIBILITY_LATER,      /* it is published at a time of its own */
		VISIBILITY_ENDED,      /* its end has come */
		VISIBILITY_ENDS,       /* its end is to come */
	} kind;
};

struct visibility {
	bool hidden;        /* it was not public, or had no place in lists, or it cannot be known */
	bool ended;         /* it was public until a time that has come */
	bool shown;         /* something says that it is public */
	bool chosen;        /* "publish: true": its system shows only what says so */
	bool is_foreign;    /* access was named by a key of another system, to which <!--more--> opened nothing */
	const char *access; /* "public", "members" or "paid": the strictest that was named */
	int64_t from;       /* not to be seen before, or 0 */
	struct visibility_note *notes;
	size_t note_count, room;
};

/* Nothing is said yet. */
struct visibility visibility_init(void);

/*
 * Adds what the keys of a map say, at the time now. origin: where they stand, if not in the text's own file ("posts/_index.md");
 * it then is part of each detail. Notes live in the arena.
 */
void visibility_read(struct arena *arena, const struct data_node *values, const char *source, int64_t now, struct visibility *visibility);

/* Adds one more note. VISIBILITY_HIDDEN: it was not public for that reason. */
void visibility_add(struct arena *arena, struct visibility *visibility, enum visibility_kind kind, const char *words, int line,
	const char *detail);

/* The same of a key that the table does not have: hidden when its value is a word such as "draft" or "private". */
void visibility_read_unknown(struct arena *arena, const char *key, const struct data_node *node, struct visibility *visibility);

/* Whether the table has that key. */
bool visibility_knows(const char *key);

#endif
