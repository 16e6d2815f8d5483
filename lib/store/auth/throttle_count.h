/*
 * Counts of failed attempts to sign in and of requested emails, which slow down further ones. cgi-bin/shared/throttle.h uses
 * them. All functions that write must be called inside a transaction of db_begin_private(), since no public page shows this
 * data. Times are Unix seconds.
 */
#ifndef STORE_AUTH_THROTTLE_COUNT_H
#define STORE_AUTH_THROTTLE_COUNT_H

#include <stdbool.h>

#include "store/db/db.h"
#include "store/user/user.h"

/*
 * Attempts are counted under a name. After some free ones, each attempt makes the next one wait.
 *
 * - THROTTLE_ACCOUNT: failed passwords and codes of an account. Each wait is twice as long as the one before,
 *   up to 15 minutes. All unknown browsers share one counter per account. A browser that signed in before
 *   (store/auth/device_cookie.h) and a session have their own counters, so that strangers cannot lock the
 *   owner out.
 * - THROTTLE_NETWORK: the same for a network that tries many accounts.
 * - THROTTLE_MAIL: emails that visitors requested to an address. After five, one per hour. Meanwhile no request
 *   is refused: the newest email, which stays valid for that time, works for everyone who asks.
 */
enum throttle_kind { THROTTLE_ACCOUNT, THROTTLE_NETWORK, THROTTLE_MAIL };

/* What a user has already proved when asked for a code of the second factor. */
enum throttle_way { BY_PASSWORD, BY_LINK, BY_SESSION, THROTTLE_WAYS };

/*
 * The name under which codes of an account's second factor are counted, in the arena. They are counted separately
 * from passwords, so that someone who knows the password cannot reset the count of codes by signing in halfway. They
 * are counted separately for each way, so that attempts with the password cannot lock out a user who comes by an
 * emailed link.
 */
const char *throttle_code_name(struct arena *arena, const struct user *user, enum throttle_way way);

/*
 * The name under which emails to an address are counted and share their codes (store/auth/email_verification.h), in
 * the arena. Sign-in and sign-up are separate: an address without an account gets no email for signing in, but must
 * still get one for signing up.
 */
const char *throttle_mail_name(struct arena *arena, const char *address, bool joins);

/* Seconds until the next attempt is accepted or the next email is sent; 0: now. */
enum status throttle_wait(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, int64_t now,
	int64_t *ret_seconds);

/* Counts a failed attempt. Removes up to 100 counts that did not change for a day. */
enum status throttle_add(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, int64_t now);

/* Subtracts one attempt, because the last one did not fail after all. */
enum status throttle_subtract(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name);

/* The number of failed attempts and the time of the last. NOT_FOUND when there is no count. */
enum status throttle_read(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, int64_t *ret_failed,
	int64_t *ret_last);

/* Resets the count. */
enum status throttle_end(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name);

/*
 * The network of an IP address, in the arena: the first 24 bits of IPv4, the first 48 of IPv6 (RFC 6177); "" for NULL
 * and for text that is not an address. An IPv4-mapped IPv6 address (RFC 4291, 2.5.5.2), which proxies use that listen
 * on both, counts as IPv4, because its first 48 bits are the same for all.
 */
const char *throttle_network(struct arena *arena, const char *address);

/* Whether throttle_sweep() would remove anything. Reads only. */
enum status throttle_is_due(struct db *db, int64_t now, bool *ret_due);

/* Removes counts that did not change for a day, at most 100. */
enum status throttle_sweep(struct db *db, int64_t now);

#endif
