/* A member reports a comment to the moderators. */
#include "moderate.h"

#include "core/str.h"
#include "page/lang/lang.h"
#include "page/post/entry.h"
#include "store/comment/comment_access.h"
#include "store/moderation/flag.h"
#include "store/moderation/trust_record.h"

const struct field flag_fields[] = {
	{ .name = "reason", .type = FIELD_CHOICE, .max = 10, .required = true, .label = N_("What is wrong with it?"), .choices = flag_reasons },
	{ .name = "note", .type = FIELD_LINE, .max = FLAG_NOTE_MAX, .label = N_("Note for the moderators (optional)") },
	{ 0 },
};

/* The comment and its post, if this member may read it. */
static enum status
find(struct request *req, struct comment *ret_comment, struct post *ret_post)
{
	struct comment_access access;

	TRY(moderate_comment(req, ret_comment));
	TRY(post_by_id(req->db, req->arena, ret_comment->post_id, ret_post));
	access = comment_access(req->settings, &req->viewer, ret_post);
	return access.may_read && str_equal(ret_comment->state, "shown") ? OK : NOT_FOUND;
}

/* GET /comment/:id/flag; also shows a rejected form again. */
enum status
show_flag(struct request *req)
{
	struct form form = { .name = "flag", .fields = flag_fields, .button = _("Send to the moderators") };
	struct comment comment;
	struct post post;
	xmlNodePtr item;

	TRY(find(req, &comment, &post));
	req->no_store = true;
	TRY(request_page(req, request_language(req), "flag"));
	page_attr(req->page->root, "title", _("Flag comment"));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", _("Flag comment"));
	item = page_element(req->page->root, "item");
	page_attr(item, "name", moderate_name(comment.name));
	page_date(req->page, item, "created", comment.created);
	page_fragment(item, "text", fragment_stored(req->arena, comment.xhtml));
	page_href(req->page, page_text(item, "post", post.title), "href", entry_path(req->arena, &post));
	if (comment.user_id == req->viewer.user->id)
		return OK;
	form.path = arena_printf(req->arena, "%s/comment/%lld/flag", req->prefix, (long long)comment.id);
	return form_add(req, req->page->root, &form, (const char *[]){ "reason", "spam", NULL });
}

static int64_t
threshold(const struct request *req)
{
	long long number;

	return str_to_integer(setting_value(req->settings, "comments_flags", ""), &number) && number > 0 ? number * FLAG_ONE : 0;
}

/* POST /comment/:id/flag */
enum status
take_flag(struct request *req)
{
	const struct user *user = req->viewer.user;
	struct trust_thresholds thresholds = trust_thresholds_read(req->settings);
	struct trust_person person = { .user_id = user->id, .person = "" };
	struct trust_record record;
	struct comment comment;
	struct post post;
	int64_t upheld, declined;
	const char *note = request_field(req, "note");
	struct flag flag = { .user_id = user->id, .reason = request_field(req, "reason"), .note = note == NULL ? "" : note, .created = req->viewer.now };
	enum status status;

	TRY(find(req, &comment, &post));
	TRY(trust_record_read(req->db, &person, &record));
	TRY(flag_accuracy(req->db, user->id, &upheld, &declined));
	flag.comment_id = comment.id;
	flag.weight = flag_weight(trust_level_of(&record, &thresholds, true, req->viewer.now), user_may(user, RIGHT_MODERATE), upheld, declined);
	TRY(request_write_comment(req));
	status = flag_add(req->db, req->arena, &flag, threshold(req));
	if (status == CONFLICT)
		return form_wrong(req, "", _("You have already flagged this comment. A moderator will look at it."));
	TRY(status);
	return request_see(req, arena_printf(req->arena, "%s#comments", entry_path(req->arena, &post)));
}
