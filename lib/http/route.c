#include "http/serve.h"

#include <string.h>

#include "core/str.h"
#include "page/lang.h"

const char *
route_problem(struct arena *arena, const struct route *routes)
{
	for (const struct route *route = routes; route->pattern != NULL || route->handle != NULL; route++) {
		const char *pattern = route->pattern == NULL ? "(none)" : route->pattern;
		if (route->pattern == NULL || route->pattern[0] != '/')
			return arena_printf(arena, "route %s: the pattern must begin with a slash", pattern);
		if (route->handle == NULL)
			return arena_printf(arena, "route %s: has no handler", pattern);
		if (route->method != GET)
			return arena_printf(arena, "route %s: only GET has a proof that it may be answered", pattern);
		if (route->role == 0)
			return arena_printf(arena, "route %s: does not say who may ask; say ANYONE aloud", pattern);
		for (const struct field *field = route->fields; field != NULL && field->name != NULL; field++)
			if (field->type == 0 || field->max == 0)
				return arena_printf(arena, "route %s: field %s has no type or no limit", pattern, field->name);
		for (const struct route *other = routes; other != route; other++)
			if (other->method == route->method && str_equal(other->pattern, pattern))
				return arena_printf(arena, "route %s: stands there twice", pattern);
	}
	return NULL;
}

/* Takes the language off the front of a path: "/zh/blog" gives "/zh" and "/blog". */
static const char *
take_prefix(const char *path, const char **ret_prefix)
{
	static const char *const prefixes[] = { "/en", "/zh" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		size_t length = strlen(prefixes[i]);
		if (strncmp(path, prefixes[i], length) == 0 && (path[length] == '/' || path[length] == '\0')) {
			*ret_prefix = prefixes[i];
			return path[length] == '\0' ? "/" : path + length;
		}
	}
	*ret_prefix = "";
	return path;
}

/* Holds path against a pattern; fills texts on a match. */
static bool
fits(struct arena *arena, const char *pattern, const char *path, const char **texts)
{
	size_t count = 0;

	while (*pattern != '\0') {
		size_t length;
		if (*pattern != ':') {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		while (*pattern != '/' && *pattern != '\0')
			pattern++;
		length = strcspn(path, "/");
		if (length == 0 || count == ROUTE_TEXTS_MAX)
			return false;
		texts[count++] = arena_bytes(arena, path, length);
		path += length;
	}
	return *path == '\0';
}

enum status
route_find(const struct route *routes, struct request *req, const char **ret_allow)
{
	const char *prefix, *below = take_prefix(req->path, &prefix);
	bool known = false, reading = str_equal(req->method, "GET") || str_equal(req->method, "HEAD");

	for (const struct route *route = routes; route->pattern != NULL; route++) {
		const char *texts[ROUTE_TEXTS_MAX] = { NULL };
		if (*prefix != '\0' && !route->languages)
			continue;
		if (!fits(req->arena, route->pattern, *prefix != '\0' ? below : req->path, texts))
			continue;
		known = true;
		if (!reading)
			continue;
		req->route = route;
		req->path = below;
		req->prefix = prefix;
		memcpy(req->texts, texts, sizeof(texts));
		return OK;
	}
	if (!known)
		return NOT_FOUND;
	*ret_allow = "GET, HEAD";
	return WRONG_METHOD;
}
