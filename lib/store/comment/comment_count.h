/*
 * Whether the stored numbers and places of comments are those of the rows, for `renown doctor`; and lists for the command line. Reads whole
 * tables.
 */
#ifndef STORE_COMMENT_COUNT_H
#define STORE_COMMENT_COUNT_H

#include "store/comment/comment.h"

struct comment_count {
	int64_t threads; /* posts with a wrong number of shown or held comments */
	int64_t replies; /* first comments with a wrong number of replies */
	int64_t places;  /* comments that are listed and should not be, or the other way */
	int64_t steps;   /* posts with a wrong rounded number */
};

/*
 * Corrects all of these, and returns how many rows were wrong. In a transaction begun with db_begin_comment(); db_end() instead of db_commit()
 * only counts them.
 */
enum status comment_count_repair(struct db *db, struct comment_count *ret_wrong);

/* The number of comments in each state, in the order of comment_states[] (ended by NULL). */
enum { COMMENT_STATES = 6 };
extern const char *const comment_states[];
enum status comment_count_states(struct db *db, int64_t ret_counts[COMMENT_STATES]);

/*
 * Lists comments by id, the newest first, below an id (INT64_MAX: from the newest), at most "most". state: or "" for all. post_id: or 0
 * for all.
 */
enum status comment_count_list(struct db *db, struct arena *arena, const char *state, int64_t post_id, int64_t below, int64_t most,
	struct comment **ret_comments, size_t *ret_count);

#endif
