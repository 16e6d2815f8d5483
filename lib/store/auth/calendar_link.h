/*
 * The secret address at which an author subscribes to the calendar of scheduled posts. Everyone who knows it can read
 * that calendar.
 */
#ifndef STORE_AUTH_CALENDAR_LINK_H
#define STORE_AUTH_CALENDAR_LINK_H

#include "store/db/db.h"
#include "store/user/user.h"

/*
 * Creates a new address for the user and ends the old one. The token is returned only here; the database holds its
 * digest. Inside a private write transaction.
 */
enum status calendar_link_renew(struct db *db, struct arena *arena, int64_t user_id, int64_t now, const char **ret_token);
/* Ends the address; OK when there is none. Inside a private write transaction. */
enum status calendar_link_remove(struct db *db, int64_t user_id);

/* When it was created (Unix seconds); NOT_FOUND when there is none. */
enum status calendar_link_created(struct db *db, int64_t user_id, int64_t *ret_time);

/* The user that a token belongs to; NOT_FOUND when it is unknown, or the user may no longer write. */
enum status calendar_link_user(struct db *db, struct arena *arena, const char *token, struct user *ret_user);

#endif
