/* Comments as readers see them. (Posting and moderating come with their own programs.) */
#ifndef STORE_COMMENT_H
#define STORE_COMMENT_H

#include <stdbool.h>

#include "store/db/db.h"

struct comment {
	int64_t id, post_id, parent_id, user_id;
	const char *name;
	const char *text;  /* as typed */
	const char *xhtml; /* fragment, from our own renderer */
	int64_t created;
};

/* The first 200 shown comments of a post, oldest first. */
enum status comment_list_shown(struct db *db, struct arena *arena, int64_t post_id,
	struct comment **ret_comments, size_t *ret_count);

/* Adds a comment in the given state, inside a write transaction. */
enum status comment_add(struct db *db, const struct comment *comment, const char *state,
	bool sample, int64_t *ret_id);

#endif
