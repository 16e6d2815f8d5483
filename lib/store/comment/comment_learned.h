/*
 * What the spam classifier learned from a comment: its label (comment.learned) and, if the comment was edited since, the text that was
 * learned (table comment_learned). So learning can be undone exactly after an edit. Such texts are kept for 30 days, like
 * other texts from before an edit. In a write transaction; readers see no difference.
 */
#ifndef STORE_COMMENT_LEARNED_H
#define STORE_COMMENT_LEARNED_H

#include "store/comment/comment.h"

enum { COMMENT_LEARNED_KEPT = 30 * 24 * 3600 };

/* To be called before the text changes. Keeps the present text if the classifier learned it and no earlier text is kept. */
enum status comment_learned_keep(struct db *db, const struct comment *comment, int64_t now);

/* The text that was learned: the kept one, or that of the comment. In the arena. */
enum status comment_learned_text(struct db *db, struct arena *arena, const struct comment *comment, const char **ret_text);

/* Records that the comment's present text was learned as label ("", spam or ham), and removes the kept one. */
enum status comment_learned_set(struct db *db, int64_t comment_id, const char *label);

/* Removes the kept text, when the comment is deleted. */
enum status comment_learned_forget(struct db *db, int64_t comment_id);

/*
 * Deletes kept texts after COMMENT_LEARNED_KEPT, at most 100. What was learned from them stays, and can't be undone any
 * more: the comment counts as not learned.
 */
enum status comment_learned_sweep(struct db *db, int64_t now);
/* Whether comment_learned_sweep() would change anything. Reads only. */
enum status comment_learned_is_due(struct db *db, int64_t now, bool *ret_due);

#endif
