#include "store/comment/comment_learned.h"

QUERY(keep_text,
	"INSERT INTO comment_learned (comment_id, text, replaced) VALUES (:comment, :text, :now) ON CONFLICT (comment_id) DO NOTHING");

enum status
comment_learned_keep(struct db *db, const struct comment *comment, int64_t now)
{
	if (*comment->learned == '\0')
		return OK;
	return query_run(db, keep_text, BIND(INT("comment", comment->id), TEXT("text", comment->text), INT("now", now)));
}

struct kept {
	const char *text;
};
static const struct column kept_columns[] = { COLUMN_TEXT(struct kept, text), { 0 } };
static const struct row kept_row = { sizeof(struct kept), kept_columns };

QUERY(kept_text, "SELECT text FROM comment_learned WHERE comment_id = :comment");

enum status
comment_learned_text(struct db *db, struct arena *arena, const struct comment *comment, const char **ret_text)
{
	struct kept kept = { .text = comment->text };
	enum status status = query_one(db, arena, kept_text, &kept_row, &kept, BIND(INT("comment", comment->id)));

	if (status != NOT_FOUND)
		TRY(status);
	*ret_text = status == OK ? kept.text : comment->text;
	return OK;
}

QUERY(forget_text, "DELETE FROM comment_learned WHERE comment_id = :comment");

enum status
comment_learned_forget(struct db *db, int64_t comment_id)
{
	return query_run(db, forget_text, BIND(INT("comment", comment_id)));
}

QUERY(set_learned, "UPDATE comment SET learned = :label WHERE id = :comment");

enum status
comment_learned_set(struct db *db, int64_t comment_id, const char *label)
{
	TRY(query_run(db, set_learned, BIND(INT("comment", comment_id), TEXT("label", label))));
	return comment_learned_forget(db, comment_id);
}

/* --- old texts ------------------------------------------------------------------------------ */

QUERY(learned_due, "SELECT EXISTS (SELECT 1 FROM comment_learned WHERE replaced <= :until)");

enum status
comment_learned_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, learned_due, ret_due, BIND(INT("until", now - COMMENT_LEARNED_KEPT)));
}

struct id {
	int64_t id;
};
static const struct column id_columns[] = { COLUMN_INT(struct id, id), { 0 } };
static const struct row id_row = { sizeof(struct id), id_columns };

QUERY(learned_before, "SELECT comment_id AS id FROM comment_learned WHERE replaced <= :until ORDER BY replaced LIMIT 100");

enum status
comment_learned_sweep(struct db *db, int64_t now)
{
	struct arena *arena = arena_new();
	struct id *ids;
	size_t count = 0;
	enum status status = query_list(db, arena, learned_before, &id_row, &ids, &count, BIND(INT("until", now - COMMENT_LEARNED_KEPT)));

	for (size_t i = 0; i < count && status == OK; i++)
		status = comment_learned_set(db, ids[i].id, "");
	arena_free(arena);
	return status;
}
