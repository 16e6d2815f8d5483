/* Writes a feed as Atom (RFC 4287). */
#include "page/feed/feed_internal.h"

#include "core/clock.h"
#include "core/str.h"
#include "page/doc/doc.h"

static void
atom_author(struct feed_writer *writer, xmlNodePtr parent, const char *name)
{
	(void)feed_element(feed_element(parent, writer->atom, "author", NULL), writer->atom, "name", name);
}

/* RFC 4287, section 4.1.3: the div belongs to Atom and is not part of the content. */
static void
atom_content(struct feed_writer *writer, xmlNodePtr entry, const struct fragment *frag)
{
	xmlNodePtr content = feed_element(entry, writer->atom, "content", NULL);

	page_attr(content, "type", "xhtml");
	(void)feed_copy_content(writer, content, frag);
}

static void
atom_entry(struct feed_writer *writer, const struct feed_entry *entry)
{
	xmlNodePtr node = feed_element(writer->root, writer->atom, "entry", NULL);

	if (!str_empty(entry->lang) && !str_equal(entry->lang, writer->feed->lang))
		xmlNodeSetLang(node, (const xmlChar *)entry->lang);
	(void)feed_element(node, writer->atom, "title", feed_first_of(entry->title, entry->summary, entry->url));
	(void)feed_link(writer, node, "alternate", "text/html", entry->url);
	if (!str_empty(entry->canonical_url))
		(void)feed_link(writer, node, "canonical", "text/html", entry->canonical_url);
	(void)feed_element(node, writer->atom, "id", feed_first_of(entry->id, entry->url, ""));
	(void)feed_element(node, writer->atom, "published", clock_rfc3339(writer->arena, entry->published));
	(void)feed_element(node, writer->atom, "updated", clock_rfc3339(writer->arena, feed_entry_updated(entry)));
	if (!str_empty(entry->author))
		atom_author(writer, node, entry->author);
	for (const char *const *name = entry->categories; name != NULL && *name != NULL; name++)
		if (**name != '\0')
			page_attr(feed_element(node, writer->atom, "category", NULL), "term", *name);
	if (entry->enclosure != NULL)
		page_attr_int(feed_link(writer, node, "enclosure", entry->enclosure->type, entry->enclosure->url),
			"length", feed_enclosure_length(entry->enclosure));
	feed_element_if(node, writer->atom, "summary", entry->summary);
	if (entry->content != NULL)
		atom_content(writer, node, entry->content);
}

void
feed_atom(struct feed_writer *writer)
{
	const struct feed *feed = writer->feed;

	feed_start(writer, "feed");
	writer->atom = feed_declare(writer, FEED_ATOM_NAMESPACE, NULL);
	xmlSetNs(writer->root, writer->atom);
	if (!str_empty(feed->lang))
		xmlNodeSetLang(writer->root, (const xmlChar *)feed->lang);
	(void)feed_element(writer->root, writer->atom, "title", feed->title);
	feed_element_if(writer->root, writer->atom, "subtitle", feed->description);
	(void)feed_element(writer->root, writer->atom, "id", feed->self_url);
	(void)feed_element(writer->root, writer->atom, "updated", clock_rfc3339(writer->arena, feed_updated(feed)));
	(void)feed_link(writer, writer->root, "self", "application/atom+xml", feed->self_url);
	(void)feed_link(writer, writer->root, "alternate", "text/html", feed->url);
	/* RFC 4287, section 4.1.1: entries without an author have the author of the feed. */
	atom_author(writer, writer->root, feed_first_of(feed->author, feed->title, feed->url));
	feed_element_if(writer->root, writer->atom, "logo", feed->image_url);
	(void)feed_element(writer->root, writer->atom, "generator", "renown");
	for (size_t i = 0; i < feed->count; i++)
		atom_entry(writer, &feed->entries[i]);
}
