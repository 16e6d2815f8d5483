/*
 * Time-based one-time passwords (RFC 6238 with SHA-1, six digits and 30 seconds, as authenticator apps expect),
 * through liboath.
 */
#ifndef CORE_TOTP_H
#define CORE_TOTP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"

enum { TOTP_DIGITS = 6, TOTP_SECONDS = 30, TOTP_SECRET_BYTES = 20 };

/*
 * A new secret (RFC 4226, section 4: as long as the hash) in base32 (RFC 4648), as authenticator apps expect. In
 * the arena.
 */
char *totp_secret_new(struct arena *arena);

/*
 * Whether a code is valid at the current time step, or at the one before or after it, because clocks differ. after:
 * the last step whose code was accepted; codes up to it are not accepted again (RFC 6238, section 5.2). *ret_step:
 * the step of the code. now: Unix seconds.
 */
bool totp_step(const char *secret, const char *code, int64_t now, int64_t after, int64_t *ret_step);

#endif
