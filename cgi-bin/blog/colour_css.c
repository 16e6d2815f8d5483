/*
 * The owner's colours as a stylesheet. The address contains the colours, so nothing is stored, and browsers may
 * cache it for ever.
 */
#include "blog_handlers.h"

#include <string.h>

#include "core/str.h"
#include "http/request.h"
#include "store/setting/setting.h"

enum { COLOUR_LENGTH = 6 };

/* A colour from the address; NULL when it is malformed or its contrast is too low. */
static const char *
colour_at(struct request *req, const char *text, const char *name)
{
	const char *colour = arena_printf(req->arena, "#%.*s", COLOUR_LENGTH, text);

	return setting_problem(req->arena, setting_find(name), colour) == NULL ? colour : NULL;
}

/* GET /colours/:name, "rrggbb-rrggbb.css": the colours for light and dark mode. */
enum status
show_colour_css(struct request *req)
{
	const char *name = route_text(req, 0), *day, *night;

	if (strlen(name) != 2 * COLOUR_LENGTH + strlen("-.css") || name[COLOUR_LENGTH] != '-' || !str_ends(name, ".css"))
		return NOT_FOUND;
	day = colour_at(req, name, "accent_colour");
	night = colour_at(req, name + COLOUR_LENGTH + 1, "accent_colour_dark");
	if (day == NULL || night == NULL)
		return NOT_FOUND;
	req->content_type = "text/css; charset=utf-8";
	req->immutable = true;
	req->body = arena_printf(req->arena,
		":root { --accent: %s; --logo: %s }\n"
		"@media (prefers-color-scheme: dark) { :root:not([data-scheme=light]) { --accent: %s; --logo: %s } }\n"
		":root[data-scheme=dark] { --accent: %s; --logo: %s }\n"
		".prose a, .actions a { color: var(--accent) }\n"
		".label, .pager, .form .main { border-color: var(--accent) }\n"
		".form .main { background: var(--accent) }\n", day, day, night, day, night, day);
	req->body_length = strlen(req->body);
	return OK;
}
