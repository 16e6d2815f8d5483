#include "store/media/media_duration.h"

QUERY(unmeasured,
	"SELECT" MEDIA_COLUMNS " FROM media AS m WHERE m.probed = 0 AND m.replaced_by IS NULL ORDER BY m.id LIMIT :limit");

enum status
media_duration_missing(struct db *db, struct arena *arena, int64_t limit, struct media **ret_media, size_t *ret_count)
{
	return query_list(db, arena, unmeasured, &media_row, ret_media, ret_count, BIND(INT("limit", limit)));
}

QUERY(note_length,
	"UPDATE media SET probed = 1, duration = :seconds, type = CASE WHEN :sound <> 0 AND type = 'video/mp4'"
	" THEN 'audio/mp4' ELSE type END WHERE id = :id");
QUERY(note_sound,
	"UPDATE post SET kind = 'audio' WHERE enclosure_id = :id AND kind = 'video'"
	" AND EXISTS (SELECT 1 FROM media WHERE id = :id AND type LIKE 'audio/%')");

enum status
media_duration_save(struct db *db, int64_t media_id, int64_t seconds, bool is_sound)
{
	TRY(query_run(db, note_length, BIND(INT("id", media_id), INT("seconds", seconds), INT("sound", is_sound))));
	return is_sound ? query_run(db, note_sound, BIND(INT("id", media_id))) : OK;
}
