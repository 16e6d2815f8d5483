#include "page/doc/doc.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/dict.h>

#include "core/clock.h"
#include "core/str.h"
#include "page/lang/lang.h"
#include "page/doc/xml_memory.h"

/*
 * Names that the theme's stylesheets and all page documents share. Each page adds its own names to a
 * dictionary below this one, which is freed with the page.
 */
static xmlDictPtr names;

/* libxml2 returns NULL when memory runs out. The functions of this file abort instead. */
static void *
need(void *object)
{
	if (object == NULL)
		abort();
	return object;
}

/* The length in bytes of the XML 1.0 character (section 2.2) at text, or 0 when there is none. */
static int
legal_length(const unsigned char *text)
{
	unsigned a = text[0], b, c;

	if (a < 0x80)
		return a >= 0x20 || a == '\t' || a == '\n' || a == '\r';
	if (a < 0xC2 || a > 0xF4 || ((b = text[1]) & 0xC0) != 0x80)
		return 0;
	if (a < 0xE0)
		return 2;
	if (((c = text[2]) & 0xC0) != 0x80)
		return 0;
	if (a < 0xF0) {
		bool overlong = a == 0xE0 && b < 0xA0, surrogate = a == 0xED && b >= 0xA0;
		bool noncharacter = a == 0xEF && b == 0xBF && c >= 0xBE;
		return overlong || surrogate || noncharacter ? 0 : 3;
	}
	if ((text[3] & 0xC0) != 0x80 || (a == 0xF0 && b < 0x90) || (a == 0xF4 && b >= 0x90))
		return 0;
	return 4;
}

/*
 * All text was checked when it entered (core/text.h). But the serialiser would write a U+0008 from a
 * damaged database unchanged, and no program could then parse the page or feed.
 */
void
page_legal(char *text)
{
	char *from = text, *to;

	/* Almost all text is plain ASCII, which is always legal. */
	while (*from >= 0x20 && *from < 0x7f)
		from++;
	to = from;
	while (*from != '\0') {
		int length = legal_length((const unsigned char *)from);

		if (length == 0)
			from++;
		else if (to == from)
			to = from += length;
		else
			while (length-- > 0)
				*to++ = *from++;
	}
	*to = '\0';
}

xmlDictPtr
page_names(void)
{
	if (names == NULL) {
		bool was_running = xml_memory_pause();
		names = need(xmlDictCreate());
		xml_memory_resume(was_running);
	}
	return names;
}

static void
free_doc(void *doc)
{
	xml_memory_free_doc(doc);
}

struct page *
page_new(struct arena *arena, const char *lang, const char *base_url, const char *base_path)
{
	struct page *page = arena_new_of(arena, struct page);

	page->arena = arena;
	page->doc = need(xmlNewDoc((const xmlChar *)"1.0"));
	page->doc->_private = page;
	page->doc->dict = need(xmlDictCreateSub(page_names()));
	arena_cleanup(arena, free_doc, page->doc);
	page->root = need(xmlNewDocNode(page->doc, NULL, (const xmlChar *)"page", NULL));
	(void)xmlDocSetRootElement(page->doc, page->root);
	page->lang = arena_dup(arena, lang);
	page->base_path = arena_dup(arena, base_path);
	page->base_url = arena_dup(arena, base_url);
	page_attr(page->root, "lang", lang);
	page_attr(page->root, "base", base_path);
	return page;
}

xmlNodePtr
page_element(xmlNodePtr parent, const char *name)
{
	xmlNodePtr element = need(xmlNewDocNode(parent->doc, NULL, (const xmlChar *)name, NULL));

	return need(xmlAddChild(parent, element));
}

/* Adds a text node of the given length in bytes; an empty text adds none. */
static void
add_text(xmlNodePtr parent, const char *text, size_t length)
{
	xmlNodePtr node;

	if (length == 0)
		return;
	node = need(xmlNewDocTextLen(parent->doc, (const xmlChar *)text, (int)length));
	page_legal((char *)node->content);
	(void)need(xmlAddChild(parent, node));
}

