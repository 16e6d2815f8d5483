/*
 * The Cookie header field (RFC 6265, 4.2.1), which anybody can fill with anything.
 */
#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

#include "core/arena.h"

enum { COOKIE_VALUE_MAX = 256 };

/*
 * The value of the first cookie of that name, in the arena. NULL when there is none, or when its value is empty, is
 * longer than COOKIE_VALUE_MAX bytes or holds a byte that section 4.1.1 does not allow: what we set never looks so.
 * Pairs are separated by "; " and nothing else, just as the web server's map sees them: whom we know must never be
 * taken for a stranger there, whose answer may be kept for others.
 * cookies: the header field's value, or NULL.
 */
const char *cookie_value(struct arena *arena, const char *cookies, const char *name);

#endif
