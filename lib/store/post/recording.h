/* Data of a post's recording besides the file: chapters and a transcript. */
#ifndef STORE_POST_RECORDING_H
#define STORE_POST_RECORDING_H

#include "store/db/db.h"

struct recording {
	const char *chapters;  /* one per line, "12:34 Title"; see page/post/chapters.h */
	int64_t transcript_id; /* a WebVTT file in table media, or 0 */
};

/* Reads the recording data of a post; empty when it has none. In the arena. */
enum status recording_get(struct db *db, struct arena *arena, int64_t post_id, struct recording *ret_recording);

/*
 * Saves it, inside a write transaction and before post_save(), which then records the transcript as one of the
 * post's files.
 */
enum status recording_save(struct db *db, int64_t post_id, const struct recording *recording);

#endif
