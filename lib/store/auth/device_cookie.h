/*
 * The device cookie (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"): a browser that has signed in to an account
 * before has a counter of failed attempts of its own for it. So a stranger who guesses, or asks for emails, uses up the counter
 * that all unknown browsers share, and the owner's browser is still heard.
 *
 * The cookie is set when somebody signs in, and survives signing out. It opens nothing: all that it does is to choose a counter. It
 * holds up to DEVICE_ACCOUNTS entries, newest first: a random id, the time, and the site's signature over both and the address of the
 * account. Nobody can read from it which accounts these are.
 */
#ifndef STORE_AUTH_DEVICE_COOKIE_H
#define STORE_AUTH_DEVICE_COOKIE_H

#include <stdint.h>

#include "store/db/db.h"

enum {
	DEVICE_SECONDS = 365 * 24 * 3600, /* how long an entry is good for; each sign-in renews it */
	DEVICE_ACCOUNTS = 3,              /* accounts that one browser may have signed in to */
};

/*
 * The id under which this browser is counted for the account with that address; NOT_FOUND when it never signed in to it, or too
 * long ago. cookie: its value, or NULL; anybody may have made it up. address: as user_address_key() gives it.
 */
enum status device_cookie_id(struct db *db, struct arena *arena, const char *cookie, const char *address, int64_t now,
	const char **ret_id);

/* The cookie's new value after signing in to that account; the entries of other accounts stay. */
enum status device_cookie_add(struct db *db, struct arena *arena, const char *cookie, const char *address, int64_t now,
	const char **ret_cookie);

#endif
