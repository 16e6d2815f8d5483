/*
 * Posts as those who write them see them, in every state. All of this takes the user who asks, and finds nothing that is
 * not theirs to write: their own posts, or with RIGHT_EDIT everybody's.
 */
#ifndef STORE_POST_AUTHOR_H
#define STORE_POST_AUTHOR_H

#include "store/post/post.h"
#include "store/user/user.h"

enum { POST_AUTHOR_PAGE = 50 };

/* What of it is listed; "" members do not restrict. Nothing shows what is in the bin but the state "bin". */
struct post_author_filter {
	const char *state;    /* draft, scheduled, published (and seen), withdrawn, bin, or "": all but the bin */
	const char *lang, *kind;
	int64_t key, before;  /* where to go on: post_author_key() and id of the last post; before 0: from the beginning */
	int64_t now;
};

/* At most POST_AUTHOR_PAGE + 1: what is scheduled the soonest first, the bin the last thrown away first, all else the newest first. */
enum status post_author_list(struct db *db, struct arena *arena, const struct user *user, const struct post_author_filter *filter,
	struct post **ret_posts, size_t *ret_count);

/* By what a list in that state is ordered, before the id. */
int64_t post_author_key(const char *state, const struct post *post);

/* One of them with its Markdown, in the bin or not; NOT_FOUND when there is none that this user may write. */
enum status post_author_load(struct db *db, struct arena *arena, const struct user *user, int64_t id, struct post *ret_post,
	const char **ret_markdown);

/* --- revisions: every save of a post is kept ----------------------------------------- */

struct revision {
	int64_t number, created;
	const char *reason;     /* such as "save", "publish", "import", or why, in the words of whoever saved it */
	const char *user_name;  /* who saved it, or "" */
	const char *title, *summary, *markdown; /* markdown "" in a list */
};

/* Those of a post that post_author_load() has found, newest first; at most 500. */
enum status revision_list(struct db *db, struct arena *arena, int64_t post_id, struct revision **ret_revisions,
	size_t *ret_count);
enum status revision_by_number(struct db *db, struct arena *arena, int64_t post_id, int64_t number,
	struct revision *ret_revision);

#endif
