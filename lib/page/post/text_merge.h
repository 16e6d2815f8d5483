/*
 * Texts that were changed apart: put together (three-way merge), and compared by words. Both by libgit2, whose xdiff bounds the
 * work on any text; it is given texts only, and no repository.
 */
#ifndef PAGE_POST_TEXT_MERGE_H
#define PAGE_POST_TEXT_MERGE_H

#include <stddef.h>

#include "core/arena.h"
#include "core/status.h"

/* What stands, as a paragraph of its own, before, between and behind two ways of saying the same place. One line each. */
struct text_merge_marks {
	const char *mine, *theirs, *end;
};

/*
 * base: what both began with. What only one of them changed is taken over; where both changed the same lines, both stand in the
 * text, between the marks, and *ret_conflicts counts such places. All texts are valid and without NUL. FAULT when libgit2 fails.
 */
enum status text_merge_texts(struct arena *arena, const char *base, const char *mine, const char *theirs,
	const struct text_merge_marks *marks, char **ret_text, size_t *ret_conflicts);

/* --- comparing ------------------------------------------------------------------ */

enum text_merge_change { CHANGE_SAME = 1, CHANGE_OUT, CHANGE_IN };

/* A piece of the one text, the other, or both. */
struct change_piece {
	enum text_merge_change change;
	const char *text;
};

/*
 * The pieces of two texts in order: those that are the same give both texts together with what went out, or came in. Words are
 * compared whole, and Chinese by character.
 */
enum status text_merge_compare(struct arena *arena, const char *before, const char *after, struct change_piece **ret_pieces,
	size_t *ret_count);

#endif
