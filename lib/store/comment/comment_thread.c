#include "store/comment/comment_thread.h"

#include <string.h>

#include "core/str.h"
#include "store/comment/comment_columns.h"

/* --- counts of a post ----------------------------------------------------------- */

static const struct column thread_columns[] = {
	COLUMN_INT(struct thread, post_id),
	COLUMN_INT(struct thread, shown),
	COLUMN_INT(struct thread, waiting),
	COLUMN_INT(struct thread, version),
	COLUMN_INT(struct thread, changed),
	{ 0 },
};
static const struct row thread_row = { sizeof(struct thread), thread_columns };

QUERY(by_post, "SELECT post_id, shown, waiting, version, changed FROM thread WHERE post_id = :post");

enum status
thread_read(struct db *db, int64_t post_id, struct thread *ret_thread)
{
	/* The row has only numbers, so no arena is needed. */
	enum status status = query_one(db, NULL, by_post, &thread_row, ret_thread, BIND(INT("post", post_id)));

	if (status != NOT_FOUND)
		return status;
	*ret_thread = (struct thread){ .post_id = post_id };
	return OK;
}

int64_t
comment_step(int64_t count)
{
	static const int64_t times[] = { 1, 2, 5 };
	int64_t step = 0;

	for (int64_t power = 1; power <= count; power *= 10)
		for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++)
			if (times[i] * power <= count)
				step = times[i] * power;
	return step;
}

/* --- top-level comments --------------------------------------------------------- */

#define TOP "SELECT" COMMENT_COLUMNS " FROM comment WHERE post_id = :post AND listed = 1 AND parent_id IS NULL"

QUERY(newest, TOP " AND id < :id ORDER BY id DESC LIMIT :most");
QUERY(oldest, TOP " AND id > :id ORDER BY id LIMIT :most");
/* Best first takes two ranges: the rest of those with the same rank, and those with a lower one. */
QUERY(best_same, TOP " AND rank = :rank AND id > :id ORDER BY id LIMIT :most");
QUERY(best_lower, TOP " AND rank < :rank ORDER BY rank DESC, id LIMIT :most");

enum { ABOVE_ALL_RANKS = 1000001 };

static enum status
list_best(struct db *db, struct arena *arena, int64_t post_id, const struct comment *after, size_t most,
	struct comment **ret_comments, size_t *ret_count)
{
	struct comment *same = NULL, *lower, *all;
	size_t same_count = 0, lower_count;
	int64_t rank = after == NULL ? ABOVE_ALL_RANKS : after->rank;

	if (after != NULL)
		TRY(query_list(db, arena, best_same, &comment_row, &same, &same_count, BIND(INT("post", post_id), INT("rank", rank),
			INT("id", after->id), INT("most", most))));
	if (same_count == most) {
		*ret_comments = same;
		*ret_count = same_count;
		return OK;
	}
	TRY(query_list(db, arena, best_lower, &comment_row, &lower, &lower_count, BIND(INT("post", post_id), INT("rank", rank),
		INT("most", most - same_count))));
	all = arena_array(arena, same_count + lower_count, sizeof(*all));
	if (same_count > 0)
		memcpy(all, same, same_count * sizeof(*all));
	if (lower_count > 0)
		memcpy(all + same_count, lower, lower_count * sizeof(*all));
	*ret_comments = all;
	*ret_count = same_count + lower_count;
	return OK;
}

enum status
comment_list_top(struct db *db, struct arena *arena, int64_t post_id, enum comment_order order, const struct comment *after,
	size_t most, struct comment **ret_comments, size_t *ret_count)
{
	if (order == COMMENT_BEST)
		return list_best(db, arena, post_id, after, most, ret_comments, ret_count);
	return query_list(db, arena, order == COMMENT_NEWEST ? newest : oldest, &comment_row, ret_comments, ret_count,
		BIND(INT("post", post_id), INT("id", after != NULL ? after->id : order == COMMENT_NEWEST ? INT64_MAX : 0), INT("most", most)));
}

/* --- a thread ------------------------------------------------------------------- */

QUERY(replies, "SELECT" COMMENT_COLUMNS " FROM comment WHERE root_id = :root AND listed = 1 AND path > :after ORDER BY path LIMIT :most");

enum status
comment_list_replies(struct db *db, struct arena *arena, int64_t root_id, const char *after_path, size_t most,
	struct comment **ret_comments, size_t *ret_count)
{
	return query_list(db, arena, replies, &comment_row, ret_comments, ret_count,
		BIND(INT("root", root_id), TEXT("after", after_path), INT("most", most)));
}

struct place {
	const char *path;
};
static const struct column place_columns[] = { COLUMN_TEXT(struct place, path), { 0 } };
static const struct row place_row = { sizeof(struct place), place_columns };

QUERY(first_paths, "SELECT path FROM comment WHERE root_id = :root AND listed = 1 AND path > '' ORDER BY path LIMIT :most");
QUERY(path_before, "SELECT path FROM comment WHERE root_id = :root AND listed = 1 AND path < :path ORDER BY path DESC LIMIT 1");

enum status
comment_find_page(struct db *db, struct arena *arena, const struct comment *comment, const char **ret_after_path)
{
	struct place *first, before;
	size_t count;

	*ret_after_path = "";
	if (comment->root_id == comment->id)
		return OK;
	TRY(query_list(db, arena, first_paths, &place_row, &first, &count,
		BIND(INT("root", comment->root_id), INT("most", COMMENT_THREAD_PAGE))));
	if (count < COMMENT_THREAD_PAGE || strcmp(comment->path, first[count - 1].path) <= 0)
		return OK;
	TRY(query_one(db, arena, path_before, &place_row, &before, BIND(INT("root", comment->root_id), TEXT("path", comment->path))));
	*ret_after_path = before.path;
	return OK;
}
