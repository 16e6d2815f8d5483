/* What `renown doctor` counts, beyond db_backup_check(). All of it reads whole tables. */
#ifndef STORE_MAINTENANCE_INTEGRITY_H
#define STORE_MAINTENANCE_INTEGRITY_H

#include "store/db/db.h"

struct integrity {
	int64_t posts;      /* of every kind and state */
	int64_t published;  /* those that search must know */
	int64_t indexed;    /* rows of the search index */
	int64_t textless;   /* posts without a row in post_text */
	int64_t stale;      /* texts of another renderer version */
	int64_t miscounted; /* tags whose count of posts is wrong in some language */
};

/* renderer: post_render_version(). */
enum status integrity_check(struct db *db, const char *renderer, struct integrity *ret_inspection);

/* The latest time at which something was written, a few steps in indexes: when it is later than now, the clock is or was wrong. */
enum status integrity_newest(struct db *db, int64_t *ret_time);

/* The eldest owner who did not come with the sample content; NOT_FOUND when there is none. */
enum status integrity_own_owner(struct db *db, int64_t *ret_user_id);

#endif
