#include "lists.h"

#include <stdlib.h>

#include "blog_page.h"
#include "core/clock.h"
#include "core/str.h"
#include "http/list_entries.h"
#include "blog_handlers.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "store/search/search.h"
#include "store/post/tag.h"

const struct field list_fields[] = {
	{ .name = "before", .type = FIELD_CURSOR, .max = 40 },
	{ .name = "after", .type = FIELD_CURSOR, .max = 40 },
	{ 0 },
};

/* The cursor of the request. A malformed one gives the first page. */
static struct cursor
asked_cursor(const struct request *req)
{
	long long published, id;
	struct cursor cursor = { 0 };

	if (field_cursor(request_field(req, "after"), &published, &id))
		cursor.newer = true;
	else if (!field_cursor(request_field(req, "before"), &published, &id))
		return cursor;
	cursor.published = published;
	cursor.id = id;
	return cursor;
}

static void
add_turn(struct request *req, const char *name, const char *field, const struct post *post)
{
	xmlNodePtr turn = page_element(req->page->root, name);

	page_href(req->page, turn, "href", arena_printf(req->arena, "%s?%s=%lld-%lld", blog_page_path(req), field,
		(long long)post->published, (long long)post->id));
}

/* Finds one page of posts (keyset paging). */
static enum status
find_posts(struct request *req, const struct post_filter *filter, struct post_list *ret_list)
{
	struct cursor cursor = asked_cursor(req);

	return post_list(req->db, req->arena, filter, &cursor, req->viewer.now, setting_count(req->settings, "posts_per_page"), ret_list);
}

/*
 * The same, but NOT_FOUND when there are none. Call it before request_page(): otherwise a client with the ETag of
 * another page would get "not modified" for a list that must not be known to exist.
 */
static enum status
need_posts(struct request *req, const struct post_filter *filter, struct post_list *ret_list)
{
	TRY(find_posts(req, filter, ret_list));
	return ret_list->count == 0 ? NOT_FOUND : OK;
}

/* Adds the entries, and links to newer and older ones. */
static enum status
add_posts(struct request *req, const struct post_list *list)
{
	struct cursor cursor = asked_cursor(req);
	const char *canonical = blog_page_path(req);

	TRY(list_entries_add(req, page_element(req->page->root, "posts"), list->posts, list->count));
	if (list->has_newer)
		add_turn(req, "newer", "after", &list->posts[0]);
	if (list->has_older)
		add_turn(req, "older", "before", &list->posts[list->count - 1]);
	if (cursor.id != 0)
		canonical = arena_printf(req->arena, "%s?%s=%lld-%lld", canonical, cursor.newer ? "after" : "before",
			(long long)cursor.published, (long long)cursor.id);
	page_attr(req->page->root, "canonical", request_url(req, canonical));
	return OK;
}

/* Marks the languages in which the list is empty as having no translation of it. */
static enum status
find_forms(struct request *req, const struct post_filter *filter)
{
	for (size_t i = 0; languages[i].code != NULL; i++) {
		struct post_filter other = *filter;
		struct cursor start = { 0 };
		struct post_list list;
		other.lang = languages[i].code;
		TRY(post_list(req->db, req->arena, &other, &start, req->viewer.now, 1, &list));
		if (list.count == 0)
			request_translation(req, languages[i].code, "");
	}
	return OK;
}

/* GET /blog: all posts, newest first. */
enum status
show_blog(struct request *req)
{
	struct post_filter filter = { .lang = blog_page_language(req) };
	struct post_list list;

	TRY(request_depends(req, DEPENDS_STEPS, 0));
	TRY(request_page(req, request_language(req), "list"));
	TRY(find_posts(req, &filter, &list));
	blog_page_heading(req, _("Posts"), _("Posts"));
	return add_posts(req, &list);
}

