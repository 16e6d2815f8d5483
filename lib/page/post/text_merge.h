/*
 * Three-way merge of texts, and comparison word by word. Both use libgit2, whose xdiff limits the work for any text. It
 * is given texts only, no repository.
 */
#ifndef PAGE_POST_TEXT_MERGE_H
#define PAGE_POST_TEXT_MERGE_H

#include <stddef.h>

#include "core/arena.h"
#include "core/status.h"

/*
 * The lines around the two versions of a conflict. Each becomes a paragraph: before mine, between both, and after
 * theirs.
 */
struct text_merge_marks {
	const char *mine, *theirs, *end;
};

/*
 * Merges mine and theirs, which both started from base. A change by only one of them is applied. Where both changed the
 * same lines, both versions are kept between the marks, and *ret_conflicts counts these places. All texts are valid
 * UTF-8 without NUL. FAULT, logged, when libgit2 fails.
 */
enum status text_merge_lines(struct arena *arena, const char *base, const char *mine, const char *theirs,
	const struct text_merge_marks *marks, char **ret_text, size_t *ret_conflicts);

/* --- comparing ------------------------------------------------------------------ */

enum text_merge_change { CHANGE_SAME = 1, CHANGE_OUT, CHANGE_IN };

/* A piece of both texts, or of only the earlier (CHANGE_OUT) or later (CHANGE_IN) one. */
struct change_piece {
	enum text_merge_change change;
	const char *text;
};

/*
 * Splits two texts into pieces, in order. CHANGE_SAME and CHANGE_OUT together give the earlier text, CHANGE_SAME and
 * CHANGE_IN the later one. Words are compared as a whole, Chinese by character. FAULT, logged, when libgit2 fails.
 */
enum status text_merge_compare(struct arena *arena, const char *before, const char *after, struct change_piece **ret_pieces,
	size_t *ret_count);

#endif
