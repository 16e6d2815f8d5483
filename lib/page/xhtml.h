/*
 * A result tree as XHTML5 that is well-formed XML and right as text/html
 * (the WHATWG's HTML, section 14.1; polyglot markup): "<!DOCTYPE html>", elements of HTML's void list
 * as "<br/>", every other one with an end tag.
 */
#ifndef PAGE_XHTML_H
#define PAGE_XHTML_H

#include <stddef.h>
#include <libxml/tree.h>

#include "core/arena.h"
#include "core/status.h"

enum status xhtml_write(struct arena *arena, xmlDocPtr doc, char **ret_bytes, size_t *ret_length);

/* Gives each childless element that is not in HTML's void list an empty text node. */
void xhtml_close_elements(xmlNodePtr root);

#endif
