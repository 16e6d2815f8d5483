#include "http/navigation.h"

#include <string.h>

#include "core/str.h"
#include "http/route_table.h"
#include "page/lang/lang.h"

struct nav_entry {
	const char *path, *name;
	enum right right; /* 0: everybody who is signed in */
	const char *section; /* path of the section whose menu shows this entry; "": the main menu */
};

static const struct nav_entry entries[] = {
	{ "/account", N_("Account"), 0, "" },
	{ "/write", N_("Manage posts"), RIGHT_WRITE, "" },
	{ "/moderate", N_("Moderation"), RIGHT_MODERATE, "" },
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
is_below(const char *path, const char *nav_entry)
{
	size_t length = strlen(nav_entry);

	return strncmp(path, nav_entry, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

/* The entry that a page belongs to: the one with the longest path, since one may contain another. */
static const char *
current(const struct request *req, const char *section)
{
	const char *found = "";

	for (const struct nav_entry *nav_entry = entries; nav_entry->path != NULL; nav_entry++)
		if (str_equal(nav_entry->section, section) && is_below(req->path, nav_entry->path) && strlen(nav_entry->path) > strlen(found))
			found = nav_entry->path;
	return found;
}

static void
add_section(struct request *req, xmlNodePtr parent, const char *section)
{
	const char *here = current(req, section);

	for (const struct nav_entry *nav_entry = entries; nav_entry->path != NULL; nav_entry++) {
		xmlNodePtr element;
		if (!str_equal(nav_entry->section, section) || (nav_entry->right != 0 && !user_may(req->viewer.user, nav_entry->right)))
			continue;
		element = page_text(parent, "item", lang_text(nav_entry->name));
		page_href(req->page, element, "href", arena_printf(req->arena, "%s%s", request_prefix(req), nav_entry->path));
		if (str_equal(nav_entry->path, here))
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
	add_section(req, list, "");
	if (*current(req, "/admin") != '\0' && user_may(req->viewer.user, RIGHT_RUN))
		add_section(req, page_element(list, "navigation"), "/admin");
}
