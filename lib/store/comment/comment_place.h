/*
 * The place of comments in their thread, and the stored numbers that follow from it: comment.listed, comment.replies, table thread,
 * post.comment_step. Private to lib/store/comment. All inside a write transaction.
 */
#ifndef STORE_COMMENT_PLACE_H
#define STORE_COMMENT_PLACE_H

#include "store/comment/comment.h"

/* What changes in the row of a post's thread. */
struct thread_change {
	int shown, waiting; /* are added to the numbers */
	bool seen;          /* readers see the change */
};

/* Writes the change to the row of the thread, which is created when it is missing, and to post.comment_step. */
enum status thread_change(struct db *db, int64_t post_id, const struct thread_change *change);

/* Adds a comment to its thread, with the comments above it that are not in it. */
enum status comment_place(struct db *db, struct arena *arena, const struct comment *comment);

/*
 * Removes a comment that is no longer shown from its thread, unless a reply to it has one, and then those of placeholders above it that have no
 * other reply. Rows in the state deleted that have no reply at all are removed.
 */
enum status comment_displace(struct db *db, struct arena *arena, int64_t id);

#endif
