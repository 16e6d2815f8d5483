/* Smaller sizes of pictures: which wait for theirs, and what was made. */
#ifndef STORE_MEDIA_VARIANT_H
#define STORE_MEDIA_VARIANT_H

#include "store/media/media.h"

/* Pictures whose sizes were not made yet, oldest first; at most limit. */
enum status media_variant_missing(struct db *db, struct arena *arena, int64_t limit, struct media **ret_media, size_t *ret_count);

/*
 * In a write transaction: notes the widths that were made ("480 960", or "" when none can be). Texts that show the picture are marked as
 * stale when there are any.
 */
enum status media_variant_save(struct db *db, int64_t media_id, const char *widths);

/* Has all sizes made again; in a transaction of its own. */
enum status media_variant_forget(struct db *db);

#endif
