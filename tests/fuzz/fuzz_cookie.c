/* Any Cookie field: a value that is found stands in it, whole, behind its name, and holds nothing strange. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "http/cookie.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();
	const char *cookies = arena_bytes(arena, (const char *)bytes, length);
	const char *value = cookie_value(arena, cookies, "sid");

	if (value != NULL) {
		const char *place = strstr(cookies, arena_printf(arena, "sid=%s", value));
		if (*value == '\0' || strlen(value) > COOKIE_VALUE_MAX || strpbrk(value, " \t\",;\\\x7f") != NULL)
			abort();
		if (place == NULL || (place != cookies && place[-1] != ' '))
			abort();
	}
	arena_free(arena);
	return 0;
}
