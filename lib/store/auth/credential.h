/*
 * Passwords of users, and ending all access that a user was given.
 *
 * All functions that write must be called inside a transaction of db_begin_private(), since no public page shows this
 * data. Times are Unix seconds.
 */
#ifndef STORE_AUTH_CREDENTIAL_H
#define STORE_AUTH_CREDENTIAL_H

#include "store/db/db.h"

/* The hash of a user's password (core/password.h), in the arena; NOT_FOUND when there is none. */
enum status credential_password(struct db *db, struct arena *arena, int64_t user_id, const char **ret_hash);

/*
 * Saves the hash of a new password and ends all other access as credential_sign_out_others() does, so that someone who knew the
 * old password is signed out. Adds a line to the audit log.
 */
enum status credential_change_password(struct db *db, int64_t user_id, const char *hash, int64_t now, const char *keep);

/* Saves a newly made hash of the same password. */
enum status credential_renew_password(struct db *db, int64_t user_id, const char *hash);

/*
 * Ends all access that was given out for a user: sessions except the one with the id keep ("": all), sign-in links,
 * links and codes in emails, sign-ins that wait for a second factor, and the secret address of the user's calendar.
 */
enum status credential_sign_out_others(struct db *db, int64_t user_id, const char *keep);

#endif
