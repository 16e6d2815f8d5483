/*
 * The available themes: "default", and each folder with a site.xsl below the site's own themes (conf.themes) or below
 * the program's templates/. A theme is selected by its name, which is not a path. A site's own theme takes precedence
 * over one of the program.
 */
#ifndef PAGE_THEME_LIST_H
#define PAGE_THEME_LIST_H

#include "core/conf.h"
#include "page/theme/theme.h"

enum { THEMES_MAX = 50 };

/* The names in byte order, "default" first, ended by NULL; at most THEMES_MAX. The themes are not checked. */
const char *const *theme_list(struct arena *arena, const struct conf *conf);

/* The folder of the theme of that name, in the arena; NULL when there is none. */
const char *theme_list_folder(struct arena *arena, const struct conf *conf, const char *name);

/* Like theme_open(), by name. Also INVALID when there is no theme of that name. */
enum status theme_list_open(struct arena *arena, const struct conf *conf, const char *name, const char *program, struct theme **ret_theme,
	const char **ret_problem);

#endif
