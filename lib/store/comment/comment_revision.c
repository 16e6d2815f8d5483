#include "store/comment/comment_revision.h"

static const struct column revision_columns[] = {
	COLUMN_INT(struct comment_revision, id),
	COLUMN_INT(struct comment_revision, version),
	COLUMN_TEXT(struct comment_revision, text),
	COLUMN_INT(struct comment_revision, replaced),
	{ 0 },
};
static const struct row revision_row = { sizeof(struct comment_revision), revision_columns };

QUERY(add_revision, "INSERT INTO comment_revision (comment_id, version, text, replaced) VALUES (:comment, :version, :text, :now)");

enum status
comment_revision_add(struct db *db, const struct comment *comment, int64_t now)
{
	return query_run(db, add_revision, BIND(INT("comment", comment->id), INT("version", comment->version), TEXT("text", comment->text), INT("now", now)));
}

QUERY(revisions_of,
	"SELECT id, version, text, replaced FROM comment_revision WHERE comment_id = :comment ORDER BY id DESC LIMIT :most");

enum status
comment_revision_list(struct db *db, struct arena *arena, int64_t comment_id, struct comment_revision **ret_revisions, size_t *ret_count)
{
	return query_list(db, arena, revisions_of, &revision_row, ret_revisions, ret_count,
		BIND(INT("comment", comment_id), INT("most", COMMENT_REVISIONS_SHOWN)));
}

QUERY(revisions_due, "SELECT EXISTS (SELECT 1 FROM comment_revision WHERE replaced <= :before)");

enum status
comment_revision_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, revisions_due, ret_due, BIND(INT("before", now - COMMENT_REVISION_KEPT)));
}

QUERY(sweep_revisions,
	"DELETE FROM comment_revision WHERE id IN (SELECT id FROM comment_revision WHERE replaced <= :before ORDER BY replaced LIMIT 100)");

enum status
comment_revision_sweep(struct db *db, int64_t now)
{
	return query_run(db, sweep_revisions, BIND(INT("before", now - COMMENT_REVISION_KEPT)));
}
