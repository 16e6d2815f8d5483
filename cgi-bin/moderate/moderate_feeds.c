/* The feed of what is waiting, at a secret address of its own for each feed reader. */
#include "moderate.h"

#include "core/str.h"
#include "page/doc/fragment.h"
#include "page/feed/feed.h"
#include "page/lang/lang.h"
#include "page/post/entry.h"
#include "store/auth/feed_address.h"

const struct field feed_fields[] = {
	{ .name = "name", .type = FIELD_LINE, .max = FEED_ADDRESS_NAME_MAX, .required = true, .label = N_("Feed reader"),
		.help = N_("A name that tells you which feed reader uses the address, such as Phone.") },
	{ 0 },
};

/* GET /moderate/feeds; also shows a rejected form again. */
enum status
show_feeds(struct request *req)
{
	struct form form = { .name = "feed", .path = moderate_path(req, "/feeds"), .fields = feed_fields, .button = _("Create address") };
	struct feed_address *addresses;
	size_t count;
	xmlNodePtr list;

	TRY(moderate_page(req, "moderate-feeds", _("Private feeds")));
	TRY(feed_address_list(req->db, req->arena, req->viewer.user->id, &addresses, &count));
	list = page_element(req->page->root, "addresses");
	for (size_t i = 0; i < count; i++) {
		struct form revoke = { .name = "revoke", .path = moderate_path(req, "/feeds/revoke"), .fields = id_fields, .button = _("Revoke") };
		xmlNodePtr element = page_element(list, "address");
		page_attr(element, "name", addresses[i].name);
		page_date(req->page, element, "created", addresses[i].created);
		TRY(form_add(req, element, &revoke, (const char *[]){ "row", arena_printf(req->arena, "%lld", (long long)addresses[i].id), NULL }));
	}
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /moderate/feeds. The address is shown once; the database stores only its digest. */
enum status
take_feed(struct request *req)
{
	const char *token;
	enum status status;

	TRY(request_write(req, true));
	status = feed_address_add(req->db, req->arena, req->viewer.user->id, request_field(req, "name"), req->viewer.now, &token);
	if (status == TOO_MANY)
		return form_wrong(req, "", _("You have 20 addresses. Revoke one that you no longer use."));
	TRY(status);
	req->shown_once = request_url(req, arena_printf(req->arena, "/my/%s/moderation.rss", token));
	return show_new_feed(req);
}

/* The page with the new address, also when the form is sent again. */
enum status
show_new_feed(struct request *req)
{
	TRY(show_feeds(req));
	(void)page_text(req->page->root, "link", req->shown_once);
	return OK;
}

/* POST /moderate/feeds/revoke */
enum status
take_feed_revocation(struct request *req)
{
	enum status status;
	long long id;

	if (!str_to_integer(request_field(req, "row"), &id))
		return INVALID;
	TRY(request_write(req, true));
	status = feed_address_remove(req->db, req->viewer.user->id, id);
	if (status != NOT_FOUND)
		TRY(status);
	return request_see(req, moderate_path(req, "/feeds"));
}

static enum status
fill_entry(struct request *req, const struct viewer *viewer, const struct queue_item *item, struct feed_entry *entry)
{
	struct comment comment;
	struct post post;
	struct fragment *content;

	TRY(comment_by_id(req->db, req->arena, item->id, &comment));
	TRY(post_by_id(req->db, req->arena, item->post_id, &post));
	TRY(fragment_read(req->arena, comment.xhtml, &content));
	fragment_absolute(content, req->conf->origin);
	*entry = (struct feed_entry){ .url = request_url(req, arena_printf(req->arena, "/moderate/%lld", (long long)item->id)),
		.title = viewer_may(viewer, &post) == VIEW_NONE ? arena_printf(req->arena, _("Comment by %s"), moderate_name(item->name))
			: arena_printf(req->arena, _("%s on “%s”"), moderate_name(item->name), post.title),
		.summary = moderate_excerpt(req, item->text), .author = moderate_name(item->name), .lang = req->lang, .published = item->created,
		.updated = item->created, .content = content };
	entry->id = entry->url;
	return OK;
}

/* GET /my/:token/moderation.rss: the oldest 50 comments of the queue. The token is the right; it ends with the role. */
enum status
show_feed(struct request *req)
{
	struct feed feed = { .title = _("Moderation queue"), .description = "", .author = "" };
	struct queue_item *items;
	struct feed_entry *entries;
	struct viewer viewer;
	struct user user;
	size_t count;
	char *bytes;

	TRY(feed_address_user(req->db, req->arena, route_text(req, 0), &user));
	if (!user_may(&user, RIGHT_MODERATE))
		return NOT_FOUND;
	req->no_store = true;
	req->event = "moderation-feed";
	TRY(request_fresh(req, request_language(req)));
	TRY(viewer_of_user(req->db, req->arena, &user, req->viewer.now, &viewer));
	TRY(queue_list(req->db, req->arena, (struct queue_place){ 0 }, QUEUE_PAGE, &items, &count));
	entries = arena_array(req->arena, count + 1, sizeof(*entries));
	for (size_t i = 0; i < count; i++)
		TRY(fill_entry(req, &viewer, &items[i], &entries[i]));
	feed.lang = req->lang;
	feed.title = arena_printf(req->arena, _("%s: moderation queue"), request_setting(req, "title"));
	feed.description = _("Comments that wait for a moderator.");
	feed.url = request_url(req, "/moderate");
	feed.self_url = request_url(req, arena_printf(req->arena, "/my/%s/moderation.rss", route_text(req, 0)));
	feed.entries = entries;
	feed.count = count;
	feed.updated = count == 0 ? req->viewer.now : 0;
	TRY(feed_write(req->arena, &feed, FEED_RSS, &bytes, &req->body_length));
	req->body = bytes;
	req->content_type = feed_type(FEED_RSS);
	return OK;
}
