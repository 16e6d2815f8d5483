/* Smaller sizes of images: which images still need them, and the results. */
#ifndef STORE_MEDIA_VARIANT_H
#define STORE_MEDIA_VARIANT_H

#include "store/media/media.h"

/* Lists images without smaller sizes, oldest first; at most limit. In the arena. */
enum status media_variant_missing(struct db *db, struct arena *arena, int64_t limit, struct media **ret_media, size_t *ret_count);

/*
 * Stores the widths that were made ("480 960", or "" when none are possible), inside a write transaction. If there
 * are any, posts that show the image are marked as stale.
 */
enum status media_variant_save(struct db *db, int64_t media_id, const char *widths);

/* Marks all images so that their sizes are made again. Runs in its own transaction. */
enum status media_variant_forget(struct db *db);

#endif
