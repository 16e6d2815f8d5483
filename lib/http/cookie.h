/*
 * The Cookie header field (RFC 6265, 4.2.1), which anybody can fill with anything.
 */
#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

#include <stdint.h>

#include "core/arena.h"
#include "core/conf.h"

enum { COOKIE_VALUE_MAX = 256 };

/*
 * The value of the first cookie of that name, in the arena. NULL when there is none, or when its value is empty, is
 * longer than COOKIE_VALUE_MAX bytes or holds a byte that section 4.1.1 does not allow: what we set never looks so.
 * Pairs are separated by "; " and nothing else, just as the web server's map sees them: whom we know must never be
 * taken for a stranger there, whose answer may be kept for others.
 * cookies: the header field's value, or NULL.
 */
const char *cookie_value(struct arena *arena, const char *cookies, const char *name);

/*
 * The name under which the site's cookie travels (RFC 6265bis, 4.1.3). With https a prefix keeps http from setting it: __Host- where
 * the site has the whole host, which also keeps out sister domains, but demands "Path=/". Below a path it is __Secure-, with that path,
 * since other programs of the host must not get it.
 */
const char *cookie_name(struct arena *arena, const struct conf *conf, const char *name);

/*
 * The value of a Set-Cookie header field for the cookie of that name. seconds: how long the browser keeps it; 0: removes it. SameSite=Lax: a
 * link from elsewhere finds its reader signed in, a form from elsewhere does not.
 */
const char *cookie_set(struct arena *arena, const struct conf *conf, const char *name, const char *value, int64_t seconds);

#endif
