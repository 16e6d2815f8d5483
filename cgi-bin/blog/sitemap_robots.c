#include "sitemap_robots.h"

#include <string.h>

#include "core/str.h"
#include "http/page_addresses.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "page/feed/sitemap.h"
#include "store/post/post.h"

struct metadata_site
sitemap_site(const struct request *req)
{
	const char *image = request_setting(req, "social_image");

	return (struct metadata_site){ .image = str_empty(image) ? "" : arena_printf(req->arena, "/media/%s", image),
		.image_alt = request_setting(req, "social_image_alt"), .name = request_setting(req, "title"),
		.description = request_setting(req, "description"), .author = request_setting(req, "author_name") };
}

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

static enum status
send_sitemap(struct request *req, struct sitemap *sitemap)
{
	char *bytes;

	TRY(sitemap_write(sitemap, &bytes, &req->body_length));
	req->body = bytes;
	req->content_type = "application/xml; charset=utf-8";
	return OK;
}

/* GET /sitemap.xml: the list of sitemaps, each for a range of post ids. */
enum status
show_sitemap_index(struct request *req)
{
	struct sitemap *index;
	int64_t highest;

	TRY(request_fresh(req, request_language(req)));
	TRY(post_highest_id(req->db, &highest));
	index = sitemap_index_new(req->arena);
	sitemap_add(index, request_url(req, "/sitemap/pages.xml"), 0);
	for (int64_t part = 1; (part - 1) * SITEMAP_PART < highest; part++)
		sitemap_add(index, request_url(req, arena_printf(req->arena, "/sitemap/%lld.xml", (long long)part)), 0);
	return send_sitemap(req, index);
}

/* The sitemap of lists, without and with a language prefix. */
static enum status
sitemap_of_pages(struct request *req)
{
	struct sitemap *sitemap = sitemap_new(req->arena);

	for (const struct page_address *page = page_addresses; page->pattern != NULL; page++) {
		if (!page->in_sitemap)
			continue;
		sitemap_add(sitemap, request_url(req, page->pattern), 0);
		for (size_t l = 0; page->languages && languages[l].code != NULL; l++)
			if (request_speaks(req, languages[l].code))
				sitemap_add(sitemap, request_url(req,
					arena_printf(req->arena, "/%s%s", languages[l].code, page->pattern)), 0);
	}
	return send_sitemap(req, sitemap);
}

/* GET /sitemap/:part ("pages.xml", "1.xml" and so on). */
enum status
show_sitemap(struct request *req)
{
	char *name = arena_dup(req->arena, route_text(req, 0));
	struct viewer visitor = { .now = req->viewer.now };
	struct sitemap *sitemap;
	struct post *posts;
	size_t count;
	int64_t highest;
	long long part;

	if (!str_ends(name, ".xml"))
		return NOT_FOUND;
	name[strlen(name) - strlen(".xml")] = '\0';
	if (str_equal(name, "pages")) {
		TRY(request_fresh(req, request_language(req)));
		return sitemap_of_pages(req);
	}
	if (!str_to_integer(name, &part) || part < 1 || part > 1000000 || name[0] == '0')
		return NOT_FOUND;
	TRY(post_highest_id(req->db, &highest));
	if ((part - 1) * SITEMAP_PART >= highest)
		return NOT_FOUND;
	TRY(request_fresh(req, request_language(req)));
	TRY(post_list_by_id(req->db, req->arena, (part - 1) * SITEMAP_PART, SITEMAP_PART, &posts, &count));
	sitemap = sitemap_new(req->arena);
	for (size_t i = 0; i < count; i++)
		if (posts[i].id <= part * SITEMAP_PART && viewer_may(&visitor, &posts[i]) != VIEW_NONE &&
			str_empty(posts[i].canonical_url))
			sitemap_add(sitemap, request_url(req, entry_path(req->arena, &posts[i])), posts[i].updated);
	return send_sitemap(req, sitemap);
}