xmlNodePtr
page_text(xmlNodePtr parent, const char *name, const char *text)
{
	xmlNodePtr element = page_element(parent, name);

	if (text != NULL)
		add_text(element, text, strlen(text));
	return element;
}

void
page_attr(xmlNodePtr element, const char *name, const char *value)
{
	xmlAttrPtr attribute;

	if (value == NULL)
		return;
	/* The attribute is created empty, because libxml2 scans a value that is passed to it. */
	attribute = need(xmlSetNsProp(element, NULL, (const xmlChar *)name, NULL));
	attribute->children = attribute->last = need(xmlNewDocText(element->doc, (const xmlChar *)value));
	attribute->children->parent = (xmlNodePtr)attribute;
	page_legal((char *)attribute->children->content);
}

void
page_attr_int(xmlNodePtr element, const char *name, int64_t value)
{
	char digits[24];

	(void)snprintf(digits, sizeof(digits), "%" PRId64, value);
	page_attr(element, name, digits);
}

/* Joins two strings. printf would take most of the time that is spent on a page's addresses. */
static char *
join(struct arena *arena, const char *a, const char *b)
{
	size_t first = strlen(a), second = strlen(b);
	char *joined = arena_alloc(arena, first + second + 1);

	memcpy(joined, a, first);
	memcpy(joined + first, b, second);
	return joined;
}

char *
page_path(struct page *page, const char *path)
{
	return join(page->arena, page->base_path, path);
}

char *
page_url(struct page *page, const char *path)
{
	return join(page->arena, page->base_url, path);
}

void
page_href(struct page *page, xmlNodePtr element, const char *name, const char *path)
{
	page_attr(element, name, page_path(page, path));
}

void
page_date(struct page *page, xmlNodePtr element, const char *name, int64_t time)
{
	lang_use(page->lang);
	page_attr(element, name, clock_rfc3339(page->arena, time));
	page_attr(element, join(page->arena, name, "-text"), lang_date(page->arena, time));
}

/* Keeps the fragment for the writer and adds a placeholder with its number. */
static void
add_placeholder(struct page *page, xmlNodePtr holder, const struct fragment *frag)
{
	xmlNodePtr element = page_element(holder, "stored");

	if (page->stored_count == page->stored_room) {
		size_t room = page->stored_room == 0 ? 16 : page->stored_room * 2;
		const char **more = arena_array(page->arena, room, sizeof(*more));
		if (page->stored_count > 0)
			memcpy(more, page->stored, page->stored_count * sizeof(*more));
		page->stored = more;
		page->stored_room = room;
	}
	xmlSetNs(element, need(xmlNewNs(element, (const xmlChar *)STORED_NAMESPACE, NULL)));
	page_attr_int(element, "number", (int64_t)page->stored_count);
	page->stored[page->stored_count++] = frag->stored;
}

void
page_fragment(xmlNodePtr parent, const char *name, const struct fragment *frag)
{
	xmlNodePtr element = page_element(parent, name);

	if (frag->stored != NULL) {
		if (*frag->stored != '\0')
			add_placeholder(parent->doc->_private, element, frag);
		return;
	}
	for (xmlNodePtr child = frag->root->children; child != NULL; child = child->next)
		(void)need(xmlAddChild(element, need(xmlDocCopyNode(child, parent->doc, 1))));
}

void
page_marked(xmlNodePtr parent, const char *name, const char *text)
{
	xmlNodePtr element = page_element(parent, name), target = element;

	while (*text != '\0') {
		size_t length = strcspn(text, "\x01\x02");

		add_text(target, text, length);
		text += length;
		if (*text == '\x01')
			target = page_element(element, "match");
		else if (*text == '\x02')
			target = element;
		if (*text != '\0')
			text++;
	}
}

char *
page_encode(struct arena *arena, const char *text)
{
	static const char hexadecimal[] = "0123456789ABCDEF";
	static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	struct str encoded = str_init(arena);

	for (; *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;
		char escape[3] = { '%', hexadecimal[byte >> 4], hexadecimal[byte & 15] };

		if (strchr(unreserved, *text) != NULL)
			str_add_char(&encoded, *text);
		else
			str_add_bytes(&encoded, escape, sizeof(escape));
	}
	return encoded.bytes;
}
