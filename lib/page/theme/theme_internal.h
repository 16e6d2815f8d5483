/*
 * Shared by theme.c (reads and compiles stylesheets), theme_text.c (their texts in each language), theme_pages.c (the pages
 * of a program) and theme_render.c (applies them). Private to these.
 */
#ifndef PAGE_THEME_INTERNAL_H
#define PAGE_THEME_INTERNAL_H

#include <libxslt/security.h>
#include <libxslt/xsltInternals.h>

#include "page/doc/xml_error.h"
#include "page/theme/theme.h"

enum { LANGUAGES_MAX = 8 };

/*
 * Stylesheets refer to each other by these addresses, never by a path. So every relative import resolves to something
 * below one of them.
 */
#define THEME_ADDRESS "theme:/"
#define DEFAULT_ADDRESS "default:/"
#define DEFAULT_IMPORT "renown:default/"

/* The content of a stylesheet file when it was first read. */
struct theme_source {
	struct theme_source *next;
	const char *address;
	const char *bytes;
	size_t length;
};

/* A text node of the compiled stylesheets that contains messages. */
struct theme_text {
	xmlNodePtr node;
	const char *marked;                 /* with English messages, marked as in stylesheet.h; in the arena of the texts */
	xmlChar *content[LANGUAGES_MAX];   /* in the dictionary; NULL until the language is first used */
};

/* All texts of the compiled stylesheets. */
struct theme_texts {
	struct arena *arena;
	struct theme_text *texts;
	size_t count;
	size_t lang; /* the one that the nodes contain now, as in languages[]; LANGUAGES_MAX: none yet */
};

struct theme {
	struct arena *arena;
	const char *folder, *default_folder; /* real paths; the same when there is no child theme */
	const char *program; /* whose pages are compiled; NULL: all pages */
	struct arena *source_memory; /* of sources; NULL once style is there, which needs them no more */
	struct theme_source *sources;
	const char *build, *assets;
	xsltSecurityPrefsPtr security;
	struct fragment_cache *fragment_cache;
	xsltStylesheetPtr style; /* NULL until first needed */
	struct theme_texts *texts; /* of style */
};

/*
 * The stylesheets with their texts in a language (English if it is unknown), compiled on first use. They stay in this
 * language until the next call. FAULT, logged, when that fails.
 */
enum status theme_style(struct theme *theme, struct arena *arena, const char *lang, xsltStylesheetPtr *ret_style);

/* Finds the texts of compiled stylesheets. The caller frees the result with theme_texts_free() before the stylesheets. */
struct theme_texts *theme_texts_new(xsltStylesheetPtr style);
void theme_texts_free(struct theme_texts *texts);

/* Puts the texts of a language, by its index in languages[], into the stylesheets. */
void theme_texts_use(struct theme_texts *texts, size_t lang);

/*
 * The address that is read for one of the default theme: for DEFAULT_ADDRESS "pages.xsl" the list of the program's
 * pages, if there is one. In the arena.
 */
const char *theme_pages_address(struct arena *arena, const struct theme *theme, const char *address);

/*
 * True when the theme's own stylesheets may need something of a page of the default theme that the program does not render. Call
 * it while load can be called.
 */
bool theme_pages_need_all(struct theme *theme, xsltStylesheetPtr style, xmlDocPtr (*load)(const char *address, xmlDictPtr dict));

/* The error as "FILE:LINE: what is wrong", in the arena. */
const char *theme_error_text(struct arena *arena, const struct theme *theme, const struct xml_error *error);

#endif
