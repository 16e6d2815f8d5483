/*
 * The bin: posts that their author threw away, kept for 30 days. Such a post is withdrawn as well, so that nothing shows it;
 * viewer_may() refuses it to everybody, and only the desk finds it. All of this runs in a write transaction.
 */
#ifndef STORE_POST_TRASH_H
#define STORE_POST_TRASH_H

#include "store/post/post.h"

enum { TRASH_DAYS = 30, TRASH_SECONDS = TRASH_DAYS * 24 * 3600 };

/* Throws a post away; OK when it lies there already. */
enum status trash_put(struct db *db, struct arena *arena, int64_t id, int64_t user_id, int64_t now);

/* Gives it back the state that it had, and its time; NOT_FOUND when it is not in the bin. */
enum status trash_restore(struct db *db, struct arena *arena, int64_t id, int64_t user_id, int64_t now);

/*
 * Deletes it for good, with its versions and comments; files stay in the media library. Its translations stay together.
 * NOT_FOUND when it is not in the bin: nothing is deleted that was not thrown away before.
 */
enum status trash_delete(struct db *db, struct arena *arena, int64_t id);

/* Posts that have been in the bin since before that time, oldest first; at most limit. */
enum status trash_due(struct db *db, struct arena *arena, int64_t before, int64_t limit, struct post **ret_posts,
	size_t *ret_count);

#endif
