/* The sources of imported posts, and what has changed in those posts since. */
#ifndef STORE_POST_IMPORT_SOURCE_H
#define STORE_POST_IMPORT_SOURCE_H

#include "store/db/db.h"

struct import_source {
	int64_t id, work_id, revision, published;
	const char *source, *source_digest, *slug, *state, *access;
	int64_t trashed;     /* when it was moved to the trash, or 0 */
	int64_t edited;     /* 1: title or text were saved on the site after the last import */
	int64_t decided;    /* 1: someone published or unpublished it on the site after the last import */
};

/* The post that was imported from that source; NOT_FOUND when there is none. In the arena. */
enum status import_source_find(struct db *db, struct arena *arena, const char *source, struct import_source *ret_source);

/*
 * Counts the posts whose source begins with prefix, and calls each() for every one, by source. each may be NULL.
 * prefix must end in '/'.
 */
enum status import_source_each(struct db *db, const char *prefix,
	enum status (*each)(void *context, struct arena *arena, void *source), void *context, int64_t *ret_count);

/* Unpublishes a post, with its text unchanged, and stores a new source_digest. Inside a write transaction. */
enum status import_source_unpublish(struct db *db, struct arena *arena, int64_t id, const char *source_digest, int64_t now);

/* The id of the post that has or had that slug; NOT_FOUND when it is free. */
enum status import_source_slug_holder(struct db *db, const char *slug, int64_t *ret_id);

#endif
