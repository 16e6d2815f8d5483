#include "page/doc/fragment.h"

#include <stdlib.h>
#include <string.h>
#include <libxml/parser.h>

#include "core/log.h"
#include "core/str.h"
#include "page/doc/xhtml.h"

static const char opening[] = "<div xmlns=\"" XHTML_NAMESPACE "\">";
static const char closing[] = "</div>";

static void
free_doc(void *doc)
{
	xmlFreeDoc(doc);
}

static struct fragment *
frag_of(struct arena *arena, xmlDocPtr doc)
{
	struct fragment *frag = arena_new_of(arena, struct fragment);

	arena_cleanup(arena, free_doc, doc);
	frag->doc = doc;
	frag->root = xmlDocGetRootElement(doc);
	return frag;
}

struct fragment *
fragment_new(struct arena *arena)
{
	xmlDocPtr doc = xmlNewDoc(BAD_CAST "1.0");
	xmlNodePtr root = doc == NULL ? NULL : xmlNewDocNode(doc, NULL, BAD_CAST "div", NULL);
	xmlNsPtr space = root == NULL ? NULL : xmlNewNs(root, BAD_CAST XHTML_NAMESPACE, NULL);

	if (space == NULL)
		abort();
	xmlSetNs(root, space);
	xmlDocSetRootElement(doc, root);
	/* Without this, libxml2 writes non-ASCII letters in attributes as numeric references. */
	doc->encoding = xmlStrdup(BAD_CAST "UTF-8");
	return frag_of(arena, doc);
}

