/*
 * The trash: posts that their author deleted, kept for 30 days. A post in the trash is also unpublished, so that no
 * list shows it. viewer_may() refuses it to everyone, and only its authors' lists and forms find it. All functions
 * must be called inside a write transaction.
 */
#ifndef STORE_POST_TRASH_H
#define STORE_POST_TRASH_H

#include "store/post/post.h"

enum { TRASH_DAYS = 30, TRASH_SECONDS = TRASH_DAYS * 24 * 3600 };

/* Moves a post to the trash; OK when it is there already. */
enum status trash_put(struct db *db, struct arena *arena, int64_t id, int64_t user_id, int64_t now);

/* Restores a post with its former state and publish date; NOT_FOUND when it is not in the trash. */
enum status trash_restore(struct db *db, struct arena *arena, int64_t id, int64_t user_id, int64_t now);

/*
 * Deletes a post permanently, with its versions and comments. Files stay in the media library, and its translations
 * stay together. NOT_FOUND when it is not in the trash: only posts in the trash are deleted.
 */
enum status trash_delete(struct db *db, struct arena *arena, int64_t id);

/* Lists posts that were moved to the trash before that time, oldest first; at most limit. In the arena. */
enum status trash_due(struct db *db, struct arena *arena, int64_t before, int64_t limit, struct post **ret_posts,
	size_t *ret_count);

#endif
