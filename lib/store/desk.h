/*
 * Posts as those who write them see them, in every state. All of this takes the user who asks, and finds nothing that is
 * not theirs to write: their own posts, or with RIGHT_EDIT everybody's.
 */
#ifndef STORE_DESK_H
#define STORE_DESK_H

#include "store/post.h"
#include "store/user.h"

enum { DESK_PAGE = 50 };

/* Newest first: those with an id below before_id (0: from the newest), in that state or, with "", in any; at most DESK_PAGE + 1. */
enum status desk_list(struct db *db, struct arena *arena, const struct user *user, const char *state, int64_t before_id,
	struct post **ret_posts, size_t *ret_count);

/* One of them with its Markdown, to be written on; NOT_FOUND when there is none that this user may write. */
enum status desk_post(struct db *db, struct arena *arena, const struct user *user, int64_t id, struct post *ret_post,
	const char **ret_markdown);

/* --- revisions: every save of a post is kept ----------------------------------------- */

struct revision {
	int64_t number, created;
	const char *reason;     /* such as "save", "publish", "import" */
	const char *user_name;  /* who saved it, or "" */
	const char *title, *summary, *markdown; /* markdown "" in a list */
};

/* Those of a post that desk_post() has found, newest first; at most 500. */
enum status revision_list(struct db *db, struct arena *arena, int64_t post_id, struct revision **ret_revisions,
	size_t *ret_count);
enum status revision_by_number(struct db *db, struct arena *arena, int64_t post_id, int64_t number,
	struct revision *ret_revision);

#endif
