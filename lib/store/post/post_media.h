/* Which media files a post shows: its cover, recording and transcript, the pictures in its text, and the covers of its A/B test. */
#ifndef STORE_POST_MEDIA_H
#define STORE_POST_MEDIA_H

#include "store/db/db.h"

/*
 * For whoever changes a post, inside the write transaction and after the change: records the files that the post shows as it is
 * stored now, and has db_settle_media() decide about each of them and each that it showed before. So a file that is not public
 * any more leaves the public folder before the commit.
 */
enum status post_media_save(struct db *db, struct arena *arena, int64_t post_id);

#endif
