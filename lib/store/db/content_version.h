/* What a page's ETag and Last-Modified are made from. */
#ifndef STORE_DB_CONTENT_VERSION_H
#define STORE_DB_CONTENT_VERSION_H

#include "store/db/db.h"

struct content_version {
	int64_t counter; /* grows with every write that a public page may show */
	int64_t changed; /* when it last grew */
	int64_t newest;  /* published time of the newest post that is due: a post becomes visible without any write */
};

enum status content_version_read(struct db *db, int64_t now, struct content_version *ret_change);

#endif
