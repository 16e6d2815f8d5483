/*
 * How people get in: passwords, links that sign in once, and what slows down those who guess.
 *
 * All that writes is called inside a write transaction that db_begin_private() began: nothing here shows on a public page.
 */
#ifndef STORE_AUTH_CREDENTIAL_H
#define STORE_AUTH_CREDENTIAL_H

#include <stdbool.h>

#include "store/db/db.h"
#include "store/user/user.h"

/* --- passwords ---------------------------------------------------------------- */

/* The hash of a user's password (core/password.h); NOT_FOUND when there is none. */
enum status credential_password(struct db *db, struct arena *arena, int64_t user_id, const char **ret_hash);

/* Keeps a new hash, and ends all other access as credential_sign_out_others() does: whoever knew the old password is out. */
enum status credential_change_password(struct db *db, int64_t user_id, const char *hash, int64_t now, const char *keep);

/* Keeps the same password's hash, made anew. */
enum status credential_renew_password(struct db *db, int64_t user_id, const char *hash);

/*
 * Ends all access that was given out for a user: sessions but the one with the id keep ("": all), sign-in links, links and codes in
 * emails, sign-ins that wait for a second factor, and the secret address of the user's calendar.
 */
enum status credential_sign_out_others(struct db *db, int64_t user_id, const char *keep);

/* --- links -------------------------------------------------------------------- */

enum { LINK_SECONDS = 24 * 3600 };

/* The token is returned once. Links of the user that are over are removed. */
enum status sign_in_link_add(struct db *db, struct arena *arena, int64_t user_id, int64_t now, int64_t expires,
	const char **ret_token);

/* Whose link that is, without using it; NOT_FOUND when it is unknown, used or over, or the user is disabled. */
enum status sign_in_link_user(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user);

/* The same, and removes it: of many at once only one succeeds. */
enum status sign_in_link_use(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user);

/* --- attempts ----------------------------------------------------------------- */

/*
 * Attempts are counted under a name. After some free ones each attempt makes the next one wait.
 *
 * - THROTTLE_ACCOUNT: passwords and codes that failed for an account. Each wait is twice as long as the one before, up to a quarter of
 *   an hour. All unknown browsers share one counter for each account. A browser that signed in before (store/auth/device_cookie.h)
 *   and a session have counters of their own, so that strangers cannot keep the owner out.
 * - THROTTLE_NETWORK: the same for a network that tries many accounts.
 * - THROTTLE_MAIL: emails that were sent to an address because somebody asked for one. After five, one an hour. Meanwhile nothing is
 *   refused: the newest email, which is good for as long, works for all who ask.
 */
enum throttle_kind { THROTTLE_ACCOUNT, THROTTLE_NETWORK, THROTTLE_MAIL };

/* What somebody has shown before they are asked for a code of the second factor. */
enum credential_way { BY_PASSWORD, BY_LINK, BY_SESSION, CREDENTIAL_WAYS };

/*
 * The name under which an account's codes of the second factor are counted: apart from its passwords, since whoever knows the password
 * and signs in half must not begin the count of codes anew; and apart for each way, since they must not keep those out who come by a
 * link from their mail.
 */
const char *credential_code_name(struct arena *arena, const struct user *user, enum credential_way way);

/*
 * The name under which emails are counted, and their codes shared (store/auth/email_verification.h). Those for signing in and those for joining are
 * apart: an address without an account gets none for signing in, and must still get one for joining.
 */
const char *credential_mail_name(struct arena *arena, const char *address, bool joins);

/* Seconds until the next attempt is accepted, or the next email sent; 0: now. */
enum status throttle_wait(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, int64_t now,
	int64_t *ret_seconds);

/* One more that failed. Counts that were quiet for a day are removed. */
enum status throttle_add(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, int64_t now);

/* The last one did not fail after all. */
enum status throttle_subtract(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name);

/* How many failed, and when the last did; NOT_FOUND when none did lately. */
enum status throttle_read(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, int64_t *ret_failed,
	int64_t *ret_last);

/* Forgets the failed ones. */
enum status throttle_end(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name);

/*
 * The network that an address belongs to: its first 24 bits for IPv4, its first 48 for IPv6 (RFC 6177); "" when it is no address. IPv4
 * written as IPv6, as proxies do that listen on both, is IPv4 (RFC 4291, 2.5.5.2): its first 48 bits are the same for all.
 */
const char *throttle_network(struct arena *arena, const char *address);

/* --- what is over --------------------------------------------------------------- */

/* Whether there are links and attempts that credential_sweep() would remove; reads only. */
enum status credential_is_due(struct db *db, int64_t now, bool *ret_due);

/* Removes links that are over and counts that were quiet for a day, at most 100 of each. */
enum status credential_sweep(struct db *db, int64_t now);

#endif
