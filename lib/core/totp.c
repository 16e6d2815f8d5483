#include "core/totp.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/token.h"

enum { WINDOW = 1 };

char *
totp_secret_new(struct arena *arena)
{
	char bytes[TOTP_SECRET_BYTES], *letters, *kept;

	randombytes_buf(bytes, sizeof(bytes));
	if (oath_base32_encode(bytes, sizeof(bytes), &letters, NULL) != OATH_OK)
		abort(); /* out of memory */
	kept = arena_dup(arena, letters);
	sodium_memzero(bytes, sizeof(bytes));
	free(letters);
	return kept;
}

bool
totp_step(const char *secret, const char *code, int64_t now, int64_t after, int64_t *ret_step)
{
	int64_t present = now / TOTP_SECONDS, found = 0;
	char *bytes, right[TOTP_DIGITS + 1];
	size_t length;

	if (strlen(code) != TOTP_DIGITS || oath_base32_decode(secret, strlen(secret), &bytes, &length) != OATH_OK)
		return false;
	/* All steps are compared even after a match, so that the time taken reveals nothing. */
	for (int64_t step = present - WINDOW; step <= present + WINDOW; step++) {
		if (oath_totp_generate(bytes, length, (time_t)(step * TOTP_SECONDS), TOTP_SECONDS, 0, TOTP_DIGITS, right) != OATH_OK)
			abort();
		if (token_is_same(code, right) && step > after && found == 0)
			found = step;
	}
	sodium_memzero(bytes, length);
	free(bytes);
	if (found == 0)
		return false;
	*ret_step = found;
	return true;
}
