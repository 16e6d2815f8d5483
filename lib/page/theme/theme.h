/*
 * A theme: XSLT stylesheets that are compiled once per process. A theme that is broken or would write raw markup is
 * refused at start.
 *
 * Stylesheets contain their texts in English as <ui:text>…</ui:text> (namespace urn:renown:ui). All languages share
 * the compiled stylesheets (theme_text.c). In xsl:import, "renown:default/…" refers to the default theme.
 *
 * A program compiles only the pages that it renders: for the program "blog", "renown:default/pages.xsl" is
 * pages-blog.xsl, which tools/lists.sh makes from the program's sources. Whether a theme may be chosen is decided with
 * all pages.
 */
#ifndef PAGE_THEME_H
#define PAGE_THEME_H

#include "core/arena.h"
#include "core/status.h"
#include "page/doc/doc.h"
#include "page/theme/fragment_cache.h"

struct theme;

/*
 * Opens the theme in folder (NULL: the default theme below data_folder) with the pages of a program, such as "blog"
 * (NULL: all pages). The caller closes it with theme_close().
 * INVALID when it cannot be used; *ret_problem then names file, line and problem, and stays valid until the next
 * call.
 */
enum status theme_open(const char *folder, const char *data_folder, const char *program, struct theme **ret_theme,
	const char **ret_problem);
void theme_close(struct theme *theme);

/* The cache of rendered parts for this theme. */
struct fragment_cache *theme_cache(struct theme *theme);

/*
 * The path of the theme's files in URLs: "/assets" for the default theme, "/assets/NAME" for a theme whose folder
 * has that name.
 */
const char *theme_assets(const struct theme *theme);

/* A digest of all files of the theme. It is part of every ETag and of the URLs of assets. */
const char *theme_build(const struct theme *theme);

/* Renders the page as XHTML with its document type, in the arena. FAULT, logged, when the stylesheets fail on it. */
enum status theme_render(struct theme *theme, struct arena *arena, const struct page *page,
	char **ret_bytes, size_t *ret_length);

/*
 * Renders a page document whose template returns <pieces> (in STORED_NAMESPACE) with count child elements. Each
 * result is the content of one of them as XHTML, in the arena. NOT_FOUND when the theme returns anything else. FAULT
 * as above.
 */
enum status theme_pieces(struct theme *theme, struct arena *arena, const struct page *page,
	const char **ret_pieces, size_t count);

#endif
