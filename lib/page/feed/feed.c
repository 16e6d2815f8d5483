#include "page/feed/feed.h"

#include <stdlib.h>
#include <string.h>
#include <libxml/xmlsave.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "page/doc/doc.h"

#define ATOM_NAMESPACE "http://www.w3.org/2005/Atom"
#define CONTENT_NAMESPACE "http://purl.org/rss/1.0/modules/content/"
#define DC_NAMESPACE "http://purl.org/dc/elements/1.1/"
#define PODCAST_NAMESPACE "https://podcastindex.org/namespace/1.0"
#define ITUNES_NAMESPACE "http://www.itunes.com/dtds/podcast-1.0.dtd"

/* Minutes for which a feed reader may keep the feed before it asks again. */
#define TIME_TO_LIVE "60"

struct writer {
	struct arena *arena;
	const struct feed *feed;
	xmlDocPtr doc;
	xmlNodePtr root;
	xmlNsPtr atom, content, dc, itunes, podcast; /* the modules are declared in RSS only */
};

static void
free_doc(void *doc)
{
	xmlFreeDoc(doc);
}

static void
start(struct writer *writer, const char *root)
{
	writer->doc = xmlNewDoc((const xmlChar *)"1.0");
	writer->root = xmlNewDocNode(writer->doc, NULL, (const xmlChar *)root, NULL);
	if (writer->doc == NULL || writer->root == NULL)
		abort();
	arena_cleanup(writer->arena, free_doc, writer->doc);
	(void)xmlDocSetRootElement(writer->doc, writer->root);
}

static xmlNsPtr
declare(struct writer *writer, const char *namespace, const char *prefix)
{
	xmlNsPtr ns = xmlNewNs(writer->root, (const xmlChar *)namespace, (const xmlChar *)prefix);

	if (ns == NULL)
		abort();
	return ns;
}

static xmlNodePtr
element(xmlNodePtr parent, xmlNsPtr ns, const char *name, const char *text)
{
	xmlNodePtr node = page_text(parent, name, text);

	xmlSetNs(node, ns);
	return node;
}

/* The same, unless the text is empty. */
static void
element_if(xmlNodePtr parent, xmlNsPtr ns, const char *name, const char *text)
{
	if (!str_empty(text))
		(void)element(parent, ns, name, text);
}

static const char *
first_of(const char *a, const char *b, const char *c)
{
	return !str_empty(a) ? a : !str_empty(b) ? b : c;
}

/* Never earlier than the publish date, even if the clock was wrong. */
static int64_t
entry_updated(const struct feed_entry *entry)
{
	return entry->updated > entry->published ? entry->updated : entry->published;
}

