/*
 * A result tree as XHTML5 that is well-formed XML and right as text/html
 * (the WHATWG's HTML, section 14.1; polyglot markup): "<!DOCTYPE html>", elements of HTML's void list
 * as "<br/>", every other one with an end tag.
 */
#ifndef PAGE_DOC_XHTML_H
#define PAGE_DOC_XHTML_H

#include <stddef.h>
#include <libxml/tree.h>

#include "core/arena.h"
#include "core/status.h"

/* An element that stands for bytes which are put in as they are: see page_fragment(). */
struct xhtml_stand_in {
	const char *namespace;               /* of the element, whose attribute "number" counts from 0 */
	const char *const *stored;           /* those bytes, by number: the texts that fragment_stored() was given */
	size_t count;
};

/*
 * Writes the tree, in one pass. FAULT when a void element has content, or a
 * stand-in has a number that there is no text for: a mistake in a sheet, which is logged.
 */
enum status xhtml_write(struct arena *arena, xmlDocPtr doc, const struct xhtml_stand_in *stand_in,
	char **ret_bytes, size_t *ret_length);

/* The same for what an element holds; there are no stand-ins in it. */
enum status xhtml_write_content(struct arena *arena, const xmlNode *element, const char **ret_bytes);

/* Gives each childless element that is not in HTML's void list an empty text node. */
void xhtml_close_elements(xmlNodePtr root);

#endif
