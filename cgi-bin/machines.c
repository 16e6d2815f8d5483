#include "machines.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "core/clock.h"
#include "core/str.h"
#include "page/entry.h"
#include "page/lang.h"

/* --- JSON-LD ------------------------------------------------------------------------ */

/*
 * JSON inside a page: what could end the script element or start a comment is
 * written as an escape, which JSON reads back as the same character.
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
add_json(struct request *req, json_t *value)
{
	(void)page_text(req->page->root, "json-ld", safe_json(req->arena, value));
}

static json_t *
person(struct request *req, const char *name, const char *path)
{
	return json_pack("{s:s, s:s, s:s}", "@type", "Person", "name", name, "url", request_url(req, path));
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
open_graph(struct request *req, const char *type, const char *title, const char *description)
{
	xmlNodePtr list = page_element(req->page->root, "open-graph");

	property(list, "og:site_name", request_setting(req, "title"));
	property(list, "og:type", type);
	property(list, "og:title", title);
	property(list, "og:description", description);
	property(list, "og:locale", str_equal(req->lang, "zh") ? "zh_CN" : "en_GB");
	if (!str_empty(description))
		page_attr(req->page->root, "description", description);
	return list;
}

static const char *
cover_url(struct request *req, const struct post *post)
{
	if (str_empty(post->cover_path))
		return NULL;
	return request_url(req, arena_printf(req->arena, "/media/%s", post->cover_path));
}

/* --- pages --------------------------------------------------------------------------- */

/* Only what everyone may know of a post goes in: the summary is made from the open part. */
void
machines_post(struct request *req, const struct post *post)
{
	const char *url = request_url(req, entry_path(req->arena, post)), *cover = cover_url(req, post);
	bool is_page = str_equal(post->kind, "page"), gated = !str_equal(post->access, "public");
	xmlNodePtr graph = open_graph(req, is_page ? "website" : "article", post->title, post->summary);
	const char *author_path = arena_printf(req->arena, "/author/%s", page_encode(req->arena, post->author_slug));
	json_t *json;

	page_attr(req->page->root, "title", post->title);
	page_attr(req->page->root, "canonical", url);
	property(graph, "og:url", url);
	property(graph, "og:image", cover);
	property(graph, "twitter:card", cover != NULL ? "summary_large_image" : "summary");
	if (is_page)
		return;
	property(graph, "article:published_time", clock_rfc3339(req->arena, post->published));
	property(graph, "article:modified_time", clock_rfc3339(req->arena, post->updated));
	json = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:o}",
		"@context", "https://schema.org", "@type", "BlogPosting", "headline", post->title,
		"description", post->summary, "inLanguage", post->lang, "mainEntityOfPage", url,
		"datePublished", clock_rfc3339(req->arena, post->published),
		"dateModified", clock_rfc3339(req->arena, post->updated),
		"isAccessibleForFree", !gated, "author", person(req, post->author_name, author_path));
	if (json == NULL)
		abort();
	if (cover != NULL)
		json_object_set_new(json, "image", json_string(cover));
	if (gated)
		json_object_set_new(json, "hasPart", json_pack("{s:s, s:b, s:s}", "@type", "WebPageElement",
			"isAccessibleForFree", 0, "cssSelector", ".paywall"));
	add_json(req, json);
}

void
machines_list(struct request *req, const char *title)
{
	(void)open_graph(req, "website", title, request_setting(req, "description"));
}

void
machines_front(struct request *req)
{
	const char *name = request_setting(req, "title");
	xmlNodePtr graph = open_graph(req, "website", name, request_setting(req, "description"));

	property(graph, "og:url", request_url(req, "/"));
	add_json(req, json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "@context", "https://schema.org",
		"@type", "WebSite", "name", name, "url", request_url(req, "/"), "inLanguage", req->lang,
		"author", person(req, request_setting(req, "author_name"), "/about")));
}

/* --- files ---------------------------------------------------------------------------- */

/* GET /robots.txt (RFC 9309). */
enum status
show_robots(struct request *req)
{
	bool welcome = str_equal(setting_value(req->settings, "search_engines", ""), "yes");

	TRY(request_fresh(req, request_language(req)));
	req->content_type = "text/plain; charset=utf-8";
	req->body = welcome
		? arena_printf(req->arena, "User-agent: *\nDisallow: %s/search\nSitemap: %s\n", req->conf->base_path,
			request_url(req, "/sitemap.xml"))
		: "User-agent: *\nDisallow: /\n";
	req->body_length = strlen(req->body);
	return OK;
}

