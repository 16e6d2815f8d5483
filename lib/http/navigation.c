#include "http/navigation.h"

#include <string.h>

#include "core/str.h"
#include "http/route_table.h"
#include "page/lang/lang.h"

struct room {
	const char *path, *name;
	enum right right; /* 0: everybody who is signed in */
	const char *part; /* path of the section whose menu shows this entry; "": the main menu */
};

static const struct room entries[] = {
	{ "/account", N_("Account"), 0, "" },
	{ "/write", N_("Manage posts"), RIGHT_WRITE, "" },
	{ "/admin", N_("Dashboard"), RIGHT_RUN, "" },
	{ "/admin", N_("Overview"), RIGHT_RUN, "/admin" },
	{ "/admin/settings", N_("Settings"), RIGHT_RUN, "/admin" },
	{ "/admin/users", N_("Users"), RIGHT_RUN, "/admin" },
	{ "/admin/invitations", N_("Invitations"), RIGHT_RUN, "/admin" },
	{ "/admin/email", N_("Email"), RIGHT_RUN, "/admin" },
	{ "/admin/health", N_("Health"), RIGHT_RUN, "/admin" },
	{ "/admin/backups", N_("Backups"), RIGHT_RUN, "/admin" },
	{ "/admin/audit", N_("Audit log"), RIGHT_RUN, "/admin" },
	{ 0 },
};

static bool
is_below(const char *path, const char *room)
{
	size_t length = strlen(room);

	return strncmp(path, room, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

/* The entry that a page belongs to: the one with the longest path, since one may contain another. */
static const char *
current(const struct request *req, const char *part)
{
	const char *found = "";

	for (const struct room *room = entries; room->path != NULL; room++)
		if (str_equal(room->part, part) && is_below(req->path, room->path) && strlen(room->path) > strlen(found))
			found = room->path;
	return found;
}

static void
add_part(struct request *req, xmlNodePtr parent, const char *part)
{
	const char *here = current(req, part);

	for (const struct room *room = entries; room->path != NULL; room++) {
		xmlNodePtr element;
		if (!str_equal(room->part, part) || (room->right != 0 && !user_may(req->viewer.user, room->right)))
			continue;
		element = page_text(parent, "item", lang_text(room->name));
		page_href(req->page, element, "href", arena_printf(req->arena, "%s%s", request_prefix(req), room->path));
		if (str_equal(room->path, here))
			page_attr(element, "current", "yes");
	}
}

void
navigation_add(struct request *req)
{
	xmlNodePtr list;

	if (req->viewer.user == NULL || req->route == NULL || req->route->role == ANYONE)
		return;
	list = page_element(req->page->root, "navigation");
	add_part(req, list, "");
	if (*current(req, "/admin") != '\0' && user_may(req->viewer.user, RIGHT_RUN))
		add_part(req, page_element(list, "navigation"), "/admin");
}
