/*
 * One XSLT stylesheet of a theme. It is parsed without entities and network access, checked for what it may contain,
 * and its texts are marked for theme_text.c, which translates them. Other code uses page/theme/theme.h.
 *
 * A stylesheet may contain the elements of XSLT 1.0 except those that write something other than elements, attributes
 * and text (comment, processing-instruction), and no extension elements. A comment or CDATA section that contains a
 * reader's ">" would be live markup to an HTML parser.
 */
#ifndef PAGE_THEME_STYLESHEET_H
#define PAGE_THEME_STYLESHEET_H

#include <stddef.h>
#include <libxml/tree.h>
#include <libxslt/xsltInternals.h>

#include "core/arena.h"

#define UI_NAMESPACE "urn:renown:ui"

/* Around each message of a <ui:text>. XML allows neither character, so no stylesheet contains them. */
enum { STYLESHEET_TEXT_START = 1, STYLESHEET_TEXT_END = 2 };

/*
 * Parses a stylesheet. url becomes the document's address, to which its imports are relative. The caller frees the
 * document. NULL when it is not well-formed; the error went to libxml2's error handlers.
 */
xmlDocPtr stylesheet_parse(const char *bytes, size_t length, const char *url, xmlDictPtr dict);

/*
 * Checks a stylesheet. NULL when it may be used; each <ui:text> is then replaced by its marked message. Otherwise the
 * problem as text in the arena, with its line in *ret_line.
 */
const char *stylesheet_prepare(struct arena *arena, xmlDocPtr doc, int *ret_line);

/*
 * Finds calls of named templates that do not exist. libxslt would report them only when such a template is called for a
 * page. NULL, or the problem with its document and line.
 */
const char *stylesheet_missing_template(struct arena *arena, xsltStylesheetPtr style, xmlDocPtr *ret_doc, int *ret_line);

#endif
