/*
 * A link from an email to a moderator: a page with the comment and one button. Opening the link changes nothing. It works without signing
 * in, once, for 48 hours, and only while its holder is a moderator. Where two-factor authentication is required for them, the link gives no
 * right by itself: its holder has to be signed in.
 */
#include "moderate.h"

#include "core/str.h"
#include "page/lang/lang.h"
#include "page/post/entry.h"
#include "store/auth/second_factor.h"
#include "store/moderation/moderation_link.h"

static const char *
link_path(struct request *req)
{
	return arena_printf(req->arena, "%s/moderate/link/%s", req->prefix, route_text(req, 0));
}

/* Whether the holder must be signed in as this moderator first, and is not. */
static bool
needs_sign_in(const struct request *req, const struct user *user)
{
	return second_factor_is_required(setting_value(req->settings, "second_factor", ""), user)
		&& (req->viewer.user == NULL || req->viewer.user->id != user->id);
}

static enum status
find(struct request *req, struct moderation_link *ret_link, struct user *ret_user, struct comment *ret_comment)
{
	TRY(moderation_link_find(req->db, req->arena, route_text(req, 0), req->viewer.now, ret_link, ret_user));
	return comment_by_id(req->db, req->arena, ret_link->comment_id, ret_comment);
}

/* GET /moderate/link/:token; also shows a rejected form again. */
enum status
show_link(struct request *req)
{
	struct form form = { .name = "link", .path = link_path(req), .proof = FORM_STAMP };
	struct moderation_link link;
	struct comment comment;
	struct viewer viewer;
	struct user user;
	struct post post;
	xmlNodePtr item;

	TRY(find(req, &link, &user, &comment));
	if (needs_sign_in(req, &user))
		return request_see(req, arena_printf(req->arena, "%s/sign-in?next=%s", req->prefix,
			page_encode(req->arena, moderate_comment_path(req, comment.id))));
	req->no_store = true;
	TRY(request_page(req, request_language(req), "moderate-link"));
	page_attr(req->page->root, "title", _("Decide about a comment"));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", arena_printf(req->arena, _("Comment by %s"), moderate_name(comment.name)));
	item = page_element(req->page->root, "item");
	page_attr(item, "state-text", moderate_state_text(comment.state));
	page_date(req->page, item, "created", comment.created);
	page_fragment(item, "text", fragment_stored(req->arena, comment.xhtml));
	TRY(post_by_id(req->db, req->arena, comment.post_id, &post));
	TRY(viewer_of_user(req->db, req->arena, &user, req->viewer.now, &viewer));
	if (viewer_may(&viewer, &post) != VIEW_NONE)
		page_href(req->page, page_text(item, "post", post.title), "href", entry_path(req->arena, &post));
	if (!str_equal(comment.state, "held"))
		return OK;
	form.button = str_equal(link.action, "approve") ? _("Approve") : _("Reject");
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /moderate/link/:token */
enum status
take_link(struct request *req)
{
	struct moderation_link link;
	struct comment comment;
	struct user user;
	int64_t id;
	enum status status;

	/* The role, the link and the comment are read in the transaction, so that a demotion or another decision comes first. */
	TRY(request_write_comment(req));
	TRY(find(req, &link, &user, &comment));
	if (needs_sign_in(req, &user))
		return FORBIDDEN;
	if (!str_equal(comment.state, "held"))
		return form_wrong(req, "", _("Somebody has already decided about this comment."));
	db_set_actor(req->db, user.id);
	TRY(moderation_link_use(req->db, req->arena, route_text(req, 0)));
	status = decision_make(req->db, req->arena, &(struct decision){ .action = link.action, .comment_id = comment.id, .version = comment.version,
		.user_id = user.id, .created = req->viewer.now, .heading = "", .note = "" }, &id);
	TRY(status);
	return request_see(req, arena_printf(req->arena, "%s/moderate", req->prefix));
}
