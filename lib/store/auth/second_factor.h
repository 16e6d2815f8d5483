/*
 * Two-factor authentication: the secret shared with a user's authenticator, recovery codes for when it is lost, and
 * sign-ins that wait for the second factor. core/totp.h checks codes. This file stores which were used, so that none
 * is accepted twice.
 *
 * All functions that write must be called inside a transaction of db_begin_private(). Times are Unix seconds.
 */
#ifndef STORE_AUTH_SECOND_FACTOR_H
#define STORE_AUTH_SECOND_FACTOR_H

#include <stdbool.h>

#include "store/db/db.h"
#include "store/user/user.h"

enum {
	SECOND_FACTOR_SETUP_SECONDS = 3600, /* how long a secret that is not confirmed is shown */
	RECOVERY_CODES = 10,
	SIGN_IN_CHALLENGE_SECONDS = 600,
};

struct second_factor {
	int64_t user_id;
	const char *secret; /* from totp_secret_new() */
	int64_t created;
	int64_t confirmed;  /* 0: setup has begun, and no code is asked for yet */
	int64_t step;       /* the time step of the last accepted code */
};

/*
 * Reads a user's second factor; NOT_FOUND when there is none, not even one being set up. FAULT, logged, when the
 * secret cannot be decrypted.
 */
enum status second_factor_of_user(struct db *db, struct arena *arena, int64_t user_id, struct second_factor *ret_second_factor);

/* Whether signing in asks for a code. */
enum status second_factor_is_on(struct db *db, int64_t user_id, bool *ret_on);

/* Whether the site's setting second_factor requires this user to have one. */
bool second_factor_is_required(const char *setting, const struct user *user);

/*
 * Begins the setup with a new secret, and replaces a setup that was begun before. CONFLICT when a second factor is
 * already on.
 */
enum status second_factor_begin(struct db *db, struct arena *arena, int64_t user_id, const char *secret, int64_t now);

/* Turns it on after the code of that time step was typed. NOT_FOUND when no setup has begun. */
enum status second_factor_confirm(struct db *db, int64_t user_id, int64_t step, int64_t now);

/*
 * Uses the code of that time step. NOT_FOUND when this or a later one was used before. Of several attempts at the
 * same time only one succeeds.
 */
enum status second_factor_use(struct db *db, int64_t user_id, int64_t step);

/* Turns it off and removes the recovery codes. NOT_FOUND when there was none. */
enum status second_factor_end(struct db *db, int64_t user_id);

/* --- recovery codes -------------------------------------------------------------- */

/*
 * Creates RECOVERY_CODES new codes, such as "abcd-efgh-jkmn", in the arena, and removes the old ones. They are
 * returned only here.
 */
enum status recovery_code_renew(struct db *db, struct arena *arena, int64_t user_id, int64_t now, const char **ret_codes);

/* Uses a code; capitals, spaces and hyphens do not matter. NOT_FOUND when the user has no such unused code. */
enum status recovery_code_use(struct db *db, struct arena *arena, int64_t user_id, const char *code);

/* The number of unused codes. */
enum status recovery_code_left(struct db *db, int64_t user_id, int64_t *ret_left);

/* --- sign-ins that wait for the second factor ------------------------------------- */

/*
 * Creates a token for the page that asks for the code. It is returned only here and valid for SIGN_IN_CHALLENGE_SECONDS. by_link:
 * the user came by a link instead of a password.
 */
enum status sign_in_challenge_add(struct db *db, struct arena *arena, int64_t user_id, bool by_link, int64_t now, const char **ret_token);

/* The user of a token, and how they came. NOT_FOUND: it is unknown, used or expired, or the user is disabled. */
enum status sign_in_challenge_user(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user, bool *ret_by_link);

/* Removes all such sign-ins of a user, after signing in or when the first factor is no longer valid. */
enum status sign_in_challenge_end(struct db *db, int64_t user_id);

#endif
