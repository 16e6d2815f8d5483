#include "http/cookie.h"

#include <stdbool.h>
#include <string.h>

/* cookie-octet of RFC 6265. */
static bool
is_cookie_octet(char c)
{
	return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

const char *
cookie_value(struct arena *arena, const char *cookies, const char *name)
{
	size_t name_length = strlen(name), length = 0;
	const char *pair = cookies;

	while (pair != NULL && (strncmp(pair, name, name_length) != 0 || pair[name_length] != '=')) {
		pair = strstr(pair, "; ");
		if (pair != NULL)
			pair += strlen("; ");
	}
	if (pair == NULL)
		return NULL;
	pair += name_length + 1;
	while (length <= COOKIE_VALUE_MAX && is_cookie_octet(pair[length]))
		length++;
	if (length == 0 || length > COOKIE_VALUE_MAX || (pair[length] != ';' && pair[length] != '\0'))
		return NULL;
	return arena_bytes(arena, pair, length);
}
