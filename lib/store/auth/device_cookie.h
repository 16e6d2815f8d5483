/*
 * The device cookie (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"): a browser that has signed in to
 * an account before has its own counter of failed attempts for it. A stranger who guesses, or requests emails, uses
 * up the counter that all unknown browsers share, and the owner's browser can still sign in.
 *
 * The cookie is set on signing in and survives signing out. It gives no access; it only selects a counter. It holds
 * up to DEVICE_ACCOUNTS entries, newest first: a random id, the time, and the site's signature over both and the
 * account's email address. The accounts cannot be read from it.
 */
#ifndef STORE_AUTH_DEVICE_COOKIE_H
#define STORE_AUTH_DEVICE_COOKIE_H

#include <stdint.h>

#include "store/db/db.h"

enum {
	DEVICE_SECONDS = 365 * 24 * 3600, /* seconds that an entry is valid; each sign-in renews it */
	DEVICE_ACCOUNTS = 3,              /* accounts that one browser can be known for */
};

/*
 * The id under which this browser's attempts on the account with that address are counted, in the arena. NOT_FOUND:
 * the browser never signed in to it, or too long ago. cookie: its value, untrusted, or NULL. address: from
 * user_address_key().
 */
enum status device_cookie_id(struct db *db, struct arena *arena, const char *cookie, const char *address, int64_t now,
	const char **ret_id);

/*
 * The cookie's new value after signing in to that account, in the arena. Entries of other accounts stay, the oldest
 * excepted when there are too many.
 */
enum status device_cookie_add(struct db *db, struct arena *arena, const char *cookie, const char *address, int64_t now,
	const char **ret_cookie);

#endif
