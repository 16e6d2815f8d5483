#include "http/serve.h"

#include <stdio.h>

/* Names of routes and fields are our own and need no escaping in JSON: letters, digits and -_./: only. */
static void
print_field(const struct field *field)
{
	static const char *const types[] = { [FIELD_LINE] = "LINE", [FIELD_TEXT] = "TEXT", [FIELD_CURSOR] = "CURSOR", [FIELD_EMAIL] = "EMAIL",
		[FIELD_SECRET] = "SECRET", [FIELD_HIDDEN] = "HIDDEN", [FIELD_CURRENT] = "CURRENT", [FIELD_CHOICE] = "CHOICE",
		[FIELD_FILE] = "FILE", [FIELD_BASE] = "BASE" };

	printf("{\"name\":\"%s\",\"type\":\"%s\",\"max\":%zu,\"many\":%zu}", field->name, types[field->type], field->max, field->many);
}

static void
print_row(const struct route *route)
{
	static const char *const roles[] = { [ANYONE] = "ANYONE", [MEMBER] = "MEMBER", [AUTHOR] = "AUTHOR", [EDITOR] = "EDITOR",
		[MODERATOR] = "MODERATOR", [OWNER] = "OWNER" };
	static const char *const proofs[] = { [SESSION_TOKEN] = "\"SESSION_TOKEN\"", [FORM_STAMP] = "\"FORM_STAMP\"",
		[COMMENT_STAMP] = "\"COMMENT_STAMP\"", [CAPABILITY] = "\"CAPABILITY\"" };
	static const char *const repeats[] = { "null", [ONCE] = "\"ONCE\"", [REVISED] = "\"REVISED\"", [REPEATABLE] = "\"REPEATABLE\"" };

	printf("{\"method\":\"%s\",\"pattern\":\"%s\",\"role\":\"%s\",\"languages\":%s,\"sitemap\":%s,\"reading\":%s,\"proof\":%s,\"repeat\":%s,\"fields\":[",
		route->method == GET ? "GET" : "POST", route->pattern, roles[route->role], route->languages ? "true" : "false",
		route->in_sitemap ? "true" : "false", route->reading ? "true" : "false",
		route->method == GET ? "null" : proofs[route->proof], repeats[route->repeat]);
	for (const struct field *field = route->fields; field != NULL && field->name != NULL; field++) {
		if (field != route->fields)
			putchar(',');
		print_field(field);
	}
	putchar(']');
	if (route->moved != NULL)
		printf(",\"moved\":\"%s\"", route->moved);
	puts("}");
}

void
route_print(const struct route *routes)
{
	for (const struct route *route = routes; route->pattern != NULL; route++)
		print_row(route);
}
