#include "store/media/media_variant.h"

#include "core/str.h"

/* GIF may be animated, and decoding AVIF needs a library that is too risky for uploaded files. */
QUERY(unsized,
	"SELECT" MEDIA_COLUMNS " FROM media AS m WHERE m.variants_made = 0 AND m.type IN ('image/jpeg', 'image/png', 'image/webp')"
	" AND m.replaced_by IS NULL ORDER BY m.id LIMIT :limit");

enum status
media_variant_missing(struct db *db, struct arena *arena, int64_t limit, struct media **ret_media, size_t *ret_count)
{
	return query_list(db, arena, unsized, &media_row, ret_media, ret_count, BIND(INT("limit", limit)));
}

QUERY(note_sizes, "UPDATE media SET variants_made = 1, widths = :widths WHERE id = :id");
QUERY(stale_texts,
	"UPDATE post_text SET renderer = '' WHERE post_id IN (SELECT post_id FROM media_use WHERE media_id = :id)");

enum status
media_variant_save(struct db *db, int64_t media_id, const char *widths)
{
	TRY(query_run(db, note_sizes, BIND(INT("id", media_id), TEXT("widths", widths))));
	return *widths == '\0' ? OK : query_run(db, stale_texts, BIND(INT("id", media_id)));
}

QUERY_WITH(QUERY_SCANS, forget_sizes, "UPDATE media SET variants_made = 0, widths = '' WHERE widths <> ''");
QUERY_WITH(QUERY_SCANS, stale_all, "UPDATE post_text SET renderer = '' WHERE post_id IN (SELECT post_id FROM media_use)");

enum status
media_variant_forget(struct db *db)
{
	enum status status = db_begin_write(db);

	if (status == OK)
		status = query_run(db, forget_sizes, BIND());
	if (status == OK)
		status = query_run(db, stale_all, BIND());
	if (status == OK)
		status = db_commit(db);
	db_end(db);
	return status;
}
