#include "page/feed/feed_internal.h"

#include <stdlib.h>
#include <string.h>
#include <libxml/xmlsave.h>

#include "core/log.h"
#include "core/str.h"
#include "page/doc/doc.h"

static void
free_doc(void *doc)
{
	xmlFreeDoc(doc);
}

void
feed_start(struct feed_writer *writer, const char *root)
{
	writer->doc = xmlNewDoc((const xmlChar *)"1.0");
	writer->root = xmlNewDocNode(writer->doc, NULL, (const xmlChar *)root, NULL);
	if (writer->doc == NULL || writer->root == NULL)
		abort();
	arena_cleanup(writer->arena, free_doc, writer->doc);
	(void)xmlDocSetRootElement(writer->doc, writer->root);
}

xmlNsPtr
feed_declare(struct feed_writer *writer, const char *namespace, const char *prefix)
{
	xmlNsPtr ns = xmlNewNs(writer->root, (const xmlChar *)namespace, (const xmlChar *)prefix);

	if (ns == NULL)
		abort();
	return ns;
}

xmlNodePtr
feed_element(xmlNodePtr parent, xmlNsPtr ns, const char *name, const char *text)
{
	xmlNodePtr node = page_text(parent, name, text);

	xmlSetNs(node, ns);
	return node;
}

void
feed_element_if(xmlNodePtr parent, xmlNsPtr ns, const char *name, const char *text)
{
	if (!str_empty(text))
		(void)feed_element(parent, ns, name, text);
}

const char *
feed_first_of(const char *a, const char *b, const char *c)
{
	return !str_empty(a) ? a : !str_empty(b) ? b : c;
}

int64_t
feed_entry_updated(const struct feed_entry *entry)
{
	return entry->updated > entry->published ? entry->updated : entry->published;
}

int64_t
feed_updated(const struct feed *feed)
{
	int64_t updated = feed->updated;

	if (updated != 0)
		return updated;
	for (size_t i = 0; i < feed->count; i++)
		if (feed_entry_updated(&feed->entries[i]) > updated)
			updated = feed_entry_updated(&feed->entries[i]);
	return updated;
}

/* --- content --------------------------------------------------------------- */

static xmlNodePtr
following(xmlNodePtr node, const xmlNode *root)
{
	if (node->type == XML_ELEMENT_NODE && node->children != NULL)
		return node->children;
	while (node != root && node->next == NULL)
		node = node->parent;
	return node == root ? NULL : node->next;
}

/* Attributes that only help in a browser. Feed validators warn about them or do not know them. */
static bool
is_for_pages(const xmlAttr *attribute)
{
	static const char *const names[] = { "loading", "decoding", "tabindex", "role" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_equal((const char *)attribute->name, names[i]))
			return true;
	return str_starts((const char *)attribute->name, "aria-");
}

static void
strip_attributes(xmlNodePtr node)
{
	xmlAttrPtr next;

	for (xmlAttrPtr attribute = node->properties; attribute != NULL; attribute = next) {
		next = attribute->next;
		if (is_for_pages(attribute))
			(void)xmlRemoveProp(attribute);
		else if (attribute->children != NULL && attribute->children->content != NULL)
			page_legal((char *)attribute->children->content);
	}
}

struct fragment
feed_copy_content(struct feed_writer *writer, xmlNodePtr parent, const struct fragment *frag)
{
	struct fragment copy = { .doc = writer->doc, .root = xmlDocCopyNode(frag->root, writer->doc, 1) };

	if (copy.root == NULL || xmlAddChild(parent, copy.root) == NULL)
		abort();
	for (xmlNodePtr node = copy.root; node != NULL; node = following(node, copy.root)) {
		if (node->type == XML_ELEMENT_NODE)
			strip_attributes(node);
		else if (node->content != NULL)
			page_legal((char *)node->content);
	}
	return copy;
}

int64_t
feed_enclosure_length(const struct feed_enclosure *enclosure)
{
	return enclosure->bytes < 0 ? 0 : enclosure->bytes;
}

xmlNodePtr
feed_link(struct feed_writer *writer, xmlNodePtr parent, const char *rel, const char *type, const char *href)
{
	xmlNodePtr link = feed_element(parent, writer->atom, "link", NULL);

	page_attr(link, "rel", rel);
	page_attr(link, "type", type);
	page_attr(link, "href", href);
	return link;
}

/* --- all formats --------------------------------------------------------------- */

static enum status
save(struct feed_writer *writer, char **ret_bytes, size_t *ret_length)
{
	xmlBufferPtr buffer = xmlBufferCreateSize(32 * 1024);
	xmlSaveCtxtPtr context = buffer == NULL ? NULL : xmlSaveToBuffer(buffer, "UTF-8", XML_SAVE_AS_XML);
	long written;

	if (context == NULL)
		abort();
	written = xmlSaveDoc(context, writer->doc);
	if (xmlSaveClose(context) < 0 || written < 0) {
		xmlBufferFree(buffer);
		log_line(LOG_ERROR, "feed", "%s could not be written", writer->feed->self_url);
		return FAULT;
	}
	*ret_length = (size_t)xmlBufferLength(buffer);
	*ret_bytes = arena_bytes(writer->arena, xmlBufferContent(buffer), *ret_length);
	xmlBufferFree(buffer);
	return OK;
}

enum status
feed_write(struct arena *arena, const struct feed *feed, enum feed_format format, char **ret_bytes, size_t *ret_length)
{
	struct feed_writer writer = { .arena = arena, .feed = feed };

	if (format == FEED_RSS)
		feed_rss(&writer);
	else
		feed_atom(&writer);
	return save(&writer, ret_bytes, ret_length);
}

const char *
feed_type(enum feed_format format)
{
	return format == FEED_RSS ? "application/rss+xml; charset=utf-8" : "application/atom+xml; charset=utf-8";
}
