/*
 * Passwords are hashed with Argon2id (RFC 9106) through libsodium, with the minimum of OWASP's Password Storage
 * Cheat Sheet: 19 MiB and two passes. Each hash contains its parameters, so that the cost can be raised later.
 *
 * One hash takes about 20 MiB and tens of milliseconds, so never make one inside a write transaction.
 */
#ifndef CORE_PASSWORD_H
#define CORE_PASSWORD_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/status.h"

/* Lengths in code points. Nothing is cut: the field that takes the password refuses a longer one. */
enum { PASSWORD_MIN = 8, PASSWORD_MAX = 128 };

/* Makes a hash to be stored, in the arena. BUSY: not enough memory. */
enum status password_hash(struct arena *arena, const char *password, char **ret_hash);

/*
 * Whether a password matches a hash. hash may be NULL, for an account that does not exist or has no password: the
 * same work is done and the answer is no. *ret_stale: the hash should be replaced by one with today's parameters.
 * BUSY: not enough memory. libsodium reports that like a wrong password, so do not tell the user that the password
 * was wrong.
 */
enum status password_check(const char *hash, const char *password, bool *ret_right, bool *ret_stale);

/*
 * Checks a new password against common guesses with zxcvbn (Wheeler, USENIX Security 2016): common passwords and
 * names, dates, keyboard patterns, and the owner's email address. No kind of character is required. Returns an
 * error message in English for lang_text(), or NULL when the password is good enough.
 */
const char *password_problem(const char *password, const char *email);

#endif
