/* Writes a feed as RSS 2.0, with the modules for full texts, authors and recordings. */
#include "page/feed/feed_internal.h"

#include "core/clock.h"
#include "core/str.h"
#include "page/doc/doc.h"

#define CONTENT_NAMESPACE "http://purl.org/rss/1.0/modules/content/"
#define DC_NAMESPACE "http://purl.org/dc/elements/1.1/"
#define PODCAST_NAMESPACE "https://podcastindex.org/namespace/1.0"
#define ITUNES_NAMESPACE "http://www.itunes.com/dtds/podcast-1.0.dtd"

/* Minutes for which a feed reader may keep the feed before it asks again. */
#define TIME_TO_LIVE "60"

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

static bool
has_beside(const struct feed_enclosure *enclosure)
{
	return !str_empty(enclosure->chapters_url) || !str_empty(enclosure->transcript_url);
}

/* Chapters or a transcript of a recording, for podcast players. */
static void
rss_beside(struct feed_writer *writer, xmlNodePtr item, const char *name, const char *type, const char *url)
{
	xmlNodePtr node;

	if (str_empty(url))
		return;
	node = feed_element(item, writer->podcast, name, NULL);
	page_attr(node, "url", url);
	page_attr(node, "type", type);
}

static void
rss_enclosure(struct feed_writer *writer, xmlNodePtr item, const struct feed_enclosure *enclosure)
{
	xmlNodePtr node = feed_element(item, NULL, "enclosure", NULL);

	page_attr(node, "url", enclosure->url);
	page_attr_int(node, "length", feed_enclosure_length(enclosure));
	page_attr(node, "type", enclosure->type);
	if (enclosure->seconds > 0)
		(void)feed_element(item, writer->itunes, "duration",
			arena_printf(writer->arena, "%lld", (long long)enclosure->seconds));
	rss_beside(writer, item, "chapters", "application/json+chapters", enclosure->chapters_url);
	rss_beside(writer, item, "transcript", "text/vtt", enclosure->transcript_url);
}

static void
rss_content(struct feed_writer *writer, xmlNodePtr item, const struct fragment *content)
{
	struct fragment copy = feed_copy_content(writer, item, content);
	const char *text = fragment_write(writer->arena, &copy);

	xmlUnlinkNode(copy.root);
	xmlFreeNode(copy.root);
	feed_element_if(item, writer->content, "encoded", text);
}

static void
rss_item(struct feed_writer *writer, xmlNodePtr channel, const struct feed_entry *entry)
{
	xmlNodePtr item = feed_element(channel, NULL, "item", NULL);
	const char *id = feed_first_of(entry->id, entry->url, "");
	/* The RSS profile requires a title or a description. */
	const char *description = str_empty(entry->title) ? feed_first_of(entry->summary, entry->url, "") : entry->summary;

	feed_element_if(item, NULL, "title", entry->title);
	feed_element_if(item, NULL, "link", entry->url);
	if (!str_empty(entry->canonical_url))
		(void)feed_link(writer, item, "canonical", "text/html", entry->canonical_url);
	page_attr(feed_element(item, NULL, "guid", id), "isPermaLink", str_equal(id, entry->url) ? "true" : "false");
	(void)feed_element(item, NULL, "pubDate", clock_rss(writer->arena, entry->published));
	feed_element_if(item, writer->dc, "creator", feed_first_of(entry->author, writer->feed->author, ""));
	for (const char *const *name = entry->categories; name != NULL && *name != NULL; name++)
		feed_element_if(item, NULL, "category", *name);
	if (!str_empty(description))
		(void)feed_element(item, NULL, "description", as_html(writer->arena, description));
	if (entry->content != NULL)
		rss_content(writer, item, entry->content);
	if (entry->enclosure != NULL)
		rss_enclosure(writer, item, entry->enclosure);
}

/* The RSS specification says that title and link must be those of the channel. */
static void
rss_image(struct feed_writer *writer, xmlNodePtr channel)
{
	xmlNodePtr image = feed_element(channel, NULL, "image", NULL);

	(void)feed_element(image, NULL, "url", writer->feed->image_url);
	(void)feed_element(image, NULL, "title", writer->feed->title);
	(void)feed_element(image, NULL, "link", writer->feed->url);
}

void
feed_rss(struct feed_writer *writer)
{
	const struct feed *feed = writer->feed;
	xmlNodePtr channel, self;

	feed_start(writer, "rss");
	page_attr(writer->root, "version", "2.0");
	writer->atom = feed_declare(writer, FEED_ATOM_NAMESPACE, "atom");
	writer->content = feed_declare(writer, CONTENT_NAMESPACE, "content");
	writer->dc = feed_declare(writer, DC_NAMESPACE, "dc");
	writer->itunes = feed_declare(writer, ITUNES_NAMESPACE, "itunes");
	for (size_t i = 0; i < feed->count && writer->podcast == NULL; i++)
		if (feed->entries[i].enclosure != NULL && has_beside(feed->entries[i].enclosure))
			writer->podcast = feed_declare(writer, PODCAST_NAMESPACE, "podcast");
	channel = feed_element(writer->root, NULL, "channel", NULL);
	(void)feed_element(channel, NULL, "title", feed->title);
	(void)feed_element(channel, NULL, "link", feed->url);
	(void)feed_element(channel, NULL, "description", as_html(writer->arena, feed_first_of(feed->description, feed->title, "")));
	feed_element_if(channel, NULL, "language", feed->lang);
	(void)feed_element(channel, NULL, "lastBuildDate", clock_rss(writer->arena, feed_updated(feed)));
	(void)feed_element(channel, NULL, "generator", "renown");
	(void)feed_element(channel, NULL, "ttl", TIME_TO_LIVE);
	self = feed_element(channel, writer->atom, "link", NULL);
	page_attr(self, "rel", "self");
	page_attr(self, "type", "application/rss+xml");
	page_attr(self, "href", feed->self_url);
	if (!str_empty(feed->image_url))
		rss_image(writer, channel);
	for (size_t i = 0; i < feed->count; i++)
		rss_item(writer, channel, &feed->entries[i]);
}
