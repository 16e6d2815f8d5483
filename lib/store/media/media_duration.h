/* The duration of audio and video files: which files are not measured yet, and the results. */
#ifndef STORE_MEDIA_DURATION_H
#define STORE_MEDIA_DURATION_H

#include "store/media/media.h"

/* A longer duration is a mistake in the file. */
enum { MEDIA_MAX_SECONDS = 7 * 24 * 3600 };

/* Lists recordings that were not measured yet, oldest first; at most limit. In the arena. */
enum status media_duration_missing(struct db *db, struct arena *arena, int64_t limit, struct media **ret_media, size_t *ret_count);

/*
 * Stores a duration, inside a write transaction; seconds 0: it cannot be determined. is_sound: there is no video.
 * Then an MP4 becomes audio/mp4, and a post of kind video that has it as its recording becomes kind audio.
 */
enum status media_duration_save(struct db *db, int64_t media_id, int64_t seconds, bool is_sound);

#endif
