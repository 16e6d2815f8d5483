/* The sender's own comment: whether it awaits moderation, editing and deleting it. */
#include "comment.h"

#include "core/str.h"
#include "page/lang/lang.h"
#include "page/post/entry.h"
#include "store/comment/comment_revision.h"

const struct field own_fields[] = {
	{ .name = "text", .type = FIELD_TEXT, .max = COMMENT_TEXT_MAX, .required = true, .label = N_("Comment") },
	{ .name = "version", .type = FIELD_CURRENT, .max = 20 },
	{ 0 },
};

/* What belongs to an address "/comment/:id/mine" or "/comment/:id/mine/:secret". */
struct own {
	struct comment comment;
	struct post post;
	struct comment_author author;
	const char *path; /* without "/delete", encoded */
	bool editable;
};

/*
 * Finds the comment. NOT_FOUND for everybody who may not know about it: others than its author, an expired secret, readers who lost access to
 * the post.
 */
static enum status
find_own(struct request *req, struct own *ret_own)
{
	const char *secret = req->texts[1];
	struct comment_access access;
	struct own own;
	long long id;
	bool knows;

	if (!str_to_integer(route_text(req, 0), &id) || id <= 0)
		return NOT_FOUND;
	TRY(comment_by_id(req->db, req->arena, id, &own.comment));
	TRY(comment_sender(req, &own.author));
	knows = secret == NULL && comment_author_is(&own.author, &own.comment);
	if (secret != NULL)
		TRY(comment_author_knows(req->db, req->arena, &own.comment, secret, req->viewer.now, &knows));
	if (!knows || str_equal(own.comment.state, "deleted"))
		return NOT_FOUND;
	TRY(post_by_id(req->db, req->arena, own.comment.post_id, &own.post));
	access = comment_access(req->settings, &req->viewer, &own.post);
	if (!access.may_read)
		return NOT_FOUND;
	own.editable = comment_author_may_edit(&own.comment, req->viewer.now);
	own.path = arena_printf(req->arena, "/comment/%lld/mine%s%s", id, secret == NULL ? "" : "/", secret == NULL ? "" : page_encode(req->arena, secret));
	*ret_own = own;
	return OK;
}

/* What its author is told about the state. A comment that was judged to be spam is not told from one that waits. */
static const char *
state_text(const struct comment *comment)
{
	if (str_equal(comment->state, "shown"))
		return _("Your comment is published.");
	if (str_equal(comment->state, "rejected"))
		return _("A moderator decided not to publish this comment.");
	return _("Your comment is awaiting moderation. Only you can see it here.");
}

/* GET /comment/:id/mine, GET /comment/:id/mine/:secret; also shows a rejected form again, and one that was sent without a proof. */
enum status
show_own_comment(struct request *req)
{
	struct own own;
	struct form edit = { .name = "comment-edit", .fields = own_fields, .proof = COMMENT_STAMP };
	struct form delete = { .name = "comment-delete", .proof = COMMENT_STAMP };
	const char *values[] = { "text", NULL, "version", NULL, NULL };

	req->no_store = true;
	TRY(find_own(req, &own));
	if (!own.editable && str_equal(req->method, "POST"))
		return NOT_FOUND; /* too late: the text comes back on a page of its own */
	TRY(comment_page(req, own.post.lang, "comment-own", N_("Your comment")));
	comment_page_post(req, &own.post);
	page_attr(req->page->root, "state", own.comment.state);
	(void)page_text(req->page->root, "lead", state_text(&own.comment));
	comment_page_comment(req, req->page->root, "own", &own.comment);
	if (str_equal(own.comment.state, "shown"))
		page_href(req->page, page_element(req->page->root, "thread"), "href", arena_printf(req->arena, "/comment/%lld", (long long)own.comment.id));
	if (!own.editable)
		return OK;
	(void)page_text(req->page->root, "note", lang_count(req->arena, "You can edit or delete it for another %lld minute.",
		"You can edit or delete it for another %lld minutes.", (long long)(own.comment.created + COMMENT_OWN_SECONDS - req->viewer.now + 59) / 60));
	values[1] = own.comment.text;
	values[3] = arena_printf(req->arena, "%lld", (long long)own.comment.version);
	edit.path = own.path;
	edit.button = _("Save changes");
	TRY(form_add(req, req->page->root, &edit, values));
	delete.path = arena_printf(req->arena, "%s/delete", own.path);
	delete.button = _("Delete comment");
	return form_add(req, req->page->root, &delete, NULL);
}

