/* How long sound and film last: which wait to be looked at, and what was found. */
#ifndef STORE_MEDIA_DURATION_H
#define STORE_MEDIA_DURATION_H

#include "store/media/media.h"

/* Longer than that is a mistake of the file's. */
enum { MEDIA_MOST_SECONDS = 7 * 24 * 3600 };

/* Recordings that were not looked at yet, oldest first; at most limit. */
enum status media_duration_missing(struct db *db, struct arena *arena, int64_t limit, struct media **ret_media, size_t *ret_count);

/*
 * In a write transaction: notes how long it lasts, 0 when nobody can tell. is_sound: there is no picture in it; an MP4 is then audio/mp4,
 * and a post that has it is one to hear.
 */
enum status media_duration_save(struct db *db, int64_t media_id, int64_t seconds, bool is_sound);

#endif
