/* What the pages of this program share. */
#include "comment.h"

#include "core/str.h"
#include "page/lang/lang.h"
#include "page/markdown/markdown.h"
#include "page/post/entry.h"
#include "store/auth/guest_cookie.h"

enum status
comment_post(struct request *req, struct post *ret_post, struct comment_access *ret_access)
{
	enum status status = post_by_slug(req->db, req->arena, route_text(req, 0), ret_post);

	if (status == NOT_FOUND)
		status = post_by_former_slug(req->db, req->arena, route_text(req, 0), ret_post);
	TRY(status);
	*ret_access = comment_access(req->settings, &req->viewer, ret_post);
	return ret_access->may_read && str_equal(ret_post->kind, "article") ? OK : NOT_FOUND;
}

enum status
comment_sender(struct request *req, struct comment_author *ret_author)
{
	struct comment_author author = { .user = req->viewer.user, .person = "" };

	if (author.user == NULL)
		TRY(guest_cookie_person(req->db, req->arena, req->guest, req->viewer.now, &author.person));
	TRY(comment_author_network(req->db, req->arena, req->address, &author.network));
	*ret_author = author;
	return OK;
}

enum status
comment_page(struct request *req, const char *lang, const char *name, const char *heading)
{
	req->no_store = true;
	TRY(request_page(req, lang, name));
	page_attr(req->page->root, "title", lang_text(heading));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", lang_text(heading));
	return OK;
}

void
comment_page_post(struct request *req, const struct post *post)
{
	xmlNodePtr on = page_element(req->page->root, "on");

	page_href(req->page, on, "href", entry_path(req->arena, post));
	page_attr(on, "title", post->title);
}

void
comment_page_comment(struct request *req, xmlNodePtr parent, const char *name, const struct comment *comment)
{
	xmlNodePtr element = page_element(parent, name);

	page_attr(element, "name", *comment->name == '\0' ? _("Deleted user") : comment->name);
	if (comment->user_id == 0 && *comment->name != '\0')
		page_attr(element, "guest", _("guest"));
	if (comment->created != 0)
		page_date(req->page, element, "published", comment->created);
	page_fragment(element, "text", fragment_stored(req->arena, comment->xhtml));
}

enum status
comment_render(struct request *req, const char *text, const char **ret_xhtml)
{
	struct markdown *markdown;
	const char *problem;
	enum status status = markdown_render(req->arena, text, MARKDOWN_COMMENT, "", NULL, &markdown, &problem);

	if (status == TOO_LARGE)
		return form_wrong(req, "text", lang_text(problem));
	TRY(status);
	if (fragment_is_empty(markdown->full))
		return form_wrong(req, "text", _("Required"));
	*ret_xhtml = fragment_write(req->arena, markdown->full);
	return OK;
}

enum status
comment_own_path(struct request *req, const struct comment *comment, bool recognised, const char **ret_path)
{
	const char *secret;

	*ret_path = arena_printf(req->arena, "/comment/%lld/mine", (long long)comment->id);
	if (recognised)
		return OK;
	TRY(comment_author_secret(req->db, req->arena, comment, &secret));
	*ret_path = arena_printf(req->arena, "%s/%s", *ret_path, secret);
	return OK;
}

enum status
comment_refuse(struct request *req, const struct judge_verdict *verdict)
{
	const struct judge_reason *reason = judge_reason_of(verdict->code);
	const char *words = reason == NULL || reason->refusal == NULL ? _("This comment was not accepted.") : lang_text(reason->refusal);

	(void)form_wrong(req, "", *verdict->note == '\0' ? words : arena_printf(req->arena, "%s %s", words, verdict->note));
	return verdict->status;
}
