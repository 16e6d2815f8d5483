#include "page/xhtml.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/xmlsave.h>

#include "core/log.h"

static const char doctype[] = "<!DOCTYPE html>\n";

/* The WHATWG's HTML, section 13.1.2: elements that never have an end tag. */
static bool
is_void(const xmlChar *name)
{
	static const char *const names[] = {
		"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
		"source", "track", "wbr",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp((const char *)name, names[i]) == 0)
			return true;
	return false;
}

/* The node after this one in document order, or NULL when the walk leaves root. */
static xmlNodePtr
following(xmlNodePtr node, const xmlNode *root)
{
	if (node->type == XML_ELEMENT_NODE && node->children != NULL)
		return node->children;
	while (node != root && node->next == NULL)
		node = node->parent;
	return node == root ? NULL : node->next;
}

/* libxml2 writes an element with an empty text node as <p></p>, one without children as <p/>. */
static void
close_element(xmlNodePtr element)
{
	xmlNodePtr text;

	if (element->children != NULL || is_void(element->name))
		return;
	text = xmlNewDocText(element->doc, BAD_CAST "");
	if (text == NULL || xmlAddChild(element, text) == NULL)
		abort();
}

/* A sheet may have written <br></br>, which a browser would read as two. */
static void
empty_void(xmlNodePtr element)
{
	xmlNodePtr child;

	while ((child = element->children) != NULL && child->type == XML_TEXT_NODE
		&& child->content != NULL && child->content[0] == '\0') {
		xmlUnlinkNode(child);
		xmlFreeNode(child);
	}
}

void
xhtml_close_elements(xmlNodePtr root)
{
	for (xmlNodePtr node = root; node != NULL; node = following(node, root)) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (is_void(node->name))
			empty_void(node);
		else
			close_element(node);
	}
}

static bool
has_filled_void(xmlNodePtr root)
{
	for (xmlNodePtr node = root; node != NULL; node = following(node, root)) {
		if (node->type != XML_ELEMENT_NODE || node->children == NULL || !is_void(node->name))
			continue;
		log_line(LOG_ERROR, "xhtml", "the element %s has content, which HTML does not allow",
			(const char *)node->name);
		return true;
	}
	return false;
}

enum status
xhtml_write(struct arena *arena, xmlDocPtr doc, char **ret_bytes, size_t *ret_length)
{
	xmlNodePtr root = xmlDocGetRootElement(doc);
	xmlBufferPtr buffer;
	xmlSaveCtxtPtr save;
	size_t head = sizeof(doctype) - 1, length;
	long written;
	char *bytes;

	if (root == NULL) {
		log_line(LOG_ERROR, "xhtml", "the page has no root element");
		return FAULT;
	}
	xhtml_close_elements(root);
	if (has_filled_void(root))
		return FAULT;
	buffer = xmlBufferCreateSize(16 * 1024);
	/* Never with the document type inside, and never as HTML: libxml2's rules for both are of another age. */
	save = buffer == NULL ? NULL
		: xmlSaveToBuffer(buffer, "UTF-8", XML_SAVE_AS_XML | XML_SAVE_NO_DECL);
	if (save == NULL)
		abort();
	written = xmlSaveTree(save, root);
	if (xmlSaveClose(save) < 0 || written < 0) {
		xmlBufferFree(buffer);
		log_line(LOG_ERROR, "xhtml", "the page could not be written");
		return FAULT;
	}
	length = (size_t)xmlBufferLength(buffer);
	bytes = arena_alloc(arena, head + length + 2);
	memcpy(bytes, doctype, head);
	memcpy(bytes + head, xmlBufferContent(buffer), length);
	bytes[head + length] = '\n';
	xmlBufferFree(buffer);
	*ret_bytes = bytes;
	*ret_length = head + length + 1;
	return OK;
}
