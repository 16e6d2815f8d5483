#include "moderation_mail.h"

#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"
#include "store/mail/outbox.h"
#include "store/moderation/comment_judge.h"
#include "store/moderation/moderation_link.h"
#include "store/moderation/moderator.h"
#include "store/post/post.h"

enum { NAME_LENGTH = 60, TEXT_LENGTH = 2000 };

static enum status
add_link(struct request *req, const struct comment *comment, const struct user *user, const char *action, const char **ret_url)
{
	const char *token;

	TRY(moderation_link_add(req->db, req->arena, &(struct moderation_link){ .comment_id = comment->id, .user_id = user->id, .action = action,
		.expires = req->viewer.now + MODERATION_LINK_SECONDS }, &token));
	*ret_url = request_url(req, arena_printf(req->arena, "/moderate/link/%s", token));
	return OK;
}

static enum status
queue_held(struct request *req, const struct comment *comment, const struct post *post, const struct user *user)
{
	const char *site = text_shorten(req->arena, setting_value(req->settings, "title", request_language(req)), NAME_LENGTH);
	const struct judge_reason *reason = judge_reason_of(comment->reason);
	struct mail mail = { .kind = "moderation", .to = user->email, .lang = request_language(req), .created = req->viewer.now,
		.expires = req->viewer.now + MODERATION_LINK_SECONDS };
	const char *approve, *reject, *title, *words;
	struct viewer viewer;
	enum view view;
	int64_t id;

	TRY(viewer_of_user(req->db, req->arena, user, req->viewer.now, &viewer));
	view = viewer_may(&viewer, post);
	title = view == VIEW_NONE ? "" : text_shorten(req->arena, post->title, NAME_LENGTH);
	words = view == VIEW_FULL ? text_shorten(req->arena, comment->text, TEXT_LENGTH) : _("(The post is restricted, so the text isn't in this email.)");
	TRY(add_link(req, comment, user, "approve", &approve));
	TRY(add_link(req, comment, user, "reject", &reject));
	mail.subject = arena_printf(req->arena, _("A comment on %s is waiting"), site);
	/* Each link is on a line of its own, so that mail programs recognise it. */
	mail.text = arena_printf(req->arena, _("Hello,\n\n%s wrote a comment that is waiting for a moderator.\n\nPost: %s\nReason: %s\n\n%s\n\n"
		"Approve it:\n%s\n\nReject it:\n%s\n\nEach link leads to a page with a button, works once and expires in 48 hours.\n\n"
		"The moderation queue:\n%s\n"), *comment->name == '\0' ? _("Deleted user") : comment->name, title,
		reason == NULL ? "" : lang_text(reason->words), words, approve, reject, request_url(req, "/moderate"));
	return mail_queue(req->db, req->arena, &mail, &id);
}

enum status
moderation_mail_held(struct request *req, const struct comment *comment)
{
	struct user *users;
	struct post post;
	size_t count;

	if (!str_equal(setting_value(req->settings, "moderation_email", ""), "yes"))
		return OK;
	TRY(post_by_id(req->db, req->arena, comment->post_id, &post));
	TRY(moderator_list(req->db, req->arena, &users, &count));
	for (size_t i = 0; i < count; i++)
		TRY(queue_held(req, comment, &post, &users[i]));
	return OK;
}
