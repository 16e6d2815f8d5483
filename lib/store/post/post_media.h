/*
 * The media files that a post shows: its cover, recording and transcript, the images in its text, and the covers of
 * its A/B tests.
 */
#ifndef STORE_POST_MEDIA_H
#define STORE_POST_MEDIA_H

#include "store/db/db.h"

/*
 * Records the files that a post shows, and calls db_settle_media() for each of them and each that the post showed
 * before. Call it inside the write transaction, after the post was changed. So a file that is no longer public leaves
 * the public folder before the commit.
 */
enum status post_media_save(struct db *db, struct arena *arena, int64_t post_id);

#endif
