/*
 * Lists of comments as readers see them, all by keyset over index ranges. The caller has checked with comment_access() that
 * the viewer may read them. A comment that is not in the state "shown" is a placeholder: only its id, place and number of
 * replies may be shown.
 */
#ifndef STORE_COMMENT_THREAD_H
#define STORE_COMMENT_THREAD_H

#include "store/comment/comment.h"

/* Threads on a page, the replies of each that are shown there, and comments on the page of one thread. */
enum { COMMENT_THREADS = 30, COMMENT_REPLIES = 5, COMMENT_THREAD_PAGE = 100 };

enum comment_order { COMMENT_BEST, COMMENT_NEWEST, COMMENT_OLDEST };

/* Counts and version of a post's comments (table thread). */
struct thread {
	int64_t post_id;
	int64_t shown;   /* number of shown comments */
	int64_t waiting; /* number of held comments */
	int64_t version; /* incremented by each change of what readers see */
	int64_t changed; /* when it was last incremented; 0: never */
};

/* Reads a post's row; a post that never had a comment gives zeros. */
enum status thread_read(struct db *db, int64_t post_id, struct thread *ret_thread);

/*
 * Lists top-level comments, at most "most". after: the last comment of the page before, of which only rank and id are used; NULL: the first page. Best
 * first: equal ranks by age, the oldest first.
 */
enum status comment_list_top(struct db *db, struct arena *arena, int64_t post_id, enum comment_order order,
	const struct comment *after, size_t most, struct comment **ret_comments, size_t *ret_count);

/*
 * Lists the replies of a thread in reading order: nested, siblings oldest first. after_path: the path of the last one
 * of the page before; "" for the first page.
 */
enum status comment_list_replies(struct db *db, struct arena *arena, int64_t root_id, const char *after_path, size_t most,
	struct comment **ret_comments, size_t *ret_count);

/*
 * Finds the page of its thread that a listed comment is on: *ret_after_path is "" for the first one, which shows COMMENT_THREAD_PAGE
 * replies, or the path for comment_list_replies() of a page that begins with this comment.
 */
enum status comment_find_page(struct db *db, struct arena *arena, const struct comment *comment, const char **ret_after_path);

/* The number of comments rounded down to 1, 2, 5, 10, 20, 50 …, as lists of posts show it; 0 for none. */
int64_t comment_step(int64_t count);

#endif
