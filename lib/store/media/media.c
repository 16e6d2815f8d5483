#include "store/media/media.h"

#include "core/clock.h"
#include "core/str.h"

static const struct column media_columns[] = {
	COLUMN_INT(struct media, id),
	COLUMN_TEXT(struct media, digest),
	COLUMN_TEXT(struct media, suffix),
	COLUMN_TEXT(struct media, type),
	COLUMN_TEXT(struct media, name),
	COLUMN_INT(struct media, bytes),
	COLUMN_INT(struct media, width),
	COLUMN_INT(struct media, height),
	COLUMN_INT(struct media, duration),
	COLUMN_INT(struct media, created),
	COLUMN_TEXT(struct media, alt),
	COLUMN_INT(struct media, public),
	COLUMN_INT(struct media, variants_made),
	COLUMN_TEXT(struct media, widths),
	COLUMN_INT(struct media, replaced_by),
	{ 0 },
};
const struct row media_row = { sizeof(struct media), media_columns };

bool
media_is_recording(const struct media *media)
{
	return str_starts(media->type, "audio/") || str_starts(media->type, "video/");
}

QUERY(id_by_digest, "SELECT id FROM media WHERE digest = :digest");
QUERY(add,
	"INSERT INTO media (digest, suffix, type, bytes, width, height, probed, name, created, sample)"
	" VALUES (:digest, :suffix, :type, :bytes, :width, :height, :probed, :name, :created, :sample) RETURNING id");

enum status
media_find_or_add(struct db *db, struct media *media, bool sample)
{
	enum status status = query_integer(db, id_by_digest, &media->id, BIND(TEXT("digest", media->digest)));

	if (status != NOT_FOUND)
		return status;
	return query_insert(db, add, &media->id, BIND(TEXT("digest", media->digest), TEXT("suffix", media->suffix),
		TEXT("type", media->type), INT("bytes", media->bytes), INT("width", media->width),
		INT("height", media->height), INT("probed", !media_is_recording(media)), TEXT("name", media->name),
		INT("created", media->created != 0 ? media->created : clock_now()), INT("sample", sample)));
}

QUERY(by_id, "SELECT" MEDIA_COLUMNS " FROM media AS m WHERE m.id = :id");

enum status
media_by_id(struct db *db, struct arena *arena, int64_t id, struct media *ret_media)
{
	return query_one(db, arena, by_id, &media_row, ret_media, BIND(INT("id", id)));
}

QUERY(by_digest, "SELECT" MEDIA_COLUMNS " FROM media AS m WHERE m.digest = :digest");

enum status
media_by_digest(struct db *db, struct arena *arena, const char *digest, struct media *ret_media)
{
	return query_one(db, arena, by_digest, &media_row, ret_media, BIND(TEXT("digest", digest)));
}

QUERY_WITH(QUERY_SCANS, all, "SELECT" MEDIA_COLUMNS " FROM media AS m WHERE m.replaced_by IS NULL ORDER BY m.id");

enum status
media_each(struct db *db, enum status (*each)(void *context, struct arena *arena, void *media), void *context)
{
	return query_each(db, all, &media_row, each, context, BIND());
}

const char *
media_path(struct arena *arena, const struct media *media)
{
	return arena_printf(arena, "%.2s/%s.%s", media->digest, media->digest, media->suffix);
}

const char *
media_variant_path(struct arena *arena, const char *digest, long width)
{
	return arena_printf(arena, "%.2s/%s-%ld.webp", digest, digest, width);
}
