#include "http/serve.h"

#include <string.h>

#include "core/str.h"
#include "page/lang/lang.h"

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

/* --- tables that are refused ------------------------------------------------ */

/* What is wrong with a pattern, or NULL. */
static const char *
pattern_problem(const char *pattern)
{
	const char *prefix;
	size_t names = 0;

	if (pattern == NULL || pattern[0] != '/')
		return "the pattern must begin with a slash";
	if (pattern[1] != '\0' && str_ends(pattern, "/"))
		return "the pattern must not end with a slash";
	if (strstr(pattern, "//") != NULL || strstr(pattern, ":/") != NULL || str_ends(pattern, ":"))
		return "the pattern has an empty part";
	(void)take_prefix(pattern, &prefix);
	if (*prefix != '\0')
		return "the pattern begins with a language; say .languages";
	for (const char *c = pattern; *c != '\0'; c++)
		names += *c == ':';
	return names > ROUTE_TEXTS_MAX ? "the pattern has too many names" : NULL;
}

/* Past one character, or past a whole name. */
static const char *
step(const char *pattern)
{
	return *pattern == ':' ? pattern + strcspn(pattern, "/") : pattern + 1;
}

/* Whether two patterns match the same addresses, however they call their parts. */
static bool
same_addresses(const char *a, const char *b)
{
	while (*a == *b && *a != '\0') {
		a = step(a);
		b = step(b);
	}
	return *a == *b;
}

static const char *
fields_problem(struct arena *arena, const struct field *fields)
{
	for (const struct field *field = fields; field != NULL && field->name != NULL; field++) {
		if (field->type == 0 || field->max == 0)
			return arena_printf(arena, "field %s has no type or no limit", field->name);
		if (field->type == FIELD_CHOICE && field->choices == NULL)
			return arena_printf(arena, "field %s has no choices", field->name);
		for (const struct field *other = fields; other != field; other++)
			if (str_equal(other->name, field->name))
				return arena_printf(arena, "field %s stands there twice", field->name);
	}
	return NULL;
}

/* Whether somebody types into a form with these fields. */
static bool
is_typed(const struct field *fields)
{
	for (; fields != NULL && fields->name != NULL; fields++)
		if (fields->type != FIELD_HIDDEN && fields->type != FIELD_CURRENT && fields->type != FIELD_BASE)
			return true;
	return false;
}

/* What is wrong with one row, or NULL. */
static const char *
row_problem(struct arena *arena, const struct route *routes, const struct route *route)
{
	const char *problem = pattern_problem(route->pattern);

	if (problem != NULL)
		return problem;
	if (route->handle == NULL)
		return "has no handler";
	if (route->method != GET && route->method != POST)
		return "has no method";
	if (route->role < ANYONE || route->role > OWNER)
		return "does not say who may ask; say ANYONE aloud";
	if (route->method == POST && route->role == ANYONE && route->proof == SESSION_TOKEN)
		return "is a POST for strangers, who have no session: say .proof = FORM_STAMP";
	if (route->method == POST && route->again == NULL && is_typed(route->fields))
		return "is a POST whose words would be lost when it fails: say .again";
	if (route->method == POST ? route->repeat < ONCE || route->repeat > REPEATABLE : route->repeat != 0 || route->repeated != NULL)
		return route->method == POST ? "does not say what it means when a form is sent twice: say .repeat" : "is no POST: .repeat is for those";
	for (const struct route *other = routes; other != route; other++)
		if (other->method == route->method && same_addresses(other->pattern, route->pattern))
			return "stands there twice";
	if (route->in_sitemap && (route->method != GET || route->role != ANYONE || strchr(route->pattern, ':') != NULL))
		return "is in the sitemap, but is no page with one address for everybody";
	return fields_problem(arena, route->fields);
}

const char *
route_problem(struct arena *arena, const struct route *routes)
{
	for (const struct route *route = routes; route->pattern != NULL || route->handle != NULL; route++) {
		const char *problem = row_problem(arena, routes, route);
		if (problem != NULL)
			return arena_printf(arena, "route %s: %s", route->pattern == NULL ? "(none)" : route->pattern, problem);
	}
	return NULL;
}

/* --- finding ------------------------------------------------------------------ */

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

/* What may be done at an address that has no row for the method. */
static const char *
allowed(bool reading, bool posting)
{
	return reading && posting ? "GET, HEAD, POST" : posting ? "POST" : "GET, HEAD";
}

enum status
route_find(const struct route *routes, struct request *req, const char **ret_allow)
{
	bool reading = false, posting = false;
	enum method method = str_equal(req->method, "GET") || str_equal(req->method, "HEAD") ? GET :
		str_equal(req->method, "POST") ? POST : 0;

	/* Said even where nothing is found: an error page speaks the language of its address. */
	req->path = take_prefix(req->path, &req->prefix);
	for (const struct route *route = routes; route->pattern != NULL; route++) {
		const char *texts[ROUTE_TEXTS_MAX] = { NULL };
		if (*req->prefix != '\0' && !route->languages)
			continue;
		if (!fits(req->arena, route->pattern, req->path, texts))
			continue;
		reading = reading || route->method == GET;
		posting = posting || route->method == POST;
		if (route->method != method)
			continue;
		req->route = route;
		memcpy(req->texts, texts, sizeof(texts));
		return OK;
	}
	if (!reading && !posting)
		return NOT_FOUND;
	*ret_allow = allowed(reading, posting);
	return WRONG_METHOD;
}
