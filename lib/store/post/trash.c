#include "store/post/trash.h"

#include "core/str.h"
#include "store/post/post_columns.h"
#include "store/post/post_index.h"
#include "store/post/translation.h"

struct trashed {
	const char *restore_state;
};
static const struct column trashed_columns[] = {
	COLUMN_TEXT(struct trashed, restore_state),
	{ 0 },
};
static const struct row trashed_row = { sizeof(struct trashed), trashed_columns };

QUERY(move_to_trash, "UPDATE post SET trashed = :now, restore_state = :state WHERE id = :id");

enum status
trash_put(struct db *db, struct arena *arena, int64_t id, int64_t user_id, int64_t now)
{
	struct post post;

	TRY(post_by_id(db, arena, id, &post));
	if (post.trashed != 0)
		return OK;
	TRY(post_move_state(db, arena, id, "unpublished", "trash", user_id, now));
	return query_run(db, move_to_trash, BIND(INT("id", id), TEXT("state", post.state), INT("now", now)));
}

QUERY(state_before, "SELECT restore_state FROM post WHERE id = :id AND trashed > 0");
QUERY(take_out, "UPDATE post SET trashed = 0, restore_state = '' WHERE id = :id");

enum status
trash_restore(struct db *db, struct arena *arena, int64_t id, int64_t user_id, int64_t now)
{
	struct trashed before;

	TRY(query_one(db, arena, state_before, &trashed_row, &before, BIND(INT("id", id))));
	TRY(query_run(db, take_out, BIND(INT("id", id))));
	return post_move_state(db, arena, id, before.restore_state, "untrash", user_id, now);
}

QUERY(delete_post, "DELETE FROM post WHERE id = :id AND trashed > 0");
QUERY(delete_autosaves, "DELETE FROM autosave WHERE post_id = :id");

enum status
trash_delete(struct db *db, struct arena *arena, int64_t id)
{
	struct post post;

	TRY(post_by_id(db, arena, id, &post));
	if (post.trashed == 0)
		return NOT_FOUND;
	TRY(translation_regroup(db, &post));
	TRY(post_index_remove(db, post.search_id));
	TRY(query_run(db, delete_autosaves, BIND(INT("id", id))));
	return query_run(db, delete_post, BIND(INT("id", id)));
}

QUERY(trashed_before,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.trashed > 0 AND p.trashed < :before"
	" ORDER BY p.trashed, p.id LIMIT :limit");

enum status
trash_due(struct db *db, struct arena *arena, int64_t before, int64_t limit, struct post **ret_posts, size_t *ret_count)
{
	return post_many(db, arena, trashed_before, ret_posts, ret_count, BIND(INT("before", before), INT("limit", limit)));
}