/* Reports that the comment is not as its author saw it any more, or that the time is over. */
static enum status
too_late(struct request *req, enum status status)
{
	(void)form_wrong(req, "", _("This comment can't be changed any more. Your text is still here."));
	return status;
}

/* Saves another text. held: the pipeline wants a moderator to see it first. Inside the write transaction. */
static enum status
save(struct request *req, const struct own *own, const char *text, const char *xhtml, const struct judge_verdict *verdict)
{
	struct comment_decision decision = { .state = "held", .reason = verdict->code, .reason_note = verdict->note };
	struct comment now;
	long long version;
	enum status status;

	TRY(comment_by_id(req->db, req->arena, own->comment.id, &now));
	if (!str_to_integer(request_field(req, "version") == NULL ? "" : request_field(req, "version"), &version) || version != now.version)
		return too_late(req, CONFLICT);
	if (!comment_author_may_edit(&now, req->viewer.now))
		return too_late(req, FORBIDDEN);
	TRY(comment_revision_add(req->db, &now, req->viewer.now));
	status = comment_save_text(req->db, req->arena, now.id, version, text, xhtml, req->viewer.now);
	if (status != OK || verdict->action == JUDGE_SHOW || !str_equal(now.state, "shown"))
		return status;
	/* Even what looks like spam is only held, because its first version was shown: a moderator decides. */
	return comment_set_state(req->db, req->arena, now.id, version + 1, &decision);
}

/* POST /comment/:id/mine, POST /comment/:id/mine/:secret */
enum status
take_own_comment(struct request *req)
{
	const char *text = request_field(req, "text"), *xhtml;
	struct judge_input input;
	struct judge_verdict verdict;
	struct own own;

	TRY(find_own(req, &own));
	lang_use(own.post.lang);
	if (!own.editable)
		return too_late(req, FORBIDDEN);
	TRY(comment_render(req, text, &xhtml));
	if (str_equal(text, own.comment.text))
		return request_see(req, own.path);
	TRY(judge_input_read(req->db, req->arena, req->settings, &(struct judge_request){ .now = req->viewer.now, .post_id = own.post.id,
		.post_author_id = own.post.author_id, .comment_id = own.comment.id, .user = req->viewer.user, .person = own.comment.person,
		.network = own.author.network, .name = own.comment.name, .link = own.comment.link,
		.email = req->viewer.user == NULL ? "" : req->viewer.user->email, .text = text }, &input));
	comment_judge(&input, &verdict);
	if (verdict.action == JUDGE_REFUSE)
		return comment_refuse(req, &verdict);
	TRY(request_write_comment(req));
	TRY(save(req, &own, text, xhtml, &verdict));
	return request_see(req, own.path);
}

/* POST /comment/:id/mine/delete, POST /comment/:id/mine/:secret/delete */
enum status
take_own_delete(struct request *req)
{
	struct comment now;
	struct own own;

	TRY(find_own(req, &own));
	lang_use(own.post.lang);
	if (!own.editable)
		return too_late(req, FORBIDDEN);
	TRY(request_write_comment(req));
	TRY(comment_by_id(req->db, req->arena, own.comment.id, &now));
	if (!comment_author_may_edit(&now, req->viewer.now))
		return too_late(req, FORBIDDEN);
	TRY(comment_remove(req->db, req->arena, now.id));
	return request_see(req, arena_printf(req->arena, "%s#comments", entry_path(req->arena, &own.post)));
}
