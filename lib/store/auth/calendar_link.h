/* The secret address under which an author subscribes to the calendar of scheduled posts: whoever knows it may read that. */
#ifndef STORE_AUTH_CALENDAR_LINK_H
#define STORE_AUTH_CALENDAR_LINK_H

#include "store/db/db.h"
#include "store/user/user.h"

/* A new address for the user, whose old one ends; the token is returned once. Inside a private write transaction. */
enum status calendar_link_renew(struct db *db, struct arena *arena, int64_t user_id, int64_t now, const char **ret_token);
/* Ends it; OK when there is none. Inside a private write transaction. */
enum status calendar_link_remove(struct db *db, int64_t user_id);

/* When it was made; NOT_FOUND when there is none. */
enum status calendar_link_created(struct db *db, int64_t user_id, int64_t *ret_time);

/* Whose it is; NOT_FOUND when it is unknown, or its user may not write any more. */
enum status calendar_link_user(struct db *db, struct arena *arena, const char *token, struct user *ret_user);

#endif
