/*
 * Who may have a file of the library. Where it lies (store/media/media_visibility.h) follows from this, and never the other way round.
 */
#ifndef STORE_MEDIA_ACCESS_H
#define STORE_MEDIA_ACCESS_H

#include <stdbool.h>

#include "store/media/media.h"
#include "store/access/viewer.h"

/*
 * Whether this viewer may have the file: because a post shows it whom viewer_may() lets see that much, because it is their own or
 * they may edit everybody's posts, or because the site's own words name it.
 */
enum status media_access_may(struct db *db, struct arena *arena, const struct viewer *viewer, const struct media *media, bool *ret_may);

/* Whether it is for everybody at that time. */
enum status media_access_is_public(struct db *db, struct arena *arena, const struct media *media, int64_t now, bool *ret_open);

#endif
