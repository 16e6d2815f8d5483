#include "http/cookie.h"

#include <stdbool.h>
#include <string.h>

/* cookie-octet of RFC 6265, section 4.1.1. */
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

const char *
cookie_name(struct arena *arena, const struct conf *conf, const char *name)
{
	const char *prefix = !conf->https ? "" : *conf->base_path == '\0' ? "__Host-" : "__Secure-";

	return arena_printf(arena, "%s%s", prefix, name);
}

const char *
cookie_set(struct arena *arena, const struct conf *conf, const char *name, const char *value, int64_t seconds)
{
	return arena_printf(arena, "%s=%s; Path=%s; Max-Age=%lld; HttpOnly; SameSite=Lax%s", cookie_name(arena, conf, name), value,
		*conf->base_path == '\0' ? "/" : conf->base_path, (long long)seconds, conf->https ? "; Secure" : "");
}

const char *
cookie_name_below(struct arena *arena, const struct conf *conf, const char *name)
{
	return arena_printf(arena, "%s%s", conf->https ? "__Secure-" : "", name);
}

const char *
cookie_set_below(struct arena *arena, const struct conf *conf, const char *name, const char *value, const char *path, int64_t seconds)
{
	return arena_printf(arena, "%s=%s; Path=%s%s; Max-Age=%lld; HttpOnly; SameSite=Lax%s", cookie_name_below(arena, conf, name), value,
		conf->base_path, path, (long long)seconds, conf->https ? "; Secure" : "");
}
