/*
 * Comments of posts, as readers see them. Programs for posting and moderating comments do
 * not exist yet.
 */
#ifndef STORE_COMMENT_H
#define STORE_COMMENT_H

#include <stdbool.h>

#include "store/db/db.h"

struct comment {
	int64_t id, post_id, parent_id, user_id;
	const char *name;
	const char *text;  /* as typed by the author */
	const char *xhtml; /* rendered from text by the site's own renderer */
	int64_t created;
};

/*
 * Lists the first 200 comments of a post in the state "shown", oldest first. In the
 * arena.
 */
enum status comment_list_shown(struct db *db, struct arena *arena, int64_t post_id,
	struct comment **ret_comments, size_t *ret_count);

/*
 * Adds a comment in that state ("shown", "waiting", …), inside a write transaction.
 * created 0: now.
 */
enum status comment_add(struct db *db, const struct comment *comment, const char *state,
	bool sample, int64_t *ret_id);

#endif
