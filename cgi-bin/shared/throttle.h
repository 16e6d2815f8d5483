/* Throttles attempts to prove an identity: when signing in, and when signed-in users confirm it again. */
#ifndef CGI_BIN_SHARED_THROTTLE_H
#define CGI_BIN_SHARED_THROTTLE_H

#include "core/file_lock.h"
#include "http/serve.h"
#include "store/auth/throttle_count.h"

/*
 * The counters that an attempt uses. Each account has three kinds: one for all unknown browsers, one for each
 * browser that has signed in before (store/auth/device_cookie.h), and one for each session. Too many failures lock
 * only their own counter.
 */
struct throttle {
	const char *name; /* key of the counter, for THROTTLE_ACCOUNT or THROTTLE_MAIL */
	bool own;         /* counter of one browser or session; its network, which others may share, is not counted */
};

/* The counter of this browser for the account with that address. name: what is counted, such as the address. */
enum status throttle_of_browser(struct request *req, const char *name, const char *address, struct throttle *ret_throttle);

/* The counter of the current session. */
struct throttle throttle_of_session(struct request *req, const char *name);

/*
 * TOO_MANY, reported in the form, when the user must wait; reads only. Call it before throttle_password_lock(), so that a
 * user who must wait anyway is not asked to try again in a few seconds. last: as below.
 */
enum status throttle_check(struct request *req, const struct throttle *throttle, bool last);

/*
 * Counts an attempt as failed and commits that. Call it before checking a password, so that parallel attempts are
 * counted too. TOO_MANY, reported in the form, when the user must wait. last: there is no other way to sign in,
 * such as an email, to suggest.
 */
enum status throttle_count(struct request *req, const struct throttle *throttle, bool last);

/* The same for the network only, for requesting emails. */
enum status throttle_count_network(struct request *req, const struct throttle *throttle);

/*
 * The attempt succeeded: clears the failed attempts of that counter, and subtracts one from those of the network. Inside a
 * write transaction.
 */
enum status throttle_forget(struct request *req, const struct throttle *throttle);

/*
 * Takes the lock for hashing a password, without waiting. Hashing is expensive, so in the whole site one process at
 * a time may do it for unknown browsers, and one more for known browsers and sessions. So with two workers, one
 * stays free for other requests. Call it before throttle_count(), since BUSY, reported in the form, is not a failed
 * attempt. own: as in struct throttle. file_lock_release() ends it, or the end of the request.
 */
enum status throttle_password_lock(struct request *req, bool own, struct file_lock **ret_lock);

/*
 * Counts an attempt with a code of two-factor authentication. Each way of signing in has its own counter.
 * *ret_throttle: to be cleared when the code is right.
 */
enum status throttle_try_code(struct request *req, const struct user *user, enum throttle_way way, struct throttle *ret_throttle);

/*
 * Checks a signed-in user's password and counts the attempt for the session; a right one clears that count. hash:
 * of the user's password. Leaves no transaction open.
 */
enum status throttle_try_password(struct request *req, const char *hash, const char *text, bool *ret_right);

/*
 * Does not count the last attempt, after a signed-in user confirmed the identity in another way. Inside a write
 * transaction.
 */
enum status throttle_take_back_password(struct request *req);

/*
 * Checks whether a field contains the signed-in user's password. NOT_FOUND: the account has none. INVALID, reported
 * at the field: it is wrong. wrong: the message, translated.
 */
enum status throttle_password(struct request *req, const char *field, const char *wrong);

#endif
