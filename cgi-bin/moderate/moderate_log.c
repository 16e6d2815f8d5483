/* What moderators decided: the log for moderators, with undo, and the public one. */
#include "moderate.h"

#include "core/clock.h"
#include "core/str.h"
#include "page/lang/lang.h"
#include "page/post/entry.h"

enum { LOG_PAGE = 50 };

enum status
moderate_decision_add(struct request *req, xmlNodePtr list, const struct decision *decision, bool with_names, bool with_undo)
{
	struct form form = { .name = "undo", .path = moderate_path(req, "/undo"), .fields = undo_fields, .button = _("Undo") };
	xmlNodePtr element = page_element(list, "decision");
	struct post post;

	page_attr(element, "done-text", lang_text(decision_done_text(decision->action)));
	page_date(req->page, element, "time", decision->created);
	page_attr(element, "clock", clock_local(req->arena, decision->created));
	if (with_names)
		page_attr(element, "user", *decision->user_name == '\0' ? _("Deleted user") : decision->user_name);
	if (*decision->heading != '\0')
		page_attr(element, "rule", decision->heading);
	if (with_names && *decision->note != '\0')
		(void)page_text(element, "note", decision->note);
	if (decision->undone != 0)
		page_attr(element, "undone", "yes");
	if (decision->post_id != 0) {
		TRY(post_by_id(req->db, req->arena, decision->post_id, &post));
		if (viewer_may(&req->viewer, &post) != VIEW_NONE)
			page_href(req->page, page_text(element, "post", post.title), "href", entry_path(req->arena, &post));
	}
	if (!with_undo)
		return OK;
	if (decision->comment_id != 0)
		page_href(req->page, element, "href", moderate_comment_path(req, decision->comment_id));
	if (!decision_may_undo(decision, req->viewer.now))
		return OK;
	return form_add(req, element, &form, (const char *[]){ "done", arena_printf(req->arena, "%lld", (long long)decision->id), "back",
		str_equal(req->path, "/moderate/log") ? "/moderate/log" : arena_printf(req->arena, "/moderate/%lld", (long long)decision->comment_id), NULL });
}

static enum status
add_log(struct request *req, const char *path, bool with_names, bool with_undo)
{
	struct decision *decisions;
	size_t count;
	xmlNodePtr list = page_element(req->page->root, "decisions");

	TRY(decision_list(req->db, req->arena, moderate_number(req, "before"), LOG_PAGE + 1, &decisions, &count));
	for (size_t i = 0; i < count && i < LOG_PAGE; i++)
		TRY(moderate_decision_add(req, list, &decisions[i], with_names, with_undo));
	if (count > LOG_PAGE)
		page_href(req->page, page_element(req->page->root, "older"), "href",
			arena_printf(req->arena, "%s?before=%lld", path, (long long)decisions[LOG_PAGE - 1].id));
	return OK;
}

/* GET /moderate/log */
enum status
show_log(struct request *req)
{
	TRY(moderate_page(req, "moderate-log", _("Moderation log")));
	TRY(moderate_notice_add(req, "/moderate/log"));
	return add_log(req, moderate_path(req, "/log"), true, true);
}

/*
 * GET /moderation: what readers see of it, if the owner wants that. It shows no comment and no author. Not cached by browsers, because most
 * decisions change nothing else that readers see.
 */
enum status
show_public_log(struct request *req)
{
	const char *shown = setting_value(req->settings, "moderation_log", "");

	if (str_equal(shown, "off"))
		return NOT_FOUND;
	req->no_store = true;
	TRY(request_page(req, request_language(req), "moderation"));
	page_attr(req->page->root, "title", _("Moderation log"));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", _("Moderation log"));
	(void)page_text(req->page->root, "lead", _("What the moderators of this site did, and why."));
	return add_log(req, arena_printf(req->arena, "%s/moderation", req->prefix), str_equal(shown, "full"), false);
}
