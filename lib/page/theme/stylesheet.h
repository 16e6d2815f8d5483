/*
 * One XSLT sheet of a theme: parsed without entities or network, checked against what a
 * sheet may hold, its words put into the language in use. page/theme/theme.h is what others call.
 *
 * A sheet may hold the elements of XSLT 1.0 but for those that write something other than
 * elements, attributes and text (comment, processing-instruction), and no extension elements. A comment
 * or a CDATA section with a reader's ">" in it is live markup to an HTML parser.
 */
#ifndef PAGE_THEME_STYLESHEET_H
#define PAGE_THEME_STYLESHEET_H

#include <stddef.h>
#include <libxml/tree.h>
#include <libxslt/xsltInternals.h>

#include "core/arena.h"

#define UI_NAMESPACE "urn:renown:ui"

/*
 * Parses a sheet. url becomes the document's address, against which its imports are resolved.
 * NULL when it is not well-formed; libxml2's error functions then know why.
 */
xmlDocPtr stylesheet_parse(const char *bytes, size_t length, const char *url, xmlDictPtr dict);

/*
 * NULL when the sheet may be used; else what is wrong, in the arena, with *ret_line set. Then
 * replaces each <ui:text> by its words in the language in use.
 */
const char *stylesheet_prepare(struct arena *arena, xmlDocPtr doc, int *ret_line);

/*
 * libxslt finds out that a named template is missing when it is called, on some reader's page. This finds out
 * before: NULL, or what is wrong, with the document and line.
 */
const char *stylesheet_missing_template(struct arena *arena, xsltStylesheetPtr style, xmlDocPtr *ret_doc, int *ret_line);

#endif
