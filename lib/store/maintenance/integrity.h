/* What `renown doctor` checks in addition to db_backup_check(). */
#ifndef STORE_MAINTENANCE_INTEGRITY_H
#define STORE_MAINTENANCE_INTEGRITY_H

#include "store/db/db.h"

struct integrity {
	int64_t posts;      /* all posts, of every kind and state */
	int64_t published;  /* posts and pages that the search index must hold */
	int64_t indexed;    /* rows of the search index */
	int64_t textless;   /* posts without a row in post_text */
	int64_t stale;      /* texts rendered by another version of the renderer */
	int64_t miscounted; /* combinations of tag and language with a wrong count of posts */
};

/* Counts all of this by reading whole tables. renderer: post_render_version(). */
enum status integrity_check(struct db *db, const char *renderer, struct integrity *ret_inspection);

/*
 * The latest time at which something was written; 0: nothing was. If it is later than now, the clock is or was wrong.
 * Takes a few index lookups.
 */
enum status integrity_newest(struct db *db, int64_t *ret_time);

/* The id of the oldest owner account that can sign in and is not sample content; NOT_FOUND when there is none. */
enum status integrity_real_owner(struct db *db, int64_t *ret_user_id);

#endif
