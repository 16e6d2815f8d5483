/* Shared by theme.c (reads and compiles stylesheets) and theme_render.c (applies them). Private to both. */
#ifndef PAGE_THEME_INTERNAL_H
#define PAGE_THEME_INTERNAL_H

#include <libxslt/security.h>
#include <libxslt/xsltInternals.h>

#include "page/doc/xml_error.h"
#include "page/theme/theme.h"

enum { LANGUAGES_MAX = 8 };

struct theme {
	struct arena *arena;
	const char *folder, *default_folder; /* real paths; the same when there is no child theme */
	struct source *sources;
	const char *build, *assets;
	xsltSecurityPrefsPtr security;
	struct fragment_cache *fragment_cache;
	xsltStylesheetPtr styles[LANGUAGES_MAX]; /* as in languages[]; NULL until first needed */
};

/*
 * The stylesheets in a language (English if it is unknown), compiled on first use. FAULT, logged, when that
 * fails.
 */
enum status theme_style(struct theme *theme, struct arena *arena, const char *lang, xsltStylesheetPtr *ret_style);

/* The error as "FILE:LINE: what is wrong", in the arena. */
const char *theme_error_text(struct arena *arena, const struct theme *theme, const struct xml_error *error);

#endif
