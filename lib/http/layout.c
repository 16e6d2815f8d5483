/* The parts that every page has: site, menu, search, feeds, languages, viewer. */
#include "http/request.h"

#include "core/str.h"
#include "http/navigation.h"
#include "http/page_addresses.h"
#include "http/route_table.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"

const char *
request_colours(const struct request *req, const char *colour, const char *dark)
{
	return arena_printf(req->arena, "/colours/%s-%s.css", colour + 1, dark + 1);
}

static void
add_site(struct request *req)
{
	xmlNodePtr site = page_element(req->page->root, "site");
	const char *colour = request_setting(req, "accent_colour"), *dark = request_setting(req, "accent_colour_dark");
	const char *logo = request_setting(req, "logo");

	page_attr(site, "name", request_setting(req, "title"));
	page_attr(site, "tagline", request_setting(req, "tagline"));
	page_attr(site, "author", request_setting(req, "author_name"));
	page_attr(site, "mark", request_setting(req, "logo_letter"));
	page_attr(site, "footer", request_setting(req, "footer"));
	if (!str_equal(colour, setting_find("accent_colour")->default_value))
		page_attr(site, "accent", colour);
	if (!str_equal(colour, setting_find("accent_colour")->default_value) || !str_equal(dark, setting_find("accent_colour_dark")->default_value))
		page_href(req->page, site, "colours", request_colours(req, colour, dark));
	if (!str_empty(logo))
		page_href(req->page, site, "logo", arena_printf(req->arena, "/media/%s", logo));
	page_href(req->page, site, "href", arena_printf(req->arena, "%s/", request_prefix(req)));
	page_attr(site, "url", request_url(req, "/"));
}

static void
add_item(struct request *req, xmlNodePtr menu, const char *path, const char *text)
{
	xmlNodePtr item = page_text(menu, "item", text);
	const char *here = arena_printf(req->arena, "%s%s", req->prefix, req->path);

	page_href(req->page, item, "href", path);
	if (str_equal(here, path))
		page_attr(item, "current", "yes");
}

/*
 * Lists exist below each language prefix, so links to them stay in the reader's language. Posts and pages have one
 * address each.
 */
static const char *
in_language(struct request *req, const char *path)
{
	return page_address_has_languages(path) ? arena_printf(req->arena, "%s%s", request_prefix(req), path) : path;
}

/* The menu that the owner configured. */
static void
add_links(struct request *req, xmlNodePtr menu, const char *value)
{
	struct setting_link links[SETTING_LINKS_MAX];
	size_t count = setting_links(req->arena, value, links);

	for (size_t i = 0; i < count; i++) {
		if (links[i].address[0] == '/')
			add_item(req, menu, in_language(req, links[i].address), links[i].words);
		else
			page_attr(page_text(menu, "item", links[i].words), "href", links[i].address);
	}
}

static enum status
add_menu(struct request *req)
{
	xmlNodePtr menu = page_element(req->page->root, "menu");
	const char *own = request_setting(req, "navigation");
	const char *prefix = request_prefix(req);
	struct post *pages;
	size_t count;

	if (!str_empty(own)) {
		add_links(req, menu, own);
		return OK;
	}
	add_item(req, menu, arena_printf(req->arena, "%s/blog", prefix), _("Posts"));
	add_item(req, menu, arena_printf(req->arena, "%s/tags", prefix), _("Tags"));
	add_item(req, menu, arena_printf(req->arena, "%s/archive", prefix), _("Archive"));
	TRY(post_pages(req->db, req->arena, req->viewer.now, &pages, &count));
	for (size_t i = 0; i < count; i++)
		if (str_equal(pages[i].lang, req->lang) && viewer_may(&req->viewer, &pages[i]) != VIEW_NONE)
			add_item(req, menu, entry_path(req->arena, &pages[i]), pages[i].title);
	return OK;
}

void
layout_feed(struct request *req, const char *title, const char *path)
{
	xmlNodePtr feeds = page_element(req->page->root, "feeds"), feed;

	feed = page_element(feeds, "feed");
	page_attr(feed, "type", "application/rss+xml");
	page_attr(feed, "title", title);
	page_href(req->page, feed, "href", arena_printf(req->arena, "%s.rss", path));
	feed = page_element(feeds, "feed");
	page_attr(feed, "type", "application/atom+xml");
	page_attr(feed, "title", title);
	page_href(req->page, feed, "href", arena_printf(req->arena, "%s.atom", path));
}

enum status
layout_begin(struct request *req)
{
	struct page *page = req->page;
	const char *own = arena_printf(req->arena, "%s%s", req->prefix, req->path);
	xmlNodePtr search;

	page_attr(page->root, "path", req->path);
	page_href(page, page->root, "href", page_encode_path(req->arena, own));
	page_href(page, page->root, "assets", theme_assets(req->theme));
	page_attr(page->root, "build", theme_build(req->theme));
	add_site(req);
	search = page_element(page->root, "search");
	page_href(page, search, "href", arena_printf(req->arena, "%s/search", request_prefix(req)));
	if (req->viewer.user != NULL) {
		xmlNodePtr viewer = page_element(page->root, "viewer");
		/* Pages for reading do not know the name, see hide_reader() in dispatch.c. */
		if (!str_empty(req->viewer.user->name))
			page_attr(viewer, "name", req->viewer.user->name);
		page_attr(viewer, "role", req->viewer.user->role);
		page_href(page, viewer, "href", arena_printf(req->arena, "%s/account", request_prefix(req)));
		if (user_may(req->viewer.user, RIGHT_WRITE))
			page_href(page, viewer, "post-list", arena_printf(req->arena, "%s/write", request_prefix(req)));
		if (user_may(req->viewer.user, RIGHT_RUN))
			page_href(page, viewer, "settings", arena_printf(req->arena, "%s/admin", request_prefix(req)));
	} else {
		page_href(page, page_element(page->root, "sign-in"), "href", arena_printf(req->arena, "%s/sign-in", request_prefix(req)));
	}
	navigation_add(req);
	return add_menu(req);
}

/*
 * The languages are added last, when the handler has named the translations of the page. Lists exist below every
 * language prefix.
 */
void
layout_end(struct request *req)
{
	xmlNodePtr list = page_element(req->page->root, "languages");
	bool lists = req->route != NULL && req->route->languages;

	layout_feed(req, request_setting(req, "title"), arena_printf(req->arena, "%s/feed", request_prefix(req)));
	for (size_t i = 0; languages[i].code != NULL && i < REQUEST_LANGUAGES_MAX; i++) {
		const char *code = languages[i].code, *form = req->translations[i];
		xmlNodePtr language;
		if (!request_speaks(req, code))
			continue;
		language = page_element(list, "language");
		page_attr(language, "code", code);
		page_attr(language, "name", languages[i].name);
		if (form == NULL && lists)
			form = page_encode_path(req->arena, arena_printf(req->arena, "/%s%s", code, req->path));
		if (str_empty(form))
			form = NULL;
		page_href(req->page, language, "href", form != NULL ? form : arena_printf(req->arena, "/%s/", code));
		if (form != NULL)
			page_attr(language, "url", request_url(req, form));
		if (str_equal(code, req->lang))
			page_attr(language, "current", "yes");
	}
}
