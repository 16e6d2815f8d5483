#include "blog_handlers.h"

#include <string.h>

#include "blog_page.h"
#include "core/str.h"
#include "http/experiments.h"
#include "sitemap_robots.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "store/media/media.h"

enum { RECENT_POSTS = 8 };

/* The language of the address, else the reader's if the site has it, else the site's. */
static const char *
home_language(const struct request *req)
{
	if (req->prefix[0] == '\0' && !str_empty(req->accept_language) && request_speaks(req, req->accept_language))
		return req->accept_language;
	return request_language(req);
}

/* Adds the portrait. The setting is a path below the media folder. */
static void
add_portrait(struct request *req)
{
	const char *path = request_setting(req, "author_photo"), *alt = request_setting(req, "author_photo_alt");
	xmlNodePtr portrait;

	if (str_empty(path))
		return;
	portrait = page_element(req->page->root, "portrait");
	page_href(req->page, portrait, "src",
		page_encode_path(req->arena, arena_printf(req->arena, "/media/%s", path)));
	page_attr(portrait, "alt", str_empty(alt) ? request_setting(req, "author_name") : alt);
}

/* Adds one featured post and the newest others in this language, or in all languages when it has none. */
static enum status
add_recent(struct request *req)
{
	struct post_filter filter = { .lang = req->lang };
	struct cursor start = { 0 };
	struct post_list list;
	struct post featured = { 0 };
	xmlNodePtr recent;
	enum status status = post_featured(req->db, req->arena, req->lang, req->viewer.now, &featured);

	if (status != OK && status != NOT_FOUND)
		return status;
	(void)experiments_apply(req, &featured);
	if (status == OK && viewer_may(&req->viewer, &featured) != VIEW_NONE)
		entry_add(req->page, page_element(req->page->root, "featured"), &featured, &req->viewer,
			request_prefix(req));
	TRY(post_list(req->db, req->arena, &filter, &start, req->viewer.now, RECENT_POSTS + 1, &list));
	if (list.count == 0) {
		filter.lang = NULL;
		TRY(post_list(req->db, req->arena, &filter, &start, req->viewer.now, RECENT_POSTS + 1, &list));
	}
	experiments_apply_all(req, list.posts, list.count);
	recent = page_element(req->page->root, "recent");
	for (size_t i = 0, shown = 0; i < list.count && shown < RECENT_POSTS; i++)
		if (list.posts[i].id != featured.id && viewer_may(&req->viewer, &list.posts[i]) != VIEW_NONE) {
			(void)entry_add(req->page, recent, &list.posts[i], &req->viewer, request_prefix(req));
			shown++;
		}
	return OK;
}

/* GET /: the owner's texts, the featured post and the newest posts. */
enum status
show_home(struct request *req)
{
	struct metadata_site site;
	xmlNodePtr more, subscribe;
	const char *prefix;

	if (req->prefix[0] == '\0')
		req->vary = "Accept-Language";
	TRY(request_page(req, home_language(req), "home"));
	prefix = request_prefix(req);
	page_attr(req->page->root, "canonical", request_url(req, req->prefix[0] == '\0' ? "/"
		: arena_printf(req->arena, "%s/", req->prefix)));
	site = sitemap_site(req);
	metadata_home(req->page, &site);
	TRY(blog_page_words(req, "intro", "home_intro"));
	add_portrait(req);
	TRY(add_recent(req));
	more = page_element(req->page->root, "more");
	page_href(req->page, more, "href", arena_printf(req->arena, "%s/blog", prefix));
	subscribe = page_element(req->page->root, "subscribe");
	page_href(req->page, subscribe, "rss", arena_printf(req->arena, "%s/feed.rss", prefix));
	page_href(req->page, subscribe, "atom", arena_printf(req->arena, "%s/feed.atom", prefix));
	return blog_page_words(req, "members", "member_benefits");
}
