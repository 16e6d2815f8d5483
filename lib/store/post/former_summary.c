#include "store/post/former_summary.h"

#include "core/str.h"

enum { KEPT_SECONDS = 90 * 24 * 3600 };

static const struct column row_columns[] = {
	COLUMN_INT(struct former_summary, number),
	COLUMN_TEXT(struct former_summary, summary),
	COLUMN_TEXT(struct former_summary, origin),
	{ 0 },
};
static const struct row summary_row = { sizeof(struct former_summary), row_columns };

QUERY(undecided, "SELECT number, summary, origin FROM former_summary WHERE post_id = :post AND origin = '' ORDER BY number");

enum status
former_summary_list(struct db *db, struct arena *arena, int64_t post_id, struct former_summary **ret_rows, size_t *ret_count)
{
	return query_list(db, arena, undecided, &summary_row, ret_rows, ret_count, BIND(INT("post", post_id)));
}

struct waiting {
	int64_t post_id;
};
static const struct column waiting_columns[] = {
	COLUMN_INT(struct waiting, post_id),
	{ 0 },
};
static const struct row waiting_row = { sizeof(struct waiting), waiting_columns };

QUERY(undecided_posts,
	"SELECT DISTINCT post_id FROM former_summary WHERE origin = '' AND post_id > :after ORDER BY post_id LIMIT :limit");

enum status
former_summary_posts(struct db *db, struct arena *arena, int64_t after, int64_t limit, int64_t **ret_ids, size_t *ret_count)
{
	return query_list(db, arena, undecided_posts, &waiting_row, ret_ids, ret_count, BIND(INT("after", after), INT("limit", limit)));
}

static const struct column text_columns[] = {
	COLUMN_INT(struct former_text, number),
	COLUMN_TEXT(struct former_text, markdown),
	{ 0 },
};
static const struct row text_row = { sizeof(struct former_text), text_columns };

QUERY(texts, "SELECT number, markdown FROM revision WHERE post_id = :post ORDER BY number DESC");

enum status
former_text_each(struct db *db, int64_t post_id, enum status (*each)(void *context, struct arena *arena, void *text), void *context)
{
	return query_each(db, texts, &text_row, each, context, BIND(INT("post", post_id)));
}

/* --- storing decisions ------------------------------------------------------------ */

/* A summary that was typed since then is kept. */
QUERY(put_back, "UPDATE post SET summary = :summary WHERE id = :post AND summary = ''");
QUERY(put_back_version, "UPDATE revision SET summary = :summary WHERE post_id = :post AND number = :number AND summary = ''");
QUERY(remove_row, "DELETE FROM former_summary WHERE post_id = :post AND number = :number");
QUERY(mark_row, "UPDATE former_summary SET origin = :origin, decided = :now WHERE post_id = :post AND number = :number");
QUERY(clear_autosaves,
	"UPDATE autosave_field SET value = '' WHERE name = 'summary' AND autosave_id IN (SELECT id FROM autosave WHERE post_id = :post)"
	" AND value <> (SELECT summary FROM post WHERE id = :post)"
	" AND EXISTS (SELECT 1 FROM former_summary AS f WHERE f.post_id = :post AND f.origin = 'generated' AND f.summary = autosave_field.value)");
QUERY(mark_stale, "UPDATE post_text SET renderer = '' WHERE post_id = :post");

static enum status
settle_row(struct db *db, int64_t post_id, const struct former_summary *row, int64_t now)
{
	bool typed = str_equal(row->origin, "typed");

	if ((typed || row->shown) && row->number == 0)
		TRY(query_run(db, put_back, BIND(INT("post", post_id), TEXT("summary", row->summary))));
	else if (typed)
		TRY(query_run(db, put_back_version, BIND(INT("post", post_id), INT("number", row->number), TEXT("summary", row->summary))));
	if (typed)
		return query_run(db, remove_row, BIND(INT("post", post_id), INT("number", row->number)));
	return query_run(db, mark_row, BIND(INT("post", post_id), INT("number", row->number), TEXT("origin", row->origin),
		INT("now", now)));
}

enum status
former_summary_decide(struct db *db, int64_t post_id, const struct former_summary *rows, size_t count, int64_t now)
{
	for (size_t i = 0; i < count; i++)
		TRY(settle_row(db, post_id, &rows[i], now));
	TRY(query_run(db, clear_autosaves, BIND(INT("post", post_id))));
	return query_run(db, mark_stale, BIND(INT("post", post_id)));
}

QUERY(count_generated,
	"SELECT count(*) FROM former_summary AS f JOIN post AS p ON p.id = f.post_id WHERE f.post_id = :post"
	" AND f.origin IN ('', 'generated') AND f.summary = :summary AND p.summary <> :summary");

enum status
former_summary_is_generated(struct db *db, int64_t post_id, const char *summary, bool *ret_is)
{
	int64_t count;

	TRY(query_integer(db, count_generated, &count, BIND(INT("post", post_id), TEXT("summary", summary))));
	*ret_is = count > 0;
	return OK;
}

/* --- undecidable summaries ---------------------------------------------------------- */

QUERY(remove_unknown, "DELETE FROM former_summary WHERE post_id = :post AND origin = 'unknown'");

enum status
former_summary_seen(struct db *db, int64_t post_id)
{
	return query_run(db, remove_unknown, BIND(INT("post", post_id)));
}

static const struct column unknown_columns[] = {
	COLUMN_TEXT(struct unknown_summary, slug),
	COLUMN_TEXT(struct unknown_summary, summary),
	COLUMN_INT(struct unknown_summary, shown),
	{ 0 },
};
static const struct row unknown_row = { sizeof(struct unknown_summary), unknown_columns };

QUERY(unknown,
	"SELECT p.slug, f.summary, f.summary = p.summary AS shown FROM former_summary AS f JOIN post AS p ON p.id = f.post_id"
	" WHERE f.origin = 'unknown' AND f.number = 0 AND f.post_id > 0 ORDER BY f.post_id LIMIT :limit");

enum status
former_summary_unknown(struct db *db, struct arena *arena, int64_t limit, struct unknown_summary **ret_rows, size_t *ret_count)
{
	return query_list(db, arena, unknown, &unknown_row, ret_rows, ret_count, BIND(INT("limit", limit)));
}

/* --- deleting old rows ---------------------------------------------------------------- */

QUERY(first_old, "SELECT post_id FROM former_summary WHERE origin = 'generated' AND decided < :before LIMIT 1");
QUERY(remove_old, "DELETE FROM former_summary WHERE origin = 'generated' AND decided < :before");

enum status
former_summary_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, first_old, ret_due, BIND(INT("before", now - KEPT_SECONDS)));
}

enum status
former_summary_sweep(struct db *db, int64_t now)
{
	return query_run(db, remove_old, BIND(INT("before", now - KEPT_SECONDS)));
}