#define SITEMAP_NAMESPACE "http://www.sitemaps.org/schemas/sitemap/0.9"
enum { SITEMAP_PART = 1000 };

static void
free_doc(void *doc)
{
	xmlFreeDoc(doc);
}

/* A new sitemap document (sitemaps.org protocol 0.9), freed with the request. */
static xmlDocPtr
sitemap_new(struct request *req, const char *root_name)
{
	xmlDocPtr doc = xmlNewDoc(BAD_CAST "1.0");
	xmlNodePtr root;

	if (doc == NULL)
		abort();
	arena_cleanup(req->arena, free_doc, doc);
	root = xmlNewDocNode(doc, NULL, BAD_CAST root_name, NULL);
	xmlDocSetRootElement(doc, root);
	xmlSetNs(root, xmlNewNs(root, BAD_CAST SITEMAP_NAMESPACE, NULL));
	return doc;
}

static void
sitemap_add(xmlDocPtr doc, const char *element, const char *url, const char *changed)
{
	xmlNodePtr item = xmlNewTextChild(xmlDocGetRootElement(doc), NULL, BAD_CAST element, NULL);

	(void)xmlNewTextChild(item, NULL, BAD_CAST "loc", BAD_CAST url);
	if (changed != NULL)
		(void)xmlNewTextChild(item, NULL, BAD_CAST "lastmod", BAD_CAST changed);
}

static enum status
sitemap_send(struct request *req, xmlDocPtr doc)
{
	xmlChar *bytes = NULL;
	int length = 0;

	xmlDocDumpMemoryEnc(doc, &bytes, &length, "UTF-8");
	if (bytes == NULL)
		return FAULT;
	req->body = arena_bytes(req->arena, bytes, (size_t)length);
	req->body_length = (size_t)length;
	req->content_type = "application/xml; charset=utf-8";
	xmlFree(bytes);
	return OK;
}

/* GET /sitemap.xml: the parts, each a range of 1,000 post ids. */
enum status
show_sitemap_index(struct request *req)
{
	xmlDocPtr doc;
	int64_t highest;

	TRY(request_fresh(req, request_language(req)));
	TRY(post_highest_id(req->db, &highest));
	doc = sitemap_new(req, "sitemapindex");
	sitemap_add(doc, "sitemap", request_url(req, "/sitemap/pages.xml"), NULL);
	for (int64_t part = 1; (part - 1) * SITEMAP_PART < highest; part++)
		sitemap_add(doc, "sitemap",
			request_url(req, arena_printf(req->arena, "/sitemap/%lld.xml", (long long)part)), NULL);
	return sitemap_send(req, doc);
}

static enum status
sitemap_pages(struct request *req)
{
	static const char *const paths[] = { "/", "/blog", "/tags", "/archive" };
	xmlDocPtr doc = sitemap_new(req, "urlset");

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		sitemap_add(doc, "url", request_url(req, paths[i]), NULL);
		for (size_t l = 0; languages[l].code != NULL; l++)
			if (request_speaks(req, languages[l].code))
				sitemap_add(doc, "url", request_url(req,
					arena_printf(req->arena, "/%s%s", languages[l].code, paths[i])), NULL);
	}
	return sitemap_send(req, doc);
}

/* GET /sitemap/:part ("pages.xml", "1.xml" …). */
enum status
show_sitemap(struct request *req)
{
	char *name = arena_dup(req->arena, route_text(req, 0));
	struct viewer stranger = { .now = req->viewer.now };
	struct post *posts;
	size_t count;
	long long part;
	xmlDocPtr doc;

	if (!str_ends(name, ".xml"))
		return NOT_FOUND;
	name[strlen(name) - strlen(".xml")] = '\0';
	TRY(request_fresh(req, request_language(req)));
	if (str_equal(name, "pages"))
		return sitemap_pages(req);
	if (!str_to_integer(name, &part) || part < 1 || part > 1000000 || name[0] == '0')
		return NOT_FOUND;
	TRY(post_list_by_id(req->db, req->arena, (part - 1) * SITEMAP_PART, SITEMAP_PART, &posts, &count));
	doc = sitemap_new(req, "urlset");
	for (size_t i = 0; i < count; i++)
		if (posts[i].id <= part * SITEMAP_PART && viewer_may(&stranger, &posts[i]) != VIEW_NONE)
			sitemap_add(doc, "url", request_url(req, entry_path(req->arena, &posts[i])),
				clock_rfc3339(req->arena, posts[i].updated));
	return sitemap_send(req, doc);
}
