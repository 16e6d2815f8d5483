#include "user_agent.h"

#include <string.h>

#include "page/lang/lang.h"

const char *
user_agent_name(struct arena *arena, const char *agent)
{
	static const struct { const char *mark, *name; } browsers[] = { { "Edg/", "Edge" }, { "OPR/", "Opera" },
		{ "Firefox/", "Firefox" }, { "Chrome/", "Chrome" }, { "Safari/", "Safari" }, { "curl/", "curl" } },
		systems[] = { { "Windows", "Windows" }, { "Android", "Android" }, { "iPhone", "iPhone" }, { "iPad", "iPad" },
		{ "Mac OS X", "macOS" }, { "Linux", "Linux" } };
	const char *browser = NULL, *system = NULL;

	for (size_t i = 0; i < sizeof(browsers) / sizeof(*browsers) && browser == NULL; i++)
		browser = strstr(agent, browsers[i].mark) != NULL ? browsers[i].name : NULL;
	for (size_t i = 0; i < sizeof(systems) / sizeof(*systems) && system == NULL; i++)
		system = strstr(agent, systems[i].mark) != NULL ? systems[i].name : NULL;
	if (browser == NULL)
		return _("Unknown browser");
	return system == NULL ? browser : arena_printf(arena, "%s, %s", browser, system);
}
