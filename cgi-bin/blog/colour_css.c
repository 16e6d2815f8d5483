/* The owner's colours as a stylesheet: the address holds all that it says, so nobody need keep it, and a browser may for ever. */
#include "sitemap_robots.h"

#include <string.h>

#include "core/str.h"
#include "store/setting/setting.h"

enum { COLOUR_LENGTH = 6 };

/* A colour from the address, when it is one that can be read on its paper. */
static const char *
colour_at(struct request *req, const char *text, const char *name)
{
	const char *colour = arena_printf(req->arena, "#%.*s", COLOUR_LENGTH, text);

	return setting_problem(req->arena, setting_find(name), colour) == NULL ? colour : NULL;
}

/* GET /colours/:name, "rrggbb-rrggbb.css": by day and by night. */
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
		":root { --seal: %s; --stamp: %s }\n"
		"@media (prefers-color-scheme: dark) { :root:not([data-scheme=light]) { --seal: %s; --stamp: %s } }\n"
		":root[data-scheme=dark] { --seal: %s; --stamp: %s }\n"
		".prose a, .onward a { color: var(--seal) }\n"
		".label, .pager, .form .main { border-color: var(--seal) }\n"
		".form .main { background: var(--seal) }\n", day, day, night, day, night, day);
	req->body_length = strlen(req->body);
	return OK;
}
