/*
 * The session cookie: the session's token, the time of the last visit, and the site's signature over both. A GET
 * never writes, so the database does not know the time of the last visit. The cookie holds it, and the signature
 * prevents changes. The cookie is renewed at most once an hour.
 */
#ifndef STORE_AUTH_SESSION_COOKIE_H
#define STORE_AUTH_SESSION_COOKIE_H

#include <stdbool.h>

#include "store/db/db.h"
#include "store/user/user.h"

enum {
	SESSION_SECONDS = 30 * 24 * 3600,    /* the absolute end of a session */
	SESSION_COOKIE_IDLE = 14 * 24 * 3600,         /* a user is signed out after so long without a visit */
	SESSION_COOKIE_IDLE_TRUSTED = 2 * 24 * 3600,  /* the same for users who may edit others' posts or run the site */
	SESSION_COOKIE_RENEWED = 3600,                /* the cookie is renewed no more often */
};

/*
 * The cookie's value, in the arena. seen: the time of the visit. For a script that keeps the first cookie forever
 * (`renown session add`) it is the end of the session, so that the cookie never counts as idle.
 */
enum status session_cookie_add(struct db *db, struct arena *arena, const char *token, int64_t seen, const char **ret_cookie);

/*
 * Reads the token, in the arena, and the time. NOT_FOUND: the cookie is not one that this site signed. cookie may be
 * NULL.
 */
enum status session_cookie_read(struct db *db, struct arena *arena, const char *cookie, const char **ret_token, int64_t *ret_seen);

/* Whether a user who was last seen then is still signed in. It depends on the user's current role. */
bool session_cookie_is_valid(const struct user *user, int64_t seen, int64_t now);

#endif