enum status
fragment_read(struct arena *arena, const char *stored, struct fragment **ret_frag)
{
	struct str text = str_init(arena);
	xmlDocPtr doc;

	if (str_empty(stored)) {
		*ret_frag = fragment_new(arena);
		return OK;
	}
	str_add(&text, opening);
	str_add(&text, stored);
	str_add(&text, closing);
	doc = xmlReadMemory(text.bytes, (int)text.length, NULL, "UTF-8",
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
	if (doc == NULL) {
		log_line(LOG_ERROR, "store", "a stored text is not well-formed; run renown render --all");
		return BROKEN;
	}
	*ret_frag = frag_of(arena, doc);
	return OK;
}

struct fragment *
fragment_stored(struct arena *arena, const char *stored)
{
	struct fragment *frag = arena_new_of(arena, struct fragment);

	frag->stored = stored;
	return frag;
}

char *
fragment_write(struct arena *arena, const struct fragment *frag)
{
	xmlBufferPtr buffer = xmlBufferCreateSize(8 * 1024);
	char *text;

	if (buffer == NULL)
		abort();
	xhtml_close_elements(frag->root);
	/* The namespace is declared on root, so its children are written without it. */
	for (xmlNodePtr node = frag->root->children; node != NULL; node = node->next)
		if (xmlNodeDump(buffer, frag->doc, node, 0, 0) < 0)
			abort();
	text = arena_bytes(arena, xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer));
	xmlBufferFree(buffer);
	return text;
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

static bool
is_local(const char *address)
{
	return address[0] == '/' && address[1] != '/';
}

/* Adds a srcset such as "/a.png 1x, /b.png 2x", with the origin before each local address. */
static void
add_list(struct str *out, const char *list, const char *origin)
{
	bool at_start = true;

	for (const char *c = list; *c != '\0'; c++) {
		if (at_start && is_local(c))
			str_add(out, origin);
		if (*c != ' ')
			at_start = *c == ',';
		str_add_char(out, *c);
	}
}

static void
make_absolute(xmlAttrPtr attribute, const char *origin)
{
	const char *name = (const char *)attribute->name;
	bool list = strcmp(name, "srcset") == 0;
	struct arena *arena;
	struct str value;
	xmlChar *old;

	if (!list && strcmp(name, "href") != 0 && strcmp(name, "src") != 0 && strcmp(name, "poster") != 0)
		return;
	old = xmlNodeListGetString(attribute->doc, attribute->children, 1);
	if (old == NULL)
		return;
	arena = arena_new();
	value = str_init(arena);
	if (list)
		add_list(&value, (const char *)old, origin);
	else if (is_local((const char *)old))
		str_printf(&value, "%s%s", origin, (const char *)old);
	/* The value is set as plain text: entities in it are not parsed. */
	if (value.length > 0 && xmlSetProp(attribute->parent, attribute->name, BAD_CAST value.bytes) == NULL)
		abort();
	arena_free(arena);
	xmlFree(old);
}

void
fragment_absolute(struct fragment *frag, const char *origin)
{
	for (xmlNodePtr node = frag->root; node != NULL; node = following(node, frag->root))
		if (node->type == XML_ELEMENT_NODE)
			for (xmlAttrPtr attribute = node->properties; attribute != NULL; attribute = attribute->next)
				make_absolute(attribute, origin);
}

/* True for elements that end a line of plain text: everything in blocks, and a line break. */
static bool
is_block(const xmlChar *name)
{
	static const char *const inlines[] = {
		"a", "code", "del", "em", "img", "input", "kbd", "mark", "strong", "sub", "sup", "td", "th",
	};

	for (size_t i = 0; i < sizeof(inlines) / sizeof(inlines[0]); i++)
		if (strcmp((const char *)name, inlines[i]) == 0)
			return false;
	return true;
}

/* The number of a footnote and its back link are part of the page, not of the text. */
static bool
is_footnote_mark(xmlNodePtr element)
{
	bool mark = false;

	for (const xmlAttr *attribute = element->properties; attribute != NULL; attribute = attribute->next)
		if (strcmp((const char *)attribute->name, "class") == 0 && attribute->children != NULL
			&& attribute->children->content != NULL)
			mark = str_starts((const char *)attribute->children->content, "footnote-");
	return mark;
}

/* The plain text so far. A pending break is written when more text follows. */
struct plain {
	struct str text;
	char pending; /* '\n', ' ' or 0 */
};

static void
set_break(struct plain *plain, char what)
{
	if (plain->pending != '\n' && plain->text.length > 0)
		plain->pending = what;
}

static void
add_text(struct plain *plain, const char *text, bool exact)
{
	for (; *text != '\0'; text++) {
		if (!exact && (*text == '\n' || *text == ' ')) {
			if (plain->pending == 0)
				set_break(plain, ' ');
			continue;
		}
		/* The text of a code block already ends with a newline. */
		if (plain->pending == '\n' && plain->text.length > 0 && plain->text.bytes[plain->text.length - 1] == '\n')
			plain->pending = 0;
		if (plain->pending != 0)
			str_add_char(&plain->text, plain->pending);
		plain->pending = 0;
		str_add_char(&plain->text, *text);
	}
}

static void
enter(struct plain *plain, xmlNodePtr node, const xmlNode **exact)
{
	if (node->type == XML_TEXT_NODE && node->content != NULL) {
		add_text(plain, (const char *)node->content, *exact != NULL);
	} else if (node->type == XML_ELEMENT_NODE && is_block(node->name)) {
		set_break(plain, '\n');
		if (*exact == NULL && strcmp((const char *)node->name, "pre") == 0)
			*exact = node;
	}
}

static void
leave(struct plain *plain, xmlNodePtr node, const xmlNode **exact)
{
	if (node->type != XML_ELEMENT_NODE)
		return;
	if (*exact == node)
		*exact = NULL;
	if (is_block(node->name))
		set_break(plain, '\n');
	else if (node->name[0] == 't') /* td, th */
		set_break(plain, ' ');
}

char *
fragment_plain(struct arena *arena, const struct fragment *frag)
{
	struct plain plain = { str_init(arena), 0 };
	const xmlNode *exact = NULL; /* the enclosing pre element */
	xmlNodePtr node = frag->root;

	for (;;) {
		bool skip = node->type == XML_ELEMENT_NODE && is_footnote_mark(node);

		if (!skip)
			enter(&plain, node, &exact);
		if (!skip && node->type == XML_ELEMENT_NODE && node->children != NULL) {
			node = node->children;
			continue;
		}
		if (!skip)
			leave(&plain, node, &exact);
		while (node != frag->root && node->next == NULL) {
			node = node->parent;
			leave(&plain, node, &exact);
		}
		if (node == frag->root)
			break;
		node = node->next;
	}
	while (plain.text.length > 0 && plain.text.bytes[plain.text.length - 1] == '\n')
		plain.text.bytes[--plain.text.length] = '\0';
	return plain.text.bytes;
}

bool
fragment_is_empty(const struct fragment *frag)
{
	for (const xmlNode *node = frag->root->children; node != NULL; node = node->next)
		if (node->type != XML_TEXT_NODE || node->content == NULL
			|| node->content[strspn((const char *)node->content, " \n")] != '\0')
			return false;
	return true;
}
