#include "store/post/autosave.h"

static const struct column autosave_columns[] = {
	COLUMN_INT(struct autosave, id),
	COLUMN_INT(struct autosave, user_id),
	COLUMN_INT(struct autosave, post_id),
	COLUMN_TEXT(struct autosave, form_key),
	COLUMN_TEXT(struct autosave, title),
	COLUMN_TEXT(struct autosave, lang),
	COLUMN_TEXT(struct autosave, post_title),
	COLUMN_INT(struct autosave, post_author),
	COLUMN_INT(struct autosave, saved),
	{ 0 },
};
static const struct row autosave_row = { sizeof(struct autosave), autosave_columns };

static const struct column field_columns[] = {
	COLUMN_TEXT(struct autosave_field, name),
	COLUMN_TEXT(struct autosave_field, value),
	{ 0 },
};
static const struct row field_row = { sizeof(struct autosave_field), field_columns };

#define SELECT_AUTOSAVE \
	"SELECT a.id, a.user_id, a.post_id, a.form_key, a.title, a.lang, coalesce(p.title, '') AS post_title," \
	" coalesce(p.author_id, 0) AS post_author, a.saved FROM autosave AS a LEFT JOIN post AS p ON p.id = a.post_id WHERE a.user_id = :user"

QUERY(autosaves, SELECT_AUTOSAVE " AND (:post < 0 OR a.post_id = :post) ORDER BY a.saved DESC, a.id DESC LIMIT :most");

enum status
autosave_list(struct db *db, struct arena *arena, int64_t user_id, int64_t post_id, struct autosave **ret_autosaves, size_t *ret_count)
{
	return query_list(db, arena, autosaves, &autosave_row, ret_autosaves, ret_count,
		BIND(INT("user", user_id), INT("post", post_id), INT("most", AUTOSAVES_MAX)));
}

QUERY(autosave_of_form, SELECT_AUTOSAVE " AND a.form_key = :key");
QUERY(fields_of, "SELECT name, value FROM autosave_field WHERE autosave_id = :id ORDER BY name");

enum status
autosave_read(struct db *db, struct arena *arena, int64_t user_id, const char *form_key, struct autosave *ret_autosave,
	struct autosave_field **ret_fields, size_t *ret_count)
{
	struct autosave autosave;

	TRY(query_one(db, arena, autosave_of_form, &autosave_row, &autosave, BIND(INT("user", user_id), TEXT("key", form_key))));
	TRY(query_list(db, arena, fields_of, &field_row, ret_fields, ret_count, BIND(INT("id", autosave.id))));
	*ret_autosave = autosave;
	return OK;
}

QUERY(others, "SELECT count(*) FROM autosave WHERE user_id = :user AND form_key <> :key");
QUERY(keep_form,
	"INSERT INTO autosave (user_id, form_key, post_id, title, lang, saved) VALUES (:user, :key, :post, :title, :lang, :saved)"
	" ON CONFLICT (user_id, form_key) DO UPDATE SET post_id = excluded.post_id, title = excluded.title, lang = excluded.lang,"
	" saved = excluded.saved");
QUERY(id_of_form, "SELECT id FROM autosave WHERE user_id = :user AND form_key = :key");
QUERY(keep_field,
	"INSERT INTO autosave_field (autosave_id, name, value) VALUES (:id, :name, :value)"
	" ON CONFLICT (autosave_id, name) DO UPDATE SET value = excluded.value WHERE autosave_field.value <> excluded.value");

enum status
autosave_keep(struct db *db, const struct autosave *autosave, const struct autosave_field *fields, size_t count)
{
	int64_t there, id;

	TRY(query_integer(db, others, &there, BIND(INT("user", autosave->user_id), TEXT("key", autosave->form_key))));
	if (there >= AUTOSAVES_MAX)
		return TOO_MANY;
	TRY(query_run(db, keep_form, BIND(INT("user", autosave->user_id), TEXT("key", autosave->form_key), INT("post", autosave->post_id),
		TEXT("title", autosave->title), TEXT("lang", autosave->lang), INT("saved", autosave->saved))));
	TRY(query_integer(db, id_of_form, &id, BIND(INT("user", autosave->user_id), TEXT("key", autosave->form_key))));
	for (size_t i = 0; i < count; i++)
		TRY(query_run(db, keep_field, BIND(INT("id", id), TEXT("name", fields[i].name), TEXT("value", fields[i].value))));
	return OK;
}

QUERY(remove_form, "DELETE FROM autosave WHERE user_id = :user AND form_key = :key");

enum status
autosave_remove(struct db *db, int64_t user_id, const char *form_key)
{
	return query_run(db, remove_form, BIND(INT("user", user_id), TEXT("key", form_key)));
}

QUERY(remove_unchanged, "DELETE FROM autosave WHERE user_id = :user AND form_key = :key AND saved = :saved");

enum status
autosave_remove_unchanged(struct db *db, int64_t user_id, const char *form_key, int64_t saved)
{
	return query_run(db, remove_unchanged, BIND(INT("user", user_id), TEXT("key", form_key), INT("saved", saved)));
}

/* --- deleting old copies --------------------------------------------------------------- */

QUERY(oldest, "SELECT coalesce(min(saved), :now) FROM autosave");

enum status
autosave_is_due(struct db *db, int64_t now, bool *ret_due)
{
	int64_t time;

	TRY(query_integer(db, oldest, &time, BIND(INT("now", now))));
	*ret_due = time < now - AUTOSAVE_SECONDS;
	return OK;
}

QUERY(sweep_old, "DELETE FROM autosave WHERE id IN (SELECT id FROM autosave WHERE saved < :before ORDER BY saved LIMIT :limit)");

enum status
autosave_sweep(struct db *db, int64_t now, int64_t limit)
{
	return query_run(db, sweep_old, BIND(INT("before", now - AUTOSAVE_SECONDS), INT("limit", limit)));
}
