/* What belongs to the recording of a post besides its file: chapters, and a transcript. */
#ifndef STORE_POST_RECORDING_H
#define STORE_POST_RECORDING_H

#include "store/db/db.h"

struct recording {
	const char *chapters;  /* a line each: "12:34 Title"; see page/post/chapters.h */
	int64_t transcript_id; /* a WebVTT file in table media, or 0 */
};

/* That of a post; empty when it has none. */
enum status recording_get(struct db *db, struct arena *arena, int64_t post_id, struct recording *ret_recording);

/* In a write transaction, before the post is saved: post_save() then knows the transcript as one of its files. */
enum status recording_save(struct db *db, int64_t post_id, const struct recording *recording);

#endif
