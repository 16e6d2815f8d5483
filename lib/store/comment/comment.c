#include "store/comment/comment.h"

#include "core/clock.h"

enum { COMMENTS_SHOWN = 200 };

static const struct column comment_columns[] = {
	COLUMN_INT(struct comment, id),
	COLUMN_INT(struct comment, post_id),
	COLUMN_INT(struct comment, parent_id),
	COLUMN_INT(struct comment, user_id),
	COLUMN_TEXT(struct comment, name),
	COLUMN_TEXT(struct comment, text),
	COLUMN_TEXT(struct comment, xhtml),
	COLUMN_INT(struct comment, created),
	{ 0 },
};
static const struct row comment_row = { sizeof(struct comment), comment_columns };

QUERY(shown,
	"SELECT id, post_id, parent_id, user_id, name, text, xhtml, created FROM comment"
	" WHERE post_id = :post AND state = 'shown' ORDER BY created, id LIMIT :most");

enum status
comment_list_shown(struct db *db, struct arena *arena, int64_t post_id, struct comment **ret_comments,
	size_t *ret_count)
{
	return query_list(db, arena, shown, &comment_row, ret_comments, ret_count,
		BIND(INT("post", post_id), INT("most", COMMENTS_SHOWN)));
}

QUERY(add,
	"INSERT INTO comment (post_id, parent_id, user_id, name, state, text, xhtml, created, sample)"
	" VALUES (:post, :parent, :user, :name, :state, :text, :xhtml, :created, :sample) RETURNING id");

enum status
comment_add(struct db *db, const struct comment *comment, const char *state, bool sample, int64_t *ret_id)
{
	return query_insert(db, add, ret_id, BIND(INT("post", comment->post_id),
		REFERENCE("parent", comment->parent_id), REFERENCE("user", comment->user_id),
		TEXT("name", comment->name), TEXT("state", state), TEXT("text", comment->text),
		TEXT("xhtml", comment->xhtml),
		INT("created", comment->created != 0 ? comment->created : clock_now()), INT("sample", sample)));
}