/* GET /tag/:slug: the posts with one tag. */
enum status
show_tag(struct request *req)
{
	struct post_filter filter = { .lang = blog_page_language(req) };
	struct post_list list;
	struct tag tag;

	TRY(tag_by_slug(req->db, req->arena, route_text(req, 0), &tag));
	filter.tag_id = tag.id;
	/* A tag that only drafts have must not be known to exist. */
	TRY(need_posts(req, &filter, &list));
	TRY(request_depends(req, DEPENDS_STEPS, 0));
	TRY(request_page(req, request_language(req), "tag"));
	blog_page_heading(req, tag.name, tag.name);
	layout_feed(req, tag.name, page_encode_path(req->arena,
		arena_printf(req->arena, "%s/tag/%s/feed", req->prefix, tag.slug)));
	TRY(add_posts(req, &list));
	return find_forms(req, &filter);
}

/* GET /author/:slug: an author's profile and posts. */
enum status
show_author(struct request *req)
{
	struct post_filter filter = { 0 };
	struct post_list list;
	struct user user;
	xmlNodePtr author;

	TRY(user_by_slug(req->db, req->arena, route_text(req, 0), &user));
	filter.author_id = user.id;
	/* Users without posts have no page, since it would reveal that they are members. */
	TRY(need_posts(req, &filter, &list));
	TRY(request_depends(req, DEPENDS_STEPS, 0));
	TRY(request_page(req, request_language(req), "author"));
	blog_page_heading(req, user.name, user.name);
	author = page_element(req->page->root, "author");
	page_attr(author, "name", user.name);
	page_attr(author, "slug", user.slug);
	if (!str_empty(user.bio))
		(void)page_text(author, "bio", user.bio);
	return add_posts(req, &list);
}

/* GET /tags: all tags with their number of posts. */
enum status
show_tags(struct request *req)
{
	const char *lang = blog_page_language(req);
	struct tag *tags;
	size_t count;
	xmlNodePtr list;
	int64_t most = 1;

	TRY(request_page(req, request_language(req), "tags"));
	TRY(tag_list(req->db, req->arena, lang == NULL ? "" : lang, req->viewer.now, &tags, &count));
	blog_page_heading(req, _("Tags"), _("Tags"));
	page_attr(req->page->root, "canonical", request_url(req, blog_page_path(req)));
	for (size_t i = 0; i < count; i++)
		if (tags[i].posts > most)
			most = tags[i].posts;
	list = page_element(req->page->root, "tags");
	for (size_t i = 0; i < count; i++) {
		xmlNodePtr tag = page_element(list, "tag");
		page_href(req->page, tag, "href", page_encode_path(req->arena,
			arena_printf(req->arena, "%s/tag/%s", request_prefix(req), tags[i].slug)));
		page_attr(tag, "name", tags[i].name);
		page_attr_int(tag, "posts", tags[i].posts);
		page_attr_int(tag, "size", 1 + (tags[i].posts * 4) / most);
	}
	return OK;
}

/* --- archive ------------------------------------------------------------------- */

enum { ARCHIVE_MONTHS = 1200 };

static xmlNodePtr
add_year(struct request *req, xmlNodePtr years, int year)
{
	xmlNodePtr element = page_element(years, "year");

	page_attr_int(element, "number", year);
	page_attr(element, "name", arena_printf(req->arena, "%d", year));
	return element;
}

/* GET /archive: the months that have posts. Each costs one index lookup, however many posts it has. */
enum status
show_archive(struct request *req)
{
	const char *lang = blog_page_language(req);
	int64_t below = req->viewer.now + 1, published;
	xmlNodePtr years, year_element = NULL;
	int year, month, last_year = 0;
	enum status status = OK;

	TRY(request_page(req, request_language(req), "archive"));
	blog_page_heading(req, _("Archive"), _("Archive"));
	page_attr(req->page->root, "canonical", request_url(req, blog_page_path(req)));
	years = page_element(req->page->root, "years");
	for (int months = 0; months < ARCHIVE_MONTHS; months++) {
		xmlNodePtr item;
		status = post_newest_time(req->db, lang, below, &published);
		if (status != OK)
			break;
		below = clock_month_start(published, &year, &month);
		if (year_element == NULL || year != last_year)
			year_element = add_year(req, years, year);
		last_year = year;
		item = page_element(year_element, "month");
		page_href(req->page, item, "href",
			arena_printf(req->arena, "%s/archive/%04d-%02d", req->prefix, year, month));
		page_attr(item, "name", lang_month_name(req->arena, month));
	}
	return status == NOT_FOUND ? OK : status;
}

