/*
 * The version of the site's content, from which ETag and Last-Modified of pages are made. Times are Unix seconds.
 */
#ifndef STORE_DB_CONTENT_VERSION_H
#define STORE_DB_CONTENT_VERSION_H

#include "store/db/db.h"

struct content_version {
	int64_t counter; /* incremented by every commit that may change a public page */
	int64_t changed; /* when it was last incremented */
	int64_t comments, comments_changed; /* incremented when comments change that readers see, and the time */
	int64_t steps, steps_changed;       /* incremented when the rounded number of comments of a post changes, and the time */
	int64_t newest;  /* publish date of the newest post or page that is due, or 0: they become visible without a write */
};

/* Reads the current version. now decides which posts are due. */
enum status content_version_read(struct db *db, int64_t now, struct content_version *ret_change);

#endif
