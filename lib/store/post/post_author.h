/*
 * Posts in every state, as their authors see them. All functions take the user, and find only posts that the user may
 * edit: their own, or with RIGHT_EDIT all.
 */
#ifndef STORE_POST_AUTHOR_H
#define STORE_POST_AUTHOR_H

#include "store/post/post.h"
#include "store/user/user.h"

enum { POST_AUTHOR_PAGE = 50 };

/* Restricts a list; "" members do not restrict. Posts in the trash are listed only with the state "trash". */
struct post_author_filter {
	const char *state;    /* draft, scheduled, published (and due), unpublished, trash, or "": all except the trash */
	const char *lang, *kind;
	int64_t key, before;  /* where to continue: post_author_key() and id of the last post; before 0: from the beginning */
	int64_t now;
};

/*
 * Lists at most POST_AUTHOR_PAGE + 1 posts: scheduled ones with the earliest first, the trash with the last deleted first,
 * all others newest first. INVALID: an unknown state. In the arena.
 */
enum status post_author_list(struct db *db, struct arena *arena, const struct user *user, const struct post_author_filter *filter,
	struct post **ret_posts, size_t *ret_count);

/* The value by which lists in that state are sorted, before the id. */
int64_t post_author_key(const char *state, const struct post *post);

/* Loads one post with its Markdown, also from the trash. NOT_FOUND: there is none that this user may edit. */
enum status post_author_load(struct db *db, struct arena *arena, const struct user *user, int64_t id, struct post *ret_post,
	const char **ret_markdown);

/* --- revisions: every save of a post is kept ----------------------------------------- */

struct revision {
	int64_t number, created;
	const char *reason;     /* such as "save", "publish", "import", or the reason that the user typed */
	const char *user_name;  /* who saved it, or "" */
	const char *title, *summary, *markdown; /* markdown: "" in a list */
};

/*
 * Lists the revisions of a post that post_author_load() has returned, newest first; at most 500. Reads one; NOT_FOUND
 * when there is none.
 */
enum status revision_list(struct db *db, struct arena *arena, int64_t post_id, struct revision **ret_revisions,
	size_t *ret_count);
enum status revision_by_number(struct db *db, struct arena *arena, int64_t post_id, int64_t number,
	struct revision *ret_revision);

#endif