static int64_t
feed_updated(const struct feed *feed)
{
	int64_t updated = feed->updated;

	if (updated != 0)
		return updated;
	for (size_t i = 0; i < feed->count; i++)
		if (entry_updated(&feed->entries[i]) > updated)
			updated = entry_updated(&feed->entries[i]);
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

/* Adds a copy of the fragment as the last child of parent, without what feeds must not contain. */
static struct fragment
copy_content(struct writer *writer, xmlNodePtr parent, const struct fragment *frag)
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

/* Plain text as HTML, because RSS readers interpret a description as markup after XML's own escapes are resolved. */
static const char *
as_html(struct arena *arena, const char *text)
{
	struct str html = str_init(arena);

	for (; *text != '\0'; text++) {
		if (*text == '&')
			str_add(&html, "&amp;");
		else if (*text == '<')
			str_add(&html, "&lt;");
		else if (*text == '>')
			str_add(&html, "&gt;");
		else
			str_add_char(&html, *text);
	}
	return html.bytes;
}

/* Both formats require a length; 0 means unknown. */
static int64_t
enclosure_length(const struct feed_enclosure *enclosure)
{
	return enclosure->bytes < 0 ? 0 : enclosure->bytes;
}

/* --- RSS 2.0 ---------------------------------------------------------------- */

static bool
has_beside(const struct feed_enclosure *enclosure)
{
	return !str_empty(enclosure->chapters_url) || !str_empty(enclosure->transcript_url);
}

/* Chapters or a transcript of a recording, for podcast players. */
static void
rss_beside(struct writer *writer, xmlNodePtr item, const char *name, const char *type, const char *url)
{
	xmlNodePtr node;

	if (str_empty(url))
		return;
	node = element(item, writer->podcast, name, NULL);
	page_attr(node, "url", url);
	page_attr(node, "type", type);
}

static void
rss_enclosure(struct writer *writer, xmlNodePtr item, const struct feed_enclosure *enclosure)
{
	xmlNodePtr node = element(item, NULL, "enclosure", NULL);

	page_attr(node, "url", enclosure->url);
	page_attr_int(node, "length", enclosure_length(enclosure));
	page_attr(node, "type", enclosure->type);
	if (enclosure->seconds > 0)
		(void)element(item, writer->itunes, "duration",
			arena_printf(writer->arena, "%lld", (long long)enclosure->seconds));
	rss_beside(writer, item, "chapters", "application/json+chapters", enclosure->chapters_url);
	rss_beside(writer, item, "transcript", "text/vtt", enclosure->transcript_url);
}

static void
rss_content(struct writer *writer, xmlNodePtr item, const struct fragment *content)
{
	struct fragment copy = copy_content(writer, item, content);
	const char *text = fragment_write(writer->arena, &copy);

	xmlUnlinkNode(copy.root);
	xmlFreeNode(copy.root);
	element_if(item, writer->content, "encoded", text);
}

/* An Atom link element, which RSS uses as well. */
static xmlNodePtr
link_to(struct writer *writer, xmlNodePtr parent, const char *rel, const char *type, const char *href)
{
	xmlNodePtr link = element(parent, writer->atom, "link", NULL);

	page_attr(link, "rel", rel);
	page_attr(link, "type", type);
	page_attr(link, "href", href);
	return link;
}

static void
rss_item(struct writer *writer, xmlNodePtr channel, const struct feed_entry *entry)
{
	xmlNodePtr item = element(channel, NULL, "item", NULL);
	const char *id = first_of(entry->id, entry->url, "");
	/* The RSS profile requires a title or a description. */
	const char *description = str_empty(entry->title) ? first_of(entry->summary, entry->url, "") : entry->summary;

	element_if(item, NULL, "title", entry->title);
	element_if(item, NULL, "link", entry->url);
	if (!str_empty(entry->canonical_url))
		(void)link_to(writer, item, "canonical", "text/html", entry->canonical_url);
	page_attr(element(item, NULL, "guid", id), "isPermaLink", str_equal(id, entry->url) ? "true" : "false");
	(void)element(item, NULL, "pubDate", clock_rss(writer->arena, entry->published));
	element_if(item, writer->dc, "creator", first_of(entry->author, writer->feed->author, ""));
	for (const char *const *name = entry->categories; name != NULL && *name != NULL; name++)
		element_if(item, NULL, "category", *name);
	if (!str_empty(description))
		(void)element(item, NULL, "description", as_html(writer->arena, description));
	if (entry->content != NULL)
		rss_content(writer, item, entry->content);
	if (entry->enclosure != NULL)
		rss_enclosure(writer, item, entry->enclosure);
}

/* The RSS specification says that title and link must be those of the channel. */
static void
rss_image(struct writer *writer, xmlNodePtr channel)
{
	xmlNodePtr image = element(channel, NULL, "image", NULL);

	(void)element(image, NULL, "url", writer->feed->image_url);
	(void)element(image, NULL, "title", writer->feed->title);
	(void)element(image, NULL, "link", writer->feed->url);
}

static void
rss(struct writer *writer)
{
	const struct feed *feed = writer->feed;
	xmlNodePtr channel, self;

	start(writer, "rss");
	page_attr(writer->root, "version", "2.0");
	writer->atom = declare(writer, ATOM_NAMESPACE, "atom");
	writer->content = declare(writer, CONTENT_NAMESPACE, "content");
	writer->dc = declare(writer, DC_NAMESPACE, "dc");
	writer->itunes = declare(writer, ITUNES_NAMESPACE, "itunes");
	for (size_t i = 0; i < feed->count && writer->podcast == NULL; i++)
		if (feed->entries[i].enclosure != NULL && has_beside(feed->entries[i].enclosure))
			writer->podcast = declare(writer, PODCAST_NAMESPACE, "podcast");
	channel = element(writer->root, NULL, "channel", NULL);
	(void)element(channel, NULL, "title", feed->title);
	(void)element(channel, NULL, "link", feed->url);
	(void)element(channel, NULL, "description", as_html(writer->arena, first_of(feed->description, feed->title, "")));
	element_if(channel, NULL, "language", feed->lang);
	(void)element(channel, NULL, "lastBuildDate", clock_rss(writer->arena, feed_updated(feed)));
	(void)element(channel, NULL, "generator", "renown");
	(void)element(channel, NULL, "ttl", TIME_TO_LIVE);
	self = element(channel, writer->atom, "link", NULL);
	page_attr(self, "rel", "self");
	page_attr(self, "type", "application/rss+xml");
	page_attr(self, "href", feed->self_url);
	if (!str_empty(feed->image_url))
		rss_image(writer, channel);
	for (size_t i = 0; i < feed->count; i++)
		rss_item(writer, channel, &feed->entries[i]);
}

/* --- Atom -------------------------------------------------------------------- */

static void
atom_author(struct writer *writer, xmlNodePtr parent, const char *name)
{
	(void)element(element(parent, writer->atom, "author", NULL), writer->atom, "name", name);
}

/* RFC 4287, section 4.1.3: the div belongs to Atom and is not part of the content. */
static void
atom_content(struct writer *writer, xmlNodePtr entry, const struct fragment *frag)
{
	xmlNodePtr content = element(entry, writer->atom, "content", NULL);

	page_attr(content, "type", "xhtml");
	(void)copy_content(writer, content, frag);
}

static void
atom_entry(struct writer *writer, const struct feed_entry *entry)
{
	xmlNodePtr node = element(writer->root, writer->atom, "entry", NULL);

	if (!str_empty(entry->lang) && !str_equal(entry->lang, writer->feed->lang))
		xmlNodeSetLang(node, (const xmlChar *)entry->lang);
	(void)element(node, writer->atom, "title", first_of(entry->title, entry->summary, entry->url));
	(void)link_to(writer, node, "alternate", "text/html", entry->url);
	if (!str_empty(entry->canonical_url))
		(void)link_to(writer, node, "canonical", "text/html", entry->canonical_url);
	(void)element(node, writer->atom, "id", first_of(entry->id, entry->url, ""));
	(void)element(node, writer->atom, "published", clock_rfc3339(writer->arena, entry->published));
	(void)element(node, writer->atom, "updated", clock_rfc3339(writer->arena, entry_updated(entry)));
	if (!str_empty(entry->author))
		atom_author(writer, node, entry->author);
	for (const char *const *name = entry->categories; name != NULL && *name != NULL; name++)
		if (**name != '\0')
			page_attr(element(node, writer->atom, "category", NULL), "term", *name);
	if (entry->enclosure != NULL)
		page_attr_int(link_to(writer, node, "enclosure", entry->enclosure->type, entry->enclosure->url),
			"length", enclosure_length(entry->enclosure));
	element_if(node, writer->atom, "summary", entry->summary);
	if (entry->content != NULL)
		atom_content(writer, node, entry->content);
}

static void
atom(struct writer *writer)
{
	const struct feed *feed = writer->feed;

	start(writer, "feed");
	writer->atom = declare(writer, ATOM_NAMESPACE, NULL);
	xmlSetNs(writer->root, writer->atom);
	if (!str_empty(feed->lang))
		xmlNodeSetLang(writer->root, (const xmlChar *)feed->lang);
	(void)element(writer->root, writer->atom, "title", feed->title);
	element_if(writer->root, writer->atom, "subtitle", feed->description);
	(void)element(writer->root, writer->atom, "id", feed->self_url);
	(void)element(writer->root, writer->atom, "updated", clock_rfc3339(writer->arena, feed_updated(feed)));
	(void)link_to(writer, writer->root, "self", "application/atom+xml", feed->self_url);
	(void)link_to(writer, writer->root, "alternate", "text/html", feed->url);
	/* RFC 4287, section 4.1.1: entries without an author have the author of the feed. */
	atom_author(writer, writer->root, first_of(feed->author, feed->title, feed->url));
	element_if(writer->root, writer->atom, "logo", feed->image_url);
	(void)element(writer->root, writer->atom, "generator", "renown");
	for (size_t i = 0; i < feed->count; i++)
		atom_entry(writer, &feed->entries[i]);
}

/* ------------------------------------------------------------------------------ */

static enum status
save(struct writer *writer, char **ret_bytes, size_t *ret_length)
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
	struct writer writer = { .arena = arena, .feed = feed };

	if (format == FEED_RSS)
		rss(&writer);
	else
		atom(&writer);
	return save(&writer, ret_bytes, ret_length);
}

const char *
feed_type(enum feed_format format)
{
	return format == FEED_RSS ? "application/rss+xml; charset=utf-8" : "application/atom+xml; charset=utf-8";
}
