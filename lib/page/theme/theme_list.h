/*
 * The themes that are there: "default", and each folder with a site.xsl below the site's own themes (conf.themes) or below
 * templates/ of the program. A theme is chosen by its name, which is no path; a site's own wins over one that came along.
 */
#ifndef PAGE_THEME_LIST_H
#define PAGE_THEME_LIST_H

#include "core/conf.h"
#include "page/theme/theme.h"

enum { THEMES_MOST = 50 };

/* Their names in order, "default" first, ended by NULL. Whether each is sound is not looked at. */
const char *const *theme_list(struct arena *arena, const struct conf *conf);

/* As theme_open(), by name; INVALID as well when there is none of that name. */
enum status theme_list_open(struct arena *arena, const struct conf *conf, const char *name, struct theme **ret_theme,
	const char **ret_problem);

#endif
