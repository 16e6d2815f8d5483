/* Which pages of the default theme a program compiles. tools/lists.sh makes the lists, pages-PROGRAM.xsl. */
#include "page/theme/theme_internal.h"

#include <string.h>
#include <unistd.h>
#include <libxslt/imports.h>

#include "core/str.h"

#define ALL_PAGES DEFAULT_ADDRESS "pages.xsl"

const char *
theme_pages_address(struct arena *arena, const struct theme *theme, const char *address)
{
	/* Without a child theme, the folder of the theme is that of the default one. */
	bool is_list = str_equal(address, ALL_PAGES) ||
		(str_equal(address, THEME_ADDRESS "pages.xsl") && str_equal(theme->folder, theme->default_folder));

	if (theme->program == NULL || !is_list ||
		access(arena_printf(arena, "%s/pages-%s.xsl", theme->default_folder, theme->program), F_OK) != 0)
		return address;
	return arena_printf(arena, "%spages-%s.xsl", DEFAULT_ADDRESS, theme->program);
}

/* True when the compiled stylesheets have a template with this mode. */
static bool
has_mode(xsltStylesheetPtr style, const xmlChar *mode)
{
	for (; style != NULL; style = xsltNextImport(style))
		for (xsltTemplatePtr template = style->templates; template != NULL; template = template->next)
			if (xmlStrEqual(template->mode, mode))
				return true;
	return false;
}

/* True when a stylesheet of the theme's own folder contains the word. */
static bool
mentions(const struct theme *theme, const xmlChar *word)
{
	for (const struct theme_source *source = theme->sources; source != NULL; source = source->next)
		if (str_starts(source->address, THEME_ADDRESS) &&
			memmem(source->bytes, source->length, word, strlen((const char *)word)) != NULL)
			return true;
	return false;
}

/*
 * True when the theme mentions something that this page defines and that was not compiled: a named template, a mode, a
 * variable, a key. A word that only looks like it costs memory, nothing else.
 */
static bool
uses(const struct theme *theme, xsltStylesheetPtr style, xmlDocPtr page)
{
	for (xmlNodePtr node = xmlFirstElementChild(xmlDocGetRootElement(page)); node != NULL; node = xmlNextElementSibling(node)) {
		xmlChar *name = xmlGetNoNsProp(node, (const xmlChar *)"name"), *mode = xmlGetNoNsProp(node, (const xmlChar *)"mode");
		bool used = (name != NULL && mentions(theme, name)) ||
			(mode != NULL && !has_mode(style, mode) && mentions(theme, mode));
		xmlFree(name);
		xmlFree(mode);
		if (used)
			return true;
	}
	return false;
}

static bool
is_included(const struct theme *theme, const char *address)
{
	for (const struct theme_source *source = theme->sources; source != NULL; source = source->next)
		if (str_equal(source->address, address))
			return true;
	return false;
}

/* True when the theme uses something of a page in the list that was not read for the program. */
static bool
uses_one_of(const struct theme *theme, xsltStylesheetPtr style, xmlDocPtr list, struct arena *arena,
	xmlDocPtr (*load)(const char *address, xmlDictPtr dict))
{
	bool used = false;

	for (xmlNodePtr node = xmlFirstElementChild(xmlDocGetRootElement(list)); !used && node != NULL; node = xmlNextElementSibling(node)) {
		xmlChar *href = xmlGetNoNsProp(node, (const xmlChar *)"href");
		const char *address = arena_printf(arena, "%s%s", DEFAULT_ADDRESS, href == NULL ? "" : (const char *)href);
		xmlDocPtr page = NULL;
		if (href != NULL && !is_included(theme, address))
			page = load(address, style->dict);
		used = page != NULL && uses(theme, style, page);
		xmlFreeDoc(page);
		xmlFree(href);
	}
	return used;
}

bool
theme_pages_need_all(struct theme *theme, xsltStylesheetPtr style, xmlDocPtr (*load)(const char *address, xmlDictPtr dict))
{
	const char *program = theme->program;
	struct arena *arena;
	xmlDocPtr list;
	bool used;

	/* The default theme needs no check here: a test renders all its pages with each list. */
	if (program == NULL || str_equal(theme->folder, theme->default_folder))
		return false;
	arena = arena_new();
	theme->program = NULL; /* to read the list of all pages */
	list = load(ALL_PAGES, style->dict);
	theme->program = program;
	used = list != NULL && uses_one_of(theme, style, list, arena, load);
	xmlFreeDoc(list);
	arena_free(arena);
	return used;
}
