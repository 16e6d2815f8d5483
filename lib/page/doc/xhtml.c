#include "page/doc/xhtml.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/log.h"
#include "core/str.h"

static const char doctype[] = "<!DOCTYPE html>\n";

/* Void elements, which never have an end tag (WHATWG HTML, section 13.1.2). */
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

/* libxml2 writes an element with an empty text node as <p></p>, but one without children as <p/>. */
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

/* A stylesheet may produce <br></br>, which a browser would read as two line breaks. */
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

/* --- writing -------------------------------------------------------------------- */

struct writer {
	struct str out;
	const struct xhtml_placeholder *placeholder;
	const char *problem; /* NULL: none */
};

/* Escapes characters that have a meaning in markup, and CR, which a parser would change. */
static void
add_escaped(struct str *out, const char *text, const char *special)
{
	for (;;) {
		size_t length = strcspn(text, special);
		str_add_bytes(out, text, length);
		text += length;
		switch (*text++) {
		case '\0': return;
		case '&': str_add_bytes(out, "&amp;", 5); break;
		case '<': str_add_bytes(out, "&lt;", 4); break;
		case '>': str_add_bytes(out, "&gt;", 4); break;
		case '"': str_add_bytes(out, "&quot;", 6); break;
		case '\n': str_add_bytes(out, "&#10;", 5); break;
		case '\t': str_add_bytes(out, "&#9;", 4); break;
		default: str_add_bytes(out, "&#13;", 5); break;
		}
	}
}

static void
add_name(struct str *out, const xmlNs *space, const xmlChar *name)
{
	if (space != NULL && space->prefix != NULL) {
		str_add(out, (const char *)space->prefix);
		str_add_char(out, ':');
	}
	str_add(out, (const char *)name);
}

static void
add_attributes(struct str *out, const xmlNode *element)
{
	for (const xmlNs *space = element->nsDef; space != NULL; space = space->next) {
		str_add(out, space->prefix == NULL ? " xmlns" : " xmlns:");
		if (space->prefix != NULL)
			str_add(out, (const char *)space->prefix);
		str_add(out, "=\"");
		if (space->href != NULL)
			add_escaped(out, (const char *)space->href, "&<>\"\n\t\r");
		str_add_char(out, '"');
	}
	for (const xmlAttr *attribute = element->properties; attribute != NULL; attribute = attribute->next) {
		str_add_char(out, ' ');
		add_name(out, attribute->ns, attribute->name);
		str_add_bytes(out, "=\"", 2);
		for (const xmlNode *part = attribute->children; part != NULL; part = part->next)
			if (part->content != NULL)
				add_escaped(out, (const char *)part->content, "&<>\"\n\t\r");
		str_add_char(out, '"');
	}
}

/* Replaces a placeholder by its stored fragment. False when the element is no placeholder. */
static bool
is_stand_in(struct writer *writer, xmlNodePtr element)
{
	const struct xhtml_placeholder *placeholder = writer->placeholder;
	long long number = -1;

	if (placeholder == NULL || element->ns == NULL ||
		strcmp((const char *)element->ns->href, placeholder->namespace) != 0)
		return false;
	if (element->properties != NULL && element->properties->children != NULL)
		(void)str_to_integer((const char *)element->properties->children->content, &number);
	if (number < 0 || (size_t)number >= placeholder->count)
		writer->problem = "a stylesheet refers to a stored fragment that the page does not have";
	else
		str_add(&writer->out, placeholder->stored[number]);
	return true;
}

/* Writes the start of a node. True when its children and its end are still to be written. */
static bool
open_node(struct writer *writer, xmlNodePtr node)
{
	struct str *out = &writer->out;

	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
		if (node->content != NULL)
			add_escaped(out, (const char *)node->content, "&<>\r");
		return false;
	}
	/* Comments and processing instructions are left out. */
	if (node->type != XML_ELEMENT_NODE || is_stand_in(writer, node))
		return false;
	str_add_char(out, '<');
	add_name(out, node->ns, node->name);
	add_attributes(out, node);
	if (is_void(node->name)) {
		str_add_bytes(out, "/>", 2);
		if (node->children != NULL)
			writer->problem = "a void element such as br or img has content";
		return false;
	}
	str_add_char(out, '>');
	return true;
}

static void
close_node(struct writer *writer, const xmlNode *node)
{
	str_add_bytes(&writer->out, "</", 2);
	add_name(&writer->out, node->ns, node->name);
	str_add_char(&writer->out, '>');
}

static void
write_tree(struct writer *writer, const xmlNode *root)
{
	xmlNodePtr node = (xmlNodePtr)root;

	for (;;) {
		if (open_node(writer, node)) {
			if (node->children != NULL) {
				node = node->children;
				continue;
			}
			close_node(writer, node);
		}
		while (node != root && node->next == NULL) {
			node = node->parent;
			close_node(writer, node);
		}
		if (node == root)
			return;
		node = node->next;
	}
}

enum status
xhtml_write(struct arena *arena, xmlDocPtr doc, const struct xhtml_placeholder *placeholder, char **ret_bytes,
	size_t *ret_length)
{
	struct writer writer = { .out = str_init(arena), .placeholder = placeholder };
	xmlNodePtr root = xmlDocGetRootElement(doc);

	if (root == NULL) {
		log_line(LOG_ERROR, "xhtml", "the page has no root element");
		return FAULT;
	}
	str_add(&writer.out, doctype);
	write_tree(&writer, root);
	str_add_char(&writer.out, '\n');
	if (writer.problem != NULL) {
		log_line(LOG_ERROR, "xhtml", "%s", writer.problem);
		return FAULT;
	}
	*ret_bytes = writer.out.bytes;
	*ret_length = writer.out.length;
	return OK;
}

enum status
xhtml_write_content(struct arena *arena, const xmlNode *element, const char **ret_bytes)
{
	struct writer writer = { .out = str_init(arena) };

	for (const xmlNode *child = element->children; child != NULL; child = child->next)
		write_tree(&writer, child);
	if (writer.problem != NULL) {
		log_line(LOG_ERROR, "xhtml", "%s", writer.problem);
		return FAULT;
	}
	*ret_bytes = writer.out.bytes;
	return OK;
}
