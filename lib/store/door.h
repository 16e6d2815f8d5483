/*
 * How people get in: passwords, links that sign in once, and what slows down those who guess.
 *
 * All that writes is called inside a write transaction that db_begin_private() began: nothing here shows on a public page.
 */
#ifndef STORE_DOOR_H
#define STORE_DOOR_H

#include <stdbool.h>

#include "store/db.h"
#include "store/user.h"

/* --- passwords ---------------------------------------------------------------- */

/* The hash of a user's password (core/password.h); NOT_FOUND when there is none. */
enum status password_of_user(struct db *db, struct arena *arena, int64_t user_id, const char **ret_hash);

/* Keeps a new hash, and ends all links and all sessions but the one with the id keep ("": all): whoever knew the old one is out. */
enum status password_change(struct db *db, int64_t user_id, const char *hash, int64_t now, const char *keep);

/* Keeps the same password's hash, made anew. */
enum status password_renew(struct db *db, int64_t user_id, const char *hash);

/* --- links -------------------------------------------------------------------- */

enum { LINK_SECONDS = 24 * 3600 };

/* The token is returned once. Links of the user that are over are removed. */
enum status link_add(struct db *db, struct arena *arena, int64_t user_id, int64_t now, int64_t expires,
	const char **ret_token);

/* Whose link that is, without using it; NOT_FOUND when it is unknown, used or over, or the user is disabled. */
enum status link_user(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user);

/* The same, and removes it: of many at once only one succeeds. */
enum status link_use(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user);

/* --- attempts ----------------------------------------------------------------- */

/*
 * Tries that failed are counted for an account and for a network. After some free ones each makes the next wait, twice as long every
 * time, up to a quarter of an hour. That is never a lock: the right password counts again after the wait, and a link always does.
 */
enum attempt_kind { ATTEMPT_ACCOUNT, ATTEMPT_NETWORK };

/* What somebody has shown before they are asked for a code of the second factor. */
enum door_way { BY_PASSWORD, BY_LINK, BY_SESSION, DOOR_WAYS };

/*
 * The name under which an account's codes of the second factor are counted: apart from its passwords, since whoever knows the password
 * and signs in half must not begin the count of codes anew; and apart for each way, since they must not keep those out who come by a
 * link from their mail.
 */
const char *door_code_name(struct arena *arena, const struct user *user, enum door_way way);

/* The same for mails that are asked for: whoever guesses at passwords must not keep anybody from their mail. */
const char *door_mail_name(struct arena *arena, const char *address);

/* Seconds until the next try is heard; 0: now. */
enum status attempt_wait(struct db *db, struct arena *arena, enum attempt_kind kind, const char *name, int64_t now,
	int64_t *ret_seconds);

/* One more that failed. Counts that were quiet for a day are removed. */
enum status attempt_failed(struct db *db, struct arena *arena, enum attempt_kind kind, const char *name, int64_t now);

/* The last one did not fail after all. */
enum status attempt_take_back(struct db *db, struct arena *arena, enum attempt_kind kind, const char *name);

/* How many failed, and when the last did; NOT_FOUND when none did lately. */
enum status attempt_count(struct db *db, struct arena *arena, enum attempt_kind kind, const char *name, int64_t *ret_failed,
	int64_t *ret_last);

/* Forgets the failed ones. */
enum status attempt_forget(struct db *db, struct arena *arena, enum attempt_kind kind, const char *name);

/* The network that an address belongs to: its first 24 bits for IPv4, its first 48 for IPv6 (RFC 6177); "" when it is no address. */
const char *attempt_network(struct arena *arena, const char *address);

/* --- what is over --------------------------------------------------------------- */

/* Whether there are links and attempts that door_sweep() would remove; reads only. */
enum status door_is_due(struct db *db, int64_t now, bool *ret_due);

/* Removes links that are over and counts that were quiet for a day, at most 100 of each. */
enum status door_sweep(struct db *db, int64_t now);

#endif
