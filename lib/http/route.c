#include "http/serve.h"

#include <string.h>

#include "core/str.h"
#include "http/form.h"
#include "page/doc/doc.h"
#include "page/lang/lang.h"

/* Splits the language prefix off a path: "/zh/blog" gives "/zh" and "/blog". */
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

/* --- checking tables -------------------------------------------------------- */

/* Returns what is wrong with a pattern, or NULL. */
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
		return "the pattern begins with a language; set .languages instead";
	for (const char *c = pattern; *c != '\0'; c++)
		names += *c == ':';
	return names > ROUTE_TEXTS_MAX ? "the pattern has too many names" : NULL;
}

/* Skips one character, or a whole :name. */
static const char *
step(const char *pattern)
{
	return *pattern == ':' ? pattern + strcspn(pattern, "/") : pattern + 1;
}

/* Whether two patterns match the same addresses, whatever their names. */
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

/* Which :name of a pattern is called the same, counted from 0; ROUTE_TEXTS_MAX: none. name: begins with its colon. */
static size_t
name_place(const char *pattern, const char *name)
{
	size_t length = strcspn(name, "/"), place = 0;

	for (; (pattern = strchr(pattern, ':')) != NULL; pattern++, place++)
		if (strcspn(pattern, "/") == length && strncmp(pattern, name, length) == 0)
			return place;
	return ROUTE_TEXTS_MAX;
}

/* What is wrong with a row that redirects, or NULL. */
static const char *
moved_problem(const struct route *routes, const struct route *route)
{
	const struct route *target = routes;

	if (route->method != GET || route->role != ANYONE || route->handle != NULL || route->fields != NULL)
		return "redirects: such a row is a GET for ANYONE, without a handler and without fields";
	while (target->pattern != NULL && (target->method != GET || target->moved != NULL || !str_equal(target->pattern, route->moved)))
		target++;
	if (target->pattern == NULL)
		return "redirects to an address that has no GET row in this table";
	if (target->languages != route->languages)
		return "redirects: .languages is not the same as at its new address";
	for (const char *name = strchr(route->moved, ':'); name != NULL; name = strchr(name + 1, ':'))
		if (name_place(route->pattern, name) == ROUTE_TEXTS_MAX)
			return "redirects to an address with a :name that its own pattern lacks";
	return NULL;
}

/* What is wrong with one row, or NULL. */
static const char *
row_problem(struct arena *arena, const struct route *routes, const struct route *route)
{
	const char *problem = pattern_problem(route->pattern);

	if (problem != NULL)
		return problem;
	if (route->moved != NULL && (problem = moved_problem(routes, route)) != NULL)
		return problem;
	if (route->handle == NULL && route->moved == NULL)
		return "has no handler";
	if (route->method != GET && route->method != POST)
		return "has no method";
	if (route->role < ANYONE || route->role > OWNER)
		return "does not say who may ask; set .role = ANYONE for everybody";
	if (route->method == POST && route->role == ANYONE && route->proof == SESSION_TOKEN)
		return "is a POST for visitors, who have no session: say .proof = FORM_STAMP";
	if (route->method == POST && route->again == NULL && form_is_typed(route->fields))
		return "is a POST whose values would be lost when it is rejected: say .again";
	if ((route->method == POST && route->proof == COMMENT_STAMP) != (route->preview != NULL))
		return "has COMMENT_STAMP without .preview, or .preview without it: a form without a proof is shown by .preview";
	if (route->method == POST && route->proof == CAPABILITY && (route->role != ANYONE || strchr(route->pattern, ':') == NULL))
		return "has CAPABILITY, but is no row for ANYONE whose address contains a secret";
	if (route->method == POST ? route->repeat < ONCE || route->repeat > REPEATABLE : route->repeat != 0 || route->repeated != NULL)
		return route->method == POST ? "does not say what it means when a form is sent twice: say .repeat" : "is no POST: .repeat is for those";
	for (const struct route *other = routes; other != route; other++)
		if (other->method == route->method && same_addresses(other->pattern, route->pattern))
			return "stands there twice";
	if (route->in_sitemap && (route->method != GET || route->role != ANYONE || strchr(route->pattern, ':') != NULL))
		return "is in the sitemap, but is no page with one address for everybody";
	if (route->reading && (route->method != GET || route->role != ANYONE || route->moved != NULL))
		return "is a page for reading, but no GET for ANYONE with a handler";
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

/* Matches path against a pattern; fills texts on a match. */
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

/* The value of Allow for an address that has no row for the method. */
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

	/* Set even when no row matches, because the error page uses the language of the address. */
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

/* --- old addresses -------------------------------------------------------------- */

/* The query as it can stand in a header: what is neither printable nor ASCII is percent-encoded. "" when there is none, or too much. */
static const char *
query_part(struct arena *arena, const char *query)
{
	struct str part = str_init(arena);

	if (str_empty(query))
		return "";
	str_add(&part, "?");
	for (const unsigned char *c = (const unsigned char *)query; *c != '\0'; c++)
		if (*c <= 0x20 || *c >= 0x7f)
			str_printf(&part, "%%%02X", *c);
		else
			str_add_char(&part, (char)*c);
	return part.length > ROUTE_QUERY_MAX ? "" : part.bytes;
}

enum status
route_redirect(struct request *req, const char *query)
{
	const struct route *route = req->route;
	struct str path = str_init(req->arena);

	str_add(&path, req->prefix);
	for (const char *c = route->moved; *c != '\0'; c = step(c))
		if (*c == ':')
			str_add(&path, page_encode(req->arena, req->texts[name_place(route->pattern, c)]));
		else
			str_add_char(&path, *c);
	/* Such an address is a secret: no cache keeps where it leads. */
	req->no_store = strstr(route->pattern, ":token") != NULL;
	str_add(&path, query_part(req->arena, query));
	return request_moved(req, path.bytes);
}
