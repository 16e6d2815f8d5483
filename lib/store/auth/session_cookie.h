/*
 * The session's cookie: its token, when the browser last came, and the site's signature over both. A GET never writes, so the store does
 * not know when somebody was last here; the cookie does, and the signature keeps anybody from saying otherwise. It is made anew once an hour.
 */
#ifndef STORE_AUTH_SESSION_COOKIE_H
#define STORE_AUTH_SESSION_COOKIE_H

#include <stdbool.h>

#include "store/db/db.h"
#include "store/user/user.h"

enum {
	SESSION_SECONDS = 30 * 24 * 3600,    /* the absolute end of a session */
	SESSION_COOKIE_IDLE = 14 * 24 * 3600,         /* whoever stays away as long is signed out */
	SESSION_COOKIE_IDLE_TRUSTED = 2 * 24 * 3600,  /* the same for those who may change what others wrote, or run the site */
	SESSION_COOKIE_RENEWED = 3600,                /* no oftener */
};

/*
 * The value of the cookie. seen: now; or the session's own end, for a script that keeps the first cookie for good (`renown session add`):
 * it then never counts as idle.
 */
enum status session_cookie_add(struct db *db, struct arena *arena, const char *token, int64_t seen, const char **ret_cookie);

/* The token and the time in it; NOT_FOUND when it has none, or none that this site signed. cookie may be NULL. */
enum status session_cookie_read(struct db *db, struct arena *arena, const char *cookie, const char **ret_token, int64_t *ret_seen);

/* Whether somebody who was seen then is still signed in. Asked with the role of today. */
bool session_cookie_holds(const struct user *user, int64_t seen, int64_t now);

#endif
