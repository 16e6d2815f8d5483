/* Where imported posts came from, and what has happened to them since. */
#ifndef STORE_POST_IMPORT_SOURCE_H
#define STORE_POST_IMPORT_SOURCE_H

#include "store/db/db.h"

struct import_source {
	int64_t id, work_id, revision, published;
	const char *source, *source_digest, *slug, *state, *access;
	int64_t trashed;     /* since when it has been in the trash, or 0 */
	int64_t edited;     /* 1: title or text were saved on the site after the last import */
	int64_t decided;    /* 1: someone published or withdrew it on the site after the last import */
};

/* The post that an import made from that source; NOT_FOUND. */
enum status import_source_find(struct db *db, struct arena *arena, const char *source, struct import_source *ret_source);

/* How many posts came from sources that begin so, and calls each (which may be NULL) for every one, by source. */
enum status import_source_each(struct db *db, const char *prefix,
	enum status (*each)(void *context, struct arena *arena, void *source), void *context, int64_t *ret_count);

/* Takes the post off the site, its text unchanged, and stores another source_digest. */
enum status import_source_unpublish(struct db *db, struct arena *arena, int64_t id, const char *source_digest, int64_t now);

/* The post that has or had that address part; NOT_FOUND when it is free. */
enum status import_source_slug_holder(struct db *db, const char *slug, int64_t *ret_id);

#endif
