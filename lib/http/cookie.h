/* Reads and writes cookies (RFC 6265). The Cookie header field comes from the client and can contain anything. */
#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

#include <stdint.h>

#include "core/arena.h"
#include "core/conf.h"

enum { COOKIE_VALUE_MAX = 256 };

/*
 * The value of the first cookie of that name, in the arena. NULL when there is none, or when its value is empty, is
 * longer than COOKIE_VALUE_MAX bytes or contains a byte that section 4.1.1 does not allow; the site never sets such
 * a value. Pairs are separated only by "; ", exactly as in the web server's map: if the server saw no session where
 * this function sees one, it could cache a private page for everybody.
 * cookies: the header field's value, or NULL.
 */
const char *cookie_value(struct arena *arena, const char *cookies, const char *name);

/*
 * The name of the site's cookie in headers (RFC 6265bis, 4.1.3), in the arena. With https a prefix prevents http
 * pages from setting it. The prefix is __Host- when the site has the whole host; that also excludes sibling
 * domains, but requires "Path=/". For a site below a path it is __Secure- with that path, because other programs of
 * the host must not receive the cookie.
 */
const char *cookie_name(struct arena *arena, const struct conf *conf, const char *name);

/*
 * The value of a Set-Cookie header field, in the arena. seconds: how long the browser keeps the cookie; 0 removes
 * it. SameSite=Lax: the cookie is sent when a reader follows a link from another site, but not with a form from
 * another site.
 */
const char *cookie_set(struct arena *arena, const struct conf *conf, const char *name, const char *value, int64_t seconds);

/*
 * The same for a cookie that browsers send only below one path of the site, such as "/comment" (local). Its name with https begins with
 * __Secure-, because __Host- requires "Path=/".
 */
const char *cookie_name_below(struct arena *arena, const struct conf *conf, const char *name);
const char *cookie_set_below(struct arena *arena, const struct conf *conf, const char *name, const char *value, const char *path, int64_t seconds);

#endif