/* GET /archive/:month ("2026-11"): the posts of one month. */
enum status
show_month(struct request *req)
{
	const char *text = route_text(req, 0);
	struct post_filter filter = { .lang = blog_page_language(req) };
	struct post_list list;
	long long year, month;
	char *title;

	if (!field_cursor(text, &year, &month) || year < 1 || year > 9999 || month < 1 || month > 12 ||
		!str_equal(text, arena_printf(req->arena, "%04lld-%02lld", year, month)))
		return NOT_FOUND;
	filter.from = clock_month((int)year, (int)month);
	filter.until = clock_month((int)year, (int)month + 1);
	TRY(need_posts(req, &filter, &list));
	TRY(request_depends(req, DEPENDS_STEPS, 0));
	TRY(request_page(req, request_language(req), "month"));
	title = lang_month(req->arena, (int)year, (int)month);
	blog_page_heading(req, title, title);
	TRY(add_posts(req, &list));
	return find_forms(req, &filter);
}

/* --- search -------------------------------------------------------------------- */

const struct field search_fields[] = {
	{ .name = "q", .type = FIELD_LINE, .max = 200 },
	{ .name = "page", .type = FIELD_LINE, .max = 4 },
	{ 0 },
};

static void
add_hits(struct request *req, const struct search_result *result)
{
	xmlNodePtr hits = page_element(req->page->root, "hits");
	bool many = result->total > SEARCH_RANKED;

	page_attr_int(hits, "total", result->total);
	page_attr(hits, "total-text", many ? arena_printf(req->arena, _("More than %d results"), SEARCH_RANKED)
		: lang_count(req->arena, "%lld result", "%lld results", result->total));
	page_attr(hits, "ranked", result->ranked ? "yes" : "no");
	if (!result->ranked)
		page_attr(hits, "note", _("Many posts match, so the newest come first. Add a word to narrow the results."));
	for (size_t i = 0; i < result->count; i++) {
		xmlNodePtr entry = entry_add(req->page, hits, &result->hits[i].post, &req->viewer, request_prefix(req));
		page_marked(entry, "excerpt", result->hits[i].snippet);
	}
}

static void
add_search_turn(struct request *req, const char *name, const char *query, long long page)
{
	page_href(req->page, page_element(req->page->root, name), "href",
		arena_printf(req->arena, "%s?q=%s&page=%lld", blog_page_path(req), page_encode(req->arena, query), page));
}

/* GET /search?q=…: the posts that contain the words, as far as this viewer may read them. */
enum status
show_search(struct request *req)
{
	const char *query = request_field(req, "q"), *lang = blog_page_language(req);
	struct search_result result = { 0 };
	long long page = 1;

	if (query == NULL)
		query = "";
	if (!str_to_integer(request_field(req, "page"), &page) || page < 1 || page > SEARCH_RANKED / SEARCH_PAGE)
		page = 1;
	TRY(request_page(req, request_language(req), "search"));
	TRY(search_posts(req->db, req->arena, &req->viewer, query, lang, (size_t)page - 1, &result));
	page_attr(req->page->root, "title", *query == '\0' ? _("Search")
		: arena_printf(req->arena, _("Search: %s"), query));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", _("Search"));
	(void)page_text(req->page->root, "query", query);
	if (result.has_terms)
		add_hits(req, &result);
	if (!result.has_terms || result.count == 0)
		(void)page_text(req->page->root, "help",
			_("Search for words, \"exact phrases\", tag:name or author:name. Posts must match all of them."));
	if (page > 1)
		add_search_turn(req, "newer", query, page - 1);
	if (result.has_more)
		add_search_turn(req, "older", query, page + 1);
	return OK;
}
