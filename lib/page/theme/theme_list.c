#include "page/theme/theme_list.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/str.h"
#include "store/setting/setting.h"

static const char default_name[] = "default";

/* The folders that contain themes; the first takes precedence. */
static void
folders_of(struct arena *arena, const struct conf *conf, const char *ret_folders[2])
{
	ret_folders[0] = conf->themes;
	ret_folders[1] = arena_printf(arena, "%s/templates", conf_data_folder());
}

static bool
is_there(struct arena *arena, const char *folder, const char *name)
{
	return setting_is_theme(name) && access(arena_printf(arena, "%s/%s/site.xsl", folder, name), F_OK) == 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
is_listed(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(names[i], name))
			return true;
	return false;
}

const char *const *
theme_list(struct arena *arena, const struct conf *conf)
{
	const char **names = arena_array(arena, THEMES_MAX + 1, sizeof(*names)), *folders[2];
	size_t count = 0;

	names[count++] = default_name;
	folders_of(arena, conf, folders);
	for (size_t i = 0; i < 2; i++) {
		DIR *folder = opendir(folders[i]);
		const struct dirent *found;
		while (folder != NULL && count < THEMES_MAX && (found = readdir(folder)) != NULL)
			if (is_there(arena, folders[i], found->d_name) && !is_listed(names, count, found->d_name))
				names[count++] = arena_dup(arena, found->d_name);
		if (folder != NULL)
			(void)closedir(folder);
	}
	qsort(names + 1, count - 1, sizeof(*names), by_name);
	return names;
}

const char *
theme_list_folder(struct arena *arena, const struct conf *conf, const char *name)
{
	const char *folders[2];

	folders_of(arena, conf, folders);
	if (str_equal(name, default_name))
		return arena_printf(arena, "%s/%s", folders[1], default_name);
	for (size_t i = 0; i < 2; i++)
		if (is_there(arena, folders[i], name))
			return arena_printf(arena, "%s/%s", folders[i], name);
	return NULL;
}

enum status
theme_list_open(struct arena *arena, const struct conf *conf, const char *name, const char *program, struct theme **ret_theme, const char **ret_problem)
{
	const char *folder = theme_list_folder(arena, conf, name);

	if (folder != NULL)
		return theme_open(str_equal(name, default_name) ? NULL : folder, conf_data_folder(), program, ret_theme, ret_problem);
	*ret_problem = arena_printf(arena, "there is no theme %s: a theme is a folder with a site.xsl in %s", name, conf->themes);
	return INVALID;
}
