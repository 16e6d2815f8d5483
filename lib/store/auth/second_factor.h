/*
 * The second factor: a secret that somebody's device shares with us, the codes that help when it is lost, and those who gave the first
 * factor and owe the second. core/totp.h says which code is right; here is what was taken, so that none is taken twice.
 *
 * All that writes is called inside a write transaction that db_begin_private() began.
 */
#ifndef STORE_AUTH_SECOND_FACTOR_H
#define STORE_AUTH_SECOND_FACTOR_H

#include <stdbool.h>

#include "store/db/db.h"
#include "store/user/user.h"

enum {
	SECOND_FACTOR_SETUP_SECONDS = 3600, /* a secret that nobody confirmed is not shown for longer */
	RECOVERY_CODES = 10,
	SIGN_IN_CHALLENGE_SECONDS = 600,
};

struct second_factor {
	int64_t user_id;
	const char *secret; /* as from totp_secret_new() */
	int64_t created;
	int64_t confirmed;  /* 0: it is being set up, and not asked for */
	int64_t step;       /* the last one whose code was taken */
};

/* NOT_FOUND when the user has none, not even one that is being set up. */
enum status second_factor_of_user(struct db *db, struct arena *arena, int64_t user_id, struct second_factor *ret_second_factor);

/* Whether a code is asked for at the door. */
enum status second_factor_is_on(struct db *db, int64_t user_id, bool *ret_on);

/* Whether the setting second_factor asks this user for one. */
bool second_factor_is_required(const char *setting, const struct user *user);

/* Begins to set one up, with a new secret; CONFLICT when one is on. */
enum status second_factor_begin(struct db *db, struct arena *arena, int64_t user_id, const char *secret, int64_t now);

/* The code of that step was typed: on from now. NOT_FOUND when nothing was being set up. */
enum status second_factor_confirm(struct db *db, int64_t user_id, int64_t step, int64_t now);

/* The code of that step is taken; NOT_FOUND when it, or a later one, was before: of many at once only one succeeds. */
enum status second_factor_use(struct db *db, int64_t user_id, int64_t step);

/* Off, with its recovery codes. NOT_FOUND when there was none. */
enum status second_factor_end(struct db *db, int64_t user_id);

/* --- recovery codes -------------------------------------------------------------- */

/* RECOVERY_CODES new ones, "abcd-efgh-jkmn", returned once; the old ones open nothing any more. */
enum status recovery_code_renew(struct db *db, struct arena *arena, int64_t user_id, int64_t now, const char **ret_codes);

/* Takes one, however it is spaced; NOT_FOUND when it is none of theirs, or was taken. */
enum status recovery_code_use(struct db *db, struct arena *arena, int64_t user_id, const char *code);

enum status recovery_code_left(struct db *db, int64_t user_id, int64_t *ret_left);

/* --- half signed in --------------------------------------------------------------- */

/* A token for the page that asks for the code, returned once. */
enum status sign_in_challenge_add(struct db *db, struct arena *arena, int64_t user_id, bool by_link, int64_t now, const char **ret_token);

/* Whose it is, and how they came; NOT_FOUND when it is unknown, used or over, or the user is disabled. */
enum status sign_in_challenge_user(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user, bool *ret_by_link);

/* Removes all of a user's: the door is open, or what they began with holds no more. */
enum status sign_in_challenge_end(struct db *db, int64_t user_id);

#endif
