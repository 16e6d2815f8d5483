#include "store/comment/comment.h"

#include "store/comment/comment_columns.h"

static const struct column comment_columns[] = {
	COLUMN_INT(struct comment, id),
	COLUMN_INT(struct comment, post_id),
	COLUMN_INT(struct comment, parent_id),
	COLUMN_INT(struct comment, root_id),
	COLUMN_INT(struct comment, depth),
	COLUMN_TEXT(struct comment, path),
	COLUMN_INT(struct comment, user_id),
	COLUMN_TEXT(struct comment, name),
	COLUMN_TEXT(struct comment, role),
	COLUMN_TEXT(struct comment, link),
	COLUMN_TEXT(struct comment, person),
	COLUMN_TEXT(struct comment, network),
	COLUMN_TEXT(struct comment, state),
	COLUMN_TEXT(struct comment, reason),
	COLUMN_TEXT(struct comment, reason_note),
	COLUMN_TEXT(struct comment, text),
	COLUMN_TEXT(struct comment, xhtml),
	COLUMN_TEXT(struct comment, lang),
	COLUMN_INT(struct comment, created),
	COLUMN_INT(struct comment, edited),
	COLUMN_INT(struct comment, version),
	COLUMN_INT(struct comment, listed),
	COLUMN_INT(struct comment, replies),
	COLUMN_INT(struct comment, helpful),
	COLUMN_INT(struct comment, not_helpful),
	COLUMN_INT(struct comment, rank),
	COLUMN_INT(struct comment, flags),
	COLUMN_TEXT(struct comment, learned),
	COLUMN_TEXT(struct comment, stamp),
	COLUMN_INT(struct comment, decided),
	COLUMN_INT(struct comment, decided_by),
	COLUMN_INT(struct comment, sample),
	{ 0 },
};
const struct row comment_row = { sizeof(struct comment), comment_columns };

QUERY(by_id, "SELECT" COMMENT_COLUMNS " FROM comment WHERE id = :id");
QUERY(by_stamp, "SELECT" COMMENT_COLUMNS " FROM comment WHERE stamp = :stamp");

enum status
comment_by_id(struct db *db, struct arena *arena, int64_t id, struct comment *ret_comment)
{
	return query_one(db, arena, by_id, &comment_row, ret_comment, BIND(INT("id", id)));
}

enum status
comment_by_stamp(struct db *db, struct arena *arena, const char *stamp, struct comment *ret_comment)
{
	return query_one(db, arena, by_stamp, &comment_row, ret_comment, BIND(TEXT("stamp", stamp)));
}

QUERY(by_text, "SELECT id FROM comment WHERE created = :created AND post_id = :post AND text = :text ORDER BY id LIMIT 1");

enum status
comment_find(struct db *db, int64_t post_id, int64_t created, const char *text, int64_t *ret_id)
{
	enum status status = query_integer(db, by_text, ret_id, BIND(INT("post", post_id), INT("created", created), TEXT("text", text)));

	if (status == NOT_FOUND)
		*ret_id = 0;
	return status == NOT_FOUND ? OK : status;
}
