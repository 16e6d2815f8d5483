/* The theme of the settings, in each worker. A change applies from the worker's next request. */
#include "http/worker.h"

#include <stdio.h>

#include "core/log.h"
#include "core/str.h"
#include "page/doc/xml_memory.h"
#include "page/theme/theme_list.h"

/* Opens a theme outside of the request's XML memory, because the theme lives longer than the request. */
static struct theme *
open_named(struct worker *worker, const char *name)
{
	bool was_running = xml_memory_pause();
	struct arena *arena = arena_new();
	struct theme *theme = NULL;
	const char *problem;

	if (theme_list_open(arena, &worker->conf, name, worker->program, &theme, &problem) != OK) {
		log_line(LOG_ERROR, "theme", "%s cannot be used, the default one takes its place: %s", name, problem);
		theme = NULL;
	}
	arena_free(arena);
	xml_memory_resume(was_running);
	return theme;
}

void
worker_use_theme(struct worker *worker)
{
	const char *name = setting_value(worker->settings, "theme", "");
	struct theme *theme = worker->default_theme;

	if (str_equal(name, worker->theme_name))
		return;
	if (worker->theme != worker->default_theme)
		theme_close(worker->theme);
	if (!str_equal(name, setting_find("theme")->default_value))
		theme = open_named(worker, name);
	/*
	 * A theme that failed is tried again after the next change of the content, when it may have been
	 * repaired.
	 */
	(void)snprintf(worker->theme_name, sizeof(worker->theme_name), "%s", theme == NULL ? "" : name);
	worker->theme = theme == NULL ? worker->default_theme : theme;
}
