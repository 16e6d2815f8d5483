/*
 * Passwords: Argon2id (RFC 9106) through libsodium, with the floor of OWASP's Password Storage Cheat Sheet: 19 MiB and
 * two passes. A hash says itself how it was made, so that the cost can be raised later.
 *
 * One hash takes about 20 MiB and tens of milliseconds: never inside a write transaction.
 */
#ifndef CORE_PASSWORD_H
#define CORE_PASSWORD_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/status.h"

/* In code points. Nothing is cut off: a longer one is refused by the field that takes it. */
enum { PASSWORD_LEAST = 8, PASSWORD_MOST = 128 };

/* A hash to be stored. BUSY when there is no memory for it. */
enum status password_hash(struct arena *arena, const char *password, char **ret_hash);

/*
 * Whether a password is the one behind a hash. hash NULL, for an account that does not exist or has no password: the
 * same work is done and the answer is no. *ret_stale: the hash should be made anew, with today's cost.
 * BUSY when there was no memory for it, which libsodium reports like a wrong password: nobody must be
 * told then that a password was wrong.
 */
enum status password_check(const char *hash, const char *password, bool *ret_right, bool *ret_stale);

/*
 * What anybody would guess first is refused, by the measure of zxcvbn (Wheeler, USENIX Security 2016): common passwords and
 * names, dates, keys in a row, and the owner's address. No kind of character is asked for.
 * Returns the sentence, in English for lang_text(); NULL: it is good enough. email: its owner's address.
 */
const char *password_problem(const char *password, const char *email);

#endif
