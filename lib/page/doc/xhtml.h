/*
 * Writes a result tree as XHTML5 that is well-formed XML and also valid as text/html (WHATWG HTML,
 * section 14.1; polyglot markup): "<!DOCTYPE html>", void elements as "<br/>", and every other
 * element with an end tag.
 */
#ifndef PAGE_DOC_XHTML_H
#define PAGE_DOC_XHTML_H

#include <stddef.h>
#include <libxml/tree.h>

#include "core/arena.h"
#include "core/status.h"

/* Placeholder elements that are replaced by stored bytes, see page_fragment(). */
struct xhtml_placeholder {
	const char *namespace;               /* of the placeholder, whose attribute "number" starts at 0 */
	const char *const *stored;           /* the bytes, by number: the markup given to fragment_stored() */
	size_t count;
};

/*
 * Writes the document in one pass; *ret_bytes is in the arena. FAULT when a void element has content,
 * or a placeholder has a number that has no bytes. Both are mistakes in a stylesheet and are logged.
 */
enum status xhtml_write(struct arena *arena, xmlDocPtr doc, const struct xhtml_placeholder *placeholder,
	char **ret_bytes, size_t *ret_length);

/* The same for the content of an element, which may not contain placeholders. */
enum status xhtml_write_content(struct arena *arena, const xmlNode *element, const char **ret_bytes);

/*
 * Gives each childless element that is not a void element an empty text node, so that it gets an end
 * tag.
 */
void xhtml_close_elements(xmlNodePtr root);

#endif
