#include "store/unsaved.h"

static const struct column unsaved_columns[] = {
	COLUMN_INT(struct unsaved, user_id),
	COLUMN_INT(struct unsaved, post_id),
	COLUMN_INT(struct unsaved, revision),
	COLUMN_TEXT(struct unsaved, title),
	COLUMN_TEXT(struct unsaved, summary),
	COLUMN_TEXT(struct unsaved, tags),
	COLUMN_TEXT(struct unsaved, markdown),
	COLUMN_INT(struct unsaved, saved),
	{ 0 },
};
static const struct row unsaved_row = { sizeof(struct unsaved), unsaved_columns };

QUERY(kept,
	"SELECT user_id, post_id, revision, title, summary, tags, markdown, saved FROM unsaved"
	" WHERE user_id = :user AND post_id = :post");

enum status
unsaved_read(struct db *db, struct arena *arena, int64_t user_id, int64_t post_id, struct unsaved *ret_unsaved)
{
	return query_one(db, arena, kept, &unsaved_row, ret_unsaved, BIND(INT("user", user_id), INT("post", post_id)));
}

QUERY(keep,
	"INSERT INTO unsaved (user_id, post_id, revision, title, summary, tags, markdown, saved)"
	" VALUES (:user, :post, :revision, :title, :summary, :tags, :markdown, :saved)"
	" ON CONFLICT (user_id, post_id) DO UPDATE SET revision = excluded.revision, title = excluded.title,"
	" summary = excluded.summary, tags = excluded.tags, markdown = excluded.markdown, saved = excluded.saved");

enum status
unsaved_keep(struct db *db, const struct unsaved *unsaved)
{
	return query_run(db, keep, BIND(INT("user", unsaved->user_id), INT("post", unsaved->post_id),
		INT("revision", unsaved->revision), TEXT("title", unsaved->title), TEXT("summary", unsaved->summary),
		TEXT("tags", unsaved->tags), TEXT("markdown", unsaved->markdown), INT("saved", unsaved->saved)));
}

QUERY(forget, "DELETE FROM unsaved WHERE user_id = :user AND post_id = :post");

enum status
unsaved_remove(struct db *db, int64_t user_id, int64_t post_id)
{
	return query_run(db, forget, BIND(INT("user", user_id), INT("post", post_id)));
}
