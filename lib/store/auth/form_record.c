#include "store/auth/form_record.h"

static const struct column columns[] = {
	COLUMN_TEXT(struct form_record, id),
	COLUMN_TEXT(struct form_record, content),
	COLUMN_TEXT(struct form_record, result),
	COLUMN_INT(struct form_record, created),
	COLUMN_INT(struct form_record, expires),
	{ 0 },
};
static const struct row form_once_row = { sizeof(struct form_record), columns };

QUERY(form_once_by_id, "SELECT id, content, result, created, expires FROM form_once WHERE id = :id");

enum status
form_record_find(struct db *db, struct arena *arena, const char *id, struct form_record *ret_row)
{
	return query_one(db, arena, form_once_by_id, &form_once_row, ret_row, BIND(TEXT("id", id)));
}

void
form_record_expect(struct db *db)
{
	db_expect_row(db, "form_once");
}

QUERY(save_form_once,
	"INSERT INTO form_once (id, content, result, created, expires) VALUES (:id, :content, :result, :created, :expires)"
	" ON CONFLICT (id) DO UPDATE SET content = excluded.content, result = excluded.result, created = excluded.created,"
	" expires = excluded.expires");

enum status
form_record_save(struct db *db, const struct form_record *row)
{
	return query_run(db, save_form_once, BIND(TEXT("id", row->id), TEXT("content", row->content), TEXT("result", row->result),
		INT("created", row->created), INT("expires", row->expires)));
}

QUERY(form_once_due, "SELECT EXISTS (SELECT 1 FROM form_once WHERE expires <= :now)");

enum status
form_record_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, form_once_due, ret_due, BIND(INT("now", now)));
}

QUERY(sweep_form_once,
	"DELETE FROM form_once WHERE id IN (SELECT id FROM form_once WHERE expires <= :now ORDER BY expires LIMIT 100)");

enum status
form_record_sweep(struct db *db, int64_t now)
{
	return query_run(db, sweep_form_once, BIND(INT("now", now)));
}
