/* Between theme.c, which reads and compiles sheets, and theme_render.c, which uses them. */
#ifndef PAGE_THEME_INTERNAL_H
#define PAGE_THEME_INTERNAL_H

#include <libxslt/security.h>
#include <libxslt/xsltInternals.h>

#include "page/doc/xml_error.h"
#include "page/theme/theme.h"

enum { MOST_LANGUAGES = 8 };

struct theme {
	struct arena *arena;
	const char *folder, *default_folder; /* real paths; the same when there is no child theme */
	struct source *sources;
	const char *build, *assets;
	xsltSecurityPrefsPtr security;
	struct fragment_cache *fragment_cache;
	xsltStylesheetPtr styles[MOST_LANGUAGES]; /* as in languages[]; NULL until a page in it is asked for */
};

/* The sheets in a language, compiled when it is first asked for. */
enum status theme_style(struct theme *theme, struct arena *arena, const char *lang, xsltStylesheetPtr *ret_style);

/* "FILE:LINE: what is wrong". */
const char *theme_sentence(struct arena *arena, const struct theme *theme, const struct xml_error *complaint);

#endif
