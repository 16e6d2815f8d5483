/*
 * The theme: XSLT sheets, compiled once per process and language, refused at
 * start when they are broken or would write raw markup.
 *
 * Sheets hold their words in English as <ui:text>…</ui:text> (namespace
 * urn:renown:ui); they are replaced through gettext before compilation, so a
 * request costs no look-up. "renown:default/…" in xsl:import names the default theme.
 */
#ifndef PAGE_THEME_H
#define PAGE_THEME_H

#include "core/arena.h"
#include "core/status.h"
#include "page/doc/doc.h"
#include "page/theme/fragment_cache.h"

struct theme;

/*
 * Reads the theme in folder (NULL: the default one below data_folder). On
 * INVALID ret_problem names file, line and what is wrong.
 */
enum status theme_open(const char *folder, const char *data_folder, struct theme **ret_theme,
	const char **ret_problem);
void theme_close(struct theme *theme);

/* The pieces that were made with this theme. */
struct fragment_cache *theme_keep(struct theme *theme);

/* Where browsers find the theme's files: "/assets", or "/assets/NAME" for one whose folder has that name. */
const char *theme_assets(const struct theme *theme);

/* A digest of everything in the theme: part of every ETag and of asset addresses. */
const char *theme_build(const struct theme *theme);

/* The page as XHTML with its document type, in the arena. FAULT when the sheets fail on it. */
enum status theme_render(struct theme *theme, struct arena *arena, const struct page *page,
	char **ret_bytes, size_t *ret_length);

/*
 * A page document whose template answers <pieces> (in STORED_NAMESPACE) with count elements in it: what each of them
 * holds, as XHTML in the arena. NOT_FOUND when the theme answers anything else; FAULT as above.
 */
enum status theme_pieces(struct theme *theme, struct arena *arena, const struct page *page,
	const char **ret_pieces, size_t count);

#endif
