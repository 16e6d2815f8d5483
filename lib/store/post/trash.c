#include "store/post/trash.h"

#include "core/str.h"
#include "store/post/post_columns.h"
#include "store/post/post_index.h"
#include "store/post/translation.h"

struct binned {
	const char *binned_state;
};
static const struct column binned_columns[] = {
	COLUMN_TEXT(struct binned, binned_state),
	{ 0 },
};
static const struct row binned_row = { sizeof(struct binned), binned_columns };

QUERY(throw_away, "UPDATE post SET binned = :now, binned_state = :state WHERE id = :id");

enum status
trash_put(struct db *db, struct arena *arena, int64_t id, int64_t user_id, int64_t now)
{
	struct post post;

	TRY(post_by_id(db, arena, id, &post));
	if (post.binned != 0)
		return OK;
	TRY(post_move_state(db, arena, id, "withdrawn", "bin", user_id, now));
	return query_run(db, throw_away, BIND(INT("id", id), TEXT("state", post.state), INT("now", now)));
}

QUERY(state_before, "SELECT binned_state FROM post WHERE id = :id AND binned > 0");
QUERY(take_out, "UPDATE post SET binned = 0, binned_state = '' WHERE id = :id");

enum status
trash_restore(struct db *db, struct arena *arena, int64_t id, int64_t user_id, int64_t now)
{
	struct binned before;

	TRY(query_one(db, arena, state_before, &binned_row, &before, BIND(INT("id", id))));
	TRY(query_run(db, take_out, BIND(INT("id", id))));
	return post_move_state(db, arena, id, before.binned_state, "unbin", user_id, now);
}

QUERY(delete_post, "DELETE FROM post WHERE id = :id AND binned > 0");
QUERY(delete_autosaves, "DELETE FROM autosave WHERE post_id = :id");

enum status
trash_delete(struct db *db, struct arena *arena, int64_t id)
{
	struct post post;

	TRY(post_by_id(db, arena, id, &post));
	if (post.binned == 0)
		return NOT_FOUND;
	TRY(translation_regroup(db, &post));
	TRY(post_index_remove(db, post.search_id));
	TRY(query_run(db, delete_autosaves, BIND(INT("id", id))));
	return query_run(db, delete_post, BIND(INT("id", id)));
}

QUERY(thrown_before,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.binned > 0 AND p.binned < :before"
	" ORDER BY p.binned, p.id LIMIT :limit");

enum status
trash_due(struct db *db, struct arena *arena, int64_t before, int64_t limit, struct post **ret_posts, size_t *ret_count)
{
	return post_many(db, arena, thrown_before, ret_posts, ret_count, BIND(INT("before", before), INT("limit", limit)));
}
