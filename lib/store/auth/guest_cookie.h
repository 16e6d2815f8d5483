/*
 * The cookie of a guest who writes comments and chose "Remember me here". It recognises the guest's own comments, for
 * editing and for "approved before". It is set only on that choice, and browsers send it only below /comment
 * (http/cookie.h), so no page for reading receives it.
 *
 * It is "ID.TIME.SIGNATURE": a random id, when it was made, and the site's signature over both. The database has only
 * a keyed digest of the id.
 */
#ifndef STORE_AUTH_GUEST_COOKIE_H
#define STORE_AUTH_GUEST_COOKIE_H

#include <stdint.h>

#include "store/db/db.h"

enum { GUEST_SECONDS = 365 * 24 * 3600 }; /* how long it is valid */

/* A new cookie and the guest's digest (comment.person), in the arena. */
enum status guest_cookie_new(struct db *db, struct arena *arena, int64_t now, const char **ret_cookie, const char **ret_person);

/* The guest's digest; "" for a cookie that this site did not make or that is too old. cookie: untrusted, or NULL. */
enum status guest_cookie_person(struct db *db, struct arena *arena, const char *cookie, int64_t now, const char **ret_person);

#endif
