#include "page/feed/metadata.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "core/clock.h"
#include "core/str.h"
#include "core/text.h"
#include "page/post/entry.h"

/* --- JSON-LD ------------------------------------------------------------------------ */

/*
 * JSON inside a page. Characters that could end the script element or start a comment are written as escapes,
 * which JSON reads back as the same characters.
 */
static char *
safe_json(struct arena *arena, json_t *value)
{
	char *plain = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
	struct str safe = str_init(arena);

	json_decref(value);
	if (plain == NULL)
		abort();
	for (const char *c = plain; *c != '\0'; c++) {
		if (*c == '<' || *c == '>' || *c == '&')
			str_printf(&safe, "\\u%04x", (unsigned)*c);
		else
			str_add_char(&safe, *c);
	}
	free(plain);
	return safe.bytes;
}

static void
add_json(struct page *page, json_t *value)
{
	/*
	 * NULL when a text is not UTF-8, which happens only with a damaged database. The page is then sent without
	 * JSON-LD.
	 */
	if (value == NULL)
		return;
	(void)page_text(page->root, "json-ld", safe_json(page->arena, value));
}

static json_t *
person(struct page *page, const char *name, const char *path)
{
	return json_pack("{s:s, s:s, s:s}", "@type", "Person", "name", name, "url", page_url(page, path));
}

/* Text of a comment, cut to this many characters. */
enum { COMMENT_TEXT = 500 };

static json_t *
comment_item(struct page *page, const struct comment *comment)
{
	struct fragment *text;
	json_t *json = json_pack("{s:s, s:s, s:s}", "@type", "Comment",
		"@id", page_url(page, arena_printf(page->arena, "/comment/%lld", (long long)comment->id)),
		"dateCreated", clock_rfc3339(page->arena, comment->created));

	if (json == NULL)
		return NULL;
	if (*comment->name != '\0')
		json_object_set_new(json, "author", json_pack("{s:s, s:s}", "@type", "Person", "name", comment->name));
	if (fragment_read(page->arena, comment->xhtml, &text) == OK)
		json_object_set_new(json, "text", json_string(text_cut(page->arena, fragment_plain(page->arena, text), COMMENT_TEXT)));
	if (comment->parent_id != 0)
		json_object_set_new(json, "parentItem", json_pack("{s:s, s:s}", "@type", "Comment",
			"@id", page_url(page, arena_printf(page->arena, "/comment/%lld", (long long)comment->parent_id))));
	return json;
}

static void
add_comments(struct page *page, json_t *posting, const struct metadata_comments *comments)
{
	json_t *list = json_array();

	for (size_t i = 0; i < comments->count; i++)
		if (str_equal(comments->comments[i].state, "shown"))
			json_array_append_new(list, comment_item(page, &comments->comments[i]));
	json_object_set_new(posting, "commentCount", json_integer(comments->total));
	json_object_set_new(posting, "comment", list);
}

static json_t *
posting(struct page *page, const struct post *post, const char *url, const char *cover, const struct metadata_comments *comments)
{
	bool gated = !str_equal(post->access, "public");
	const char *author = arena_printf(page->arena, "/author/%s", page_encode(page->arena, post->author_slug));
	json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:o}",
		"@context", "https://schema.org", "@type", "BlogPosting", "headline", post->title,
		"description", post_summary(post), "inLanguage", post->lang, "mainEntityOfPage", url,
		"datePublished", clock_rfc3339(page->arena, post->published),
		"dateModified", clock_rfc3339(page->arena, post->updated),
		"isAccessibleForFree", !gated, "author", person(page, post->author_name, author));

	if (json != NULL && cover != NULL)
		json_object_set_new(json, "image", json_string(cover));
	if (json != NULL && gated)
		json_object_set_new(json, "hasPart", json_pack("{s:s, s:b, s:s}", "@type", "WebPageElement",
			"isAccessibleForFree", 0, "cssSelector", ".paywall"));
	if (json != NULL && comments != NULL && comments->total > 0)
		add_comments(page, json, comments);
	return json;
}

/* --- OpenGraph ------------------------------------------------------------------------ */

static void
property(xmlNodePtr list, const char *name, const char *content)
{
	xmlNodePtr element;

	if (str_empty(content))
		return;
	element = page_element(list, "property");
	page_attr(element, "name", name);
	page_attr(element, "content", content);
}

static xmlNodePtr
open_graph(struct page *page, const struct metadata_site *site, const char *type, const char *title,
	const char *description)
{
	xmlNodePtr list = page_element(page->root, "open-graph");

	property(list, "og:site_name", site->name);
	property(list, "og:type", type);
	property(list, "og:title", title);
	property(list, "og:description", description);
	property(list, "og:locale", str_equal(page->lang, "zh") ? "zh_CN" : "en_GB");
	if (!str_empty(description))
		page_attr(page->root, "description", description);
	return list;
}

/* The image of link previews: the page's own cover, or else the site's image. */
static void
add_image(struct page *page, xmlNodePtr graph, const struct metadata_site *site, const char *cover)
{
	bool own = cover != NULL, any = own || !str_empty(site->image);

	property(graph, "og:image", own ? cover : any ? page_url(page, site->image) : NULL);
	if (!own && any)
		property(graph, "og:image:alt", site->image_alt);
	property(graph, "twitter:card", any ? "summary_large_image" : "summary");
}

/* --- pages ----------------------------------------------------------------------------- */

void
metadata_home(struct page *page, const struct metadata_site *site)
{
	xmlNodePtr graph = open_graph(page, site, "website", site->name, site->description);

	property(graph, "og:url", page_url(page, "/"));
	if (!str_empty(site->image))
		add_image(page, graph, site, NULL);
	add_json(page, json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "@context", "https://schema.org",
		"@type", "WebSite", "name", site->name, "url", page_url(page, "/"), "inLanguage", page->lang,
		"author", person(page, site->author, "/about")));
}

void
metadata_list(struct page *page, const struct metadata_site *site, const char *title)
{
	xmlNodePtr graph = open_graph(page, site, "website", title, site->description);

	if (!str_empty(site->image))
		add_image(page, graph, site, NULL);
}

void
metadata_post(struct page *page, const struct metadata_site *site, const struct post *post, const struct metadata_comments *comments)
{
	const char *url = str_empty(post->canonical_url) ? page_url(page, entry_path(page->arena, post)) : post->canonical_url;
	const char *cover = str_empty(post->cover_path) ? NULL
		: page_url(page, arena_printf(page->arena, "/media/%s", post->cover_path));
	bool is_page = str_equal(post->kind, "page");
	xmlNodePtr graph = open_graph(page, site, is_page ? "website" : "article", post->title, post_summary(post));

	page_attr(page->root, "title", post->title);
	page_attr(page->root, "canonical", url);
	property(graph, "og:url", url);
	add_image(page, graph, site, cover);
	if (is_page)
		return;
	property(graph, "article:published_time", clock_rfc3339(page->arena, post->published));
	property(graph, "article:modified_time", clock_rfc3339(page->arena, post->updated));
	add_json(page, posting(page, post, url, cover, comments));
}
