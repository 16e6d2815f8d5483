/* Any Cookie header: a value that is found is complete in the header, after its name, and contains no forbidden character. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "http/cookie.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* True if "sid=VALUE" is a whole pair of the header. */
static bool
is_pair_of(const char *cookies, const char *pair)
{
	size_t length = strlen(pair);

	for (const char *place = cookies; (place = strstr(place, pair)) != NULL; place++)
		if ((place == cookies || (place - cookies >= 2 && memcmp(place - 2, "; ", 2) == 0)) &&
			(place[length] == '\0' || place[length] == ';'))
			return true;
	return false;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();
	const char *cookies = arena_bytes(arena, (const char *)bytes, length);
	const char *value = cookie_value(arena, cookies, "sid");

	if (value != NULL && (*value == '\0' || strlen(value) > COOKIE_VALUE_MAX || strpbrk(value, " \t\",;\\\x7f") != NULL ||
		!is_pair_of(cookies, arena_printf(arena, "sid=%s", value))))
		abort();
	arena_free(arena);
	return 0;
}
