/*
 * Links that sign a user in once: `renown user link` makes them. All functions that write must be called inside a
 * transaction of db_begin_private(), since no public page shows this data. Times are Unix seconds.
 */
#ifndef STORE_AUTH_SIGN_IN_LINK_H
#define STORE_AUTH_SIGN_IN_LINK_H

#include <stdbool.h>

#include "store/db/db.h"
#include "store/user/user.h"

enum { LINK_SECONDS = 24 * 3600 };

/*
 * Creates a link and removes the user's expired links. The token is returned only here; the database holds its
 * digest.
 */
enum status sign_in_link_add(struct db *db, struct arena *arena, int64_t user_id, int64_t now, int64_t expires,
	const char **ret_token);

/* The user of a link, without using it. NOT_FOUND: it is unknown, used or expired, or the user is disabled. */
enum status sign_in_link_user(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user);

/* The same, and removes the link. Of several attempts at the same time only one succeeds. */
enum status sign_in_link_use(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user);

/* Whether sign_in_link_sweep() would remove anything. Reads only. */
enum status sign_in_link_is_due(struct db *db, int64_t now, bool *ret_due);

/* Removes expired links, at most 100. */
enum status sign_in_link_sweep(struct db *db, int64_t now);

#endif
