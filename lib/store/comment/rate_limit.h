/*
 * How fast one person, one network, or either of them below one post may write comments. Each of them has a row
 * with the time of the last comment and a sliding window. The table holds keyed digests only, and each row has an
 * expiry. Times are Unix seconds.
 *
 * The window slides by interpolation: what was counted in the window before counts by the share of it that the last
 * `seconds` still cover. So one row is enough, and at most twice the limit can ever be written in any `seconds`.
 */
#ifndef STORE_COMMENT_RATE_LIMIT_H
#define STORE_COMMENT_RATE_LIMIT_H

#include <stdint.h>

#include "store/db/db.h"

/* One limit. */
struct rate_limit {
	const char *name;  /* whom it is for, such as "person 7" or "network 192.0.2"; only its digest is stored */
	int64_t pause;     /* seconds that must pass between two; 0: none */
	int64_t most;      /* how many in a window; 0: any number */
	int64_t seconds;   /* length of the window */
};

/* Seconds until the next one is allowed; 0: now. Reads only. */
enum status rate_limit_wait(struct db *db, struct arena *arena, const struct rate_limit *limit, int64_t now, int64_t *ret_seconds);

/* Counts one, inside a write transaction. */
enum status rate_limit_count(struct db *db, struct arena *arena, const struct rate_limit *limit, int64_t now);

/* How many were counted in the last `seconds`, interpolated. Reads only. */
enum status rate_limit_recent(struct db *db, struct arena *arena, const struct rate_limit *limit, int64_t now, int64_t *ret_count);

/* Whether rate_limit_sweep() would remove anything. Reads only. */
enum status rate_limit_is_due(struct db *db, int64_t now, bool *ret_due);
/* Removes expired rows, at most 100, inside a write transaction. */
enum status rate_limit_sweep(struct db *db, int64_t now);

#endif
