/*
 * The program for feeds: RSS and Atom of all posts, of a language, of a tag. A feed is the same for everybody: it
 * contains what a visitor without an account may read.
 */
#include "page/feed/feed.h"

#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "feed_enclosure.h"
#include "http/serve.h"
#include "page/post/entry.h"
#include "store/post/tag.h"

/* "tag:example.org,2026-11-24:post/42" (RFC 4151). It never changes, even when title or slug do. */
static const char *
entry_id(struct request *req, const struct post *post)
{
	const char *host = strstr(req->conf->origin, "://") + 3;
	const char *created = clock_rfc3339(req->arena, post->created);

	return arena_printf(req->arena, "tag:%.*s,%.10s:post/%lld", (int)strcspn(host, ":"), host, created,
		(long long)post->id);
}

static const char *const *
categories(struct request *req, const struct post *post)
{
	const char **names = arena_array(req->arena, post->tag_count + 1, sizeof(*names));

	for (size_t i = 0; i < post->tag_count; i++)
		names[i] = post->tags[i].name;
	return names;
}

static enum status
fill_entry(struct request *req, const struct post *post, enum view view, struct feed_entry *entry)
{
	const char *stored, *contents;
	struct fragment *content;

	TRY(post_part(req->db, req->arena, post->id, view == VIEW_FULL, &stored, &contents));
	TRY(fragment_read(req->arena, stored, &content));
	fragment_absolute(content, req->conf->origin);
	*entry = (struct feed_entry){ .id = entry_id(req, post),
		.url = request_url(req, entry_path(req->arena, post)), .title = post->title, .canonical_url = post->canonical_url,
		.summary = post_summary(post), .author = post->author_name, .lang = post->lang,
		.published = post->published, .updated = post->updated,
		.content = fragment_is_empty(content) ? NULL : content, .categories = categories(req, post) };
	if (post->enclosure_id != 0 && view == VIEW_FULL)
		TRY(feed_enclosure_add(req, post, entry));
	return OK;
}

/* The newest posts of a filter. */
static enum status
find_posts(struct request *req, const struct post_filter *filter, struct post_list *ret_list)
{
	struct cursor start = { 0 };

	return post_list(req->db, req->arena, filter, &start, req->viewer.now, setting_count(req->settings, "posts_per_feed"), ret_list);
}

/* Fills the feed's entries from posts. */
static enum status
fill_feed(struct request *req, const struct post_list *list, struct feed *feed)
{
	struct viewer visitor = { .now = req->viewer.now };
	struct feed_entry *entries = arena_array(req->arena, list->count, sizeof(*entries));

	for (size_t i = 0; i < list->count; i++) {
		enum view view = viewer_may(&visitor, &list->posts[i]);
		if (view == VIEW_NONE)
			continue;
		TRY(fill_entry(req, &list->posts[i], view, &entries[feed->count++]));
		if (list->posts[i].updated > feed->updated)
			feed->updated = list->posts[i].updated;
	}
	feed->entries = entries;
	return OK;
}

/* Fills in the rest of a feed, and writes it. */
static enum status
send_feed(struct request *req, struct feed *feed, const char *page_path)
{
	enum feed_format format = str_ends(req->path, ".atom") ? FEED_ATOM : FEED_RSS;
	char *bytes;

	feed->lang = req->lang;
	feed->description = request_setting(req, "description");
	if (str_empty(feed->description))
		feed->description = request_setting(req, "tagline");
	feed->author = request_setting(req, "author_name");
	feed->url = request_url(req, page_path);
	feed->self_url = request_url(req,
		page_encode_path(req->arena, arena_printf(req->arena, "%s%s", req->prefix, req->path)));
	TRY(feed_write(req->arena, feed, format, &bytes, &req->body_length));
	req->body = bytes;
	req->content_type = feed_type(format);
	return OK;
}

/* A feed ignores the session: the response is the same for everybody and may be cached for everybody. */
static enum status
begin_feed(struct request *req)
{
	struct viewer visitor = { .now = req->viewer.now };

	req->viewer = visitor;
	req->event = "feed";
	return request_fresh(req, request_language(req));
}

static const char *
filter_language(const struct request *req)
{
	return req->prefix[0] != '\0' ? req->prefix + 1 : NULL;
}

/* GET /feed.rss, /feed.atom: the newest posts. */
static enum status
show_feed(struct request *req)
{
	struct post_filter filter = { .lang = filter_language(req) };
	struct feed feed = { 0 };
	struct post_list list;

	TRY(begin_feed(req));
	feed.title = request_setting(req, "title");
	TRY(find_posts(req, &filter, &list));
	TRY(fill_feed(req, &list, &feed));
	return send_feed(req, &feed, arena_printf(req->arena, "%s/", req->prefix));
}

/* GET /tag/:slug/feed.rss, /tag/:slug/feed.atom: the newest posts with a tag. */
static enum status
show_tag_feed(struct request *req)
{
	struct post_filter filter = { .lang = filter_language(req) };
	struct feed feed = { 0 };
	struct post_list list;
	struct tag tag;

	TRY(tag_by_slug(req->db, req->arena, route_text(req, 0), &tag));
	filter.tag_id = tag.id;
	/* Before begin_feed() can answer "not modified": a tag that only drafts have must not be known to exist. */
	TRY(find_posts(req, &filter, &list));
	if (list.count == 0)
		return NOT_FOUND;
	TRY(begin_feed(req));
	feed.title = arena_printf(req->arena, "%s: %s", request_setting(req, "title"), tag.name);
	TRY(fill_feed(req, &list, &feed));
	return send_feed(req, &feed, page_encode_path(req->arena,
		arena_printf(req->arena, "%s/tag/%s", req->prefix, tag.slug)));
}

static const struct route routes[] = {
	{ GET, "/feed.rss", show_feed, .role = ANYONE, .languages = true },
	{ GET, "/feed.atom", show_feed, .role = ANYONE, .languages = true },
	{ GET, "/tag/:slug/feed.rss", show_tag_feed, .role = ANYONE, .languages = true },
	{ GET, "/tag/:slug/feed.atom", show_tag_feed, .role = ANYONE, .languages = true },
	{ 0 },
};

int
main(int argc, char **argv)
{
	return serve("feed", routes, argc, argv);
}
