/*
 * Codes that change with time (RFC 6238 with SHA-1, six digits, thirty seconds: what every app for them speaks), through liboath.
 */
#ifndef CORE_TOTP_H
#define CORE_TOTP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"

enum { TOTP_DIGITS = 6, TOTP_SECONDS = 30, TOTP_SECRET_BYTES = 20 };

/* A new secret (RFC 4226, section 4: as long as the hash) in the letters of base32 (RFC 4648), as apps take it. */
char *totp_secret_new(struct arena *arena);

/*
 * Whether a code is that of the present step, or of the one before or after it, for clocks differ. after: the last step whose
 * code was taken; none up to it is taken again (RFC 6238, section 5.2). *ret_step: the code's.
 */
bool totp_step(const char *secret, const char *code, int64_t now, int64_t after, int64_t *ret_step);

#endif
