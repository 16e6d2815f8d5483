/*
 * Who may read a media file. The folder of a file (store/media/media_visibility.h) follows from this, never the
 * reverse.
 */
#ifndef STORE_MEDIA_ACCESS_H
#define STORE_MEDIA_ACCESS_H

#include <stdbool.h>

#include "store/media/media.h"
#include "store/access/viewer.h"

/*
 * Whether this viewer may read the file: a post shows it and viewer_may() allows that part of the post; or it is in
 * the viewer's library, or the viewer may edit all posts; or a setting of the site refers to it.
 */
enum status media_access_may(struct db *db, struct arena *arena, const struct viewer *viewer, const struct media *media, bool *ret_may);

/* Whether the file is public at that time. */
enum status media_access_is_public(struct db *db, struct arena *arena, const struct media *media, int64_t now, bool *ret_open);

#endif
