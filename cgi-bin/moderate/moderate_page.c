/* What the pages for moderators share. */
#include "moderate.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"

enum { EXCERPT = 120 };

const struct field id_fields[] = { { .name = "row", .type = FIELD_HIDDEN, .max = 20, .required = true }, { 0 } };
const struct field public_log_fields[] = { { .name = "before", .type = FIELD_LINE, .max = 20 }, { 0 } };
const struct field log_fields[] = {
	{ .name = "before", .type = FIELD_LINE, .max = 20 },
	{ .name = "done", .type = FIELD_LINE, .max = 50 },
	{ .name = "missed", .type = FIELD_LINE, .max = 1200 },
	{ .name = "undone", .type = FIELD_LINE, .max = 50 },
	{ 0 },
};

static const struct {
	const char *path, *name;
} tabs[] = {
	{ "", N_("To review") }, { "/comments", N_("All comments") }, { "/log", N_("Log") }, { "/rules", N_("Rules") }, { "/bans", N_("Bans") },
	{ "/feeds", N_("Feeds") },
};

const char *
moderate_path(struct request *req, const char *rest)
{
	return arena_printf(req->arena, "%s/moderate%s", req->prefix, rest);
}

const char *
moderate_comment_path(struct request *req, int64_t id)
{
	return arena_printf(req->arena, "%s/moderate/%lld", req->prefix, (long long)id);
}

enum status
moderate_page(struct request *req, const char *name, const char *heading)
{
	xmlNodePtr list;

	req->no_store = true;
	TRY(request_page(req, request_language(req), name));
	page_attr(req->page->root, "title", heading);
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", heading);
	list = page_element(req->page->root, "views");
	for (size_t i = 0; i < sizeof(tabs) / sizeof(tabs[0]); i++) {
		xmlNodePtr view = page_text(list, "view", lang_text(tabs[i].name));
		page_href(req->page, view, "href", moderate_path(req, tabs[i].path));
		if (str_equal(req->path + strlen("/moderate"), tabs[i].path))
			page_attr(view, "current", "yes");
	}
	return OK;
}

enum status
moderate_comment(struct request *req, struct comment *ret_comment)
{
	long long id;

	if (!str_to_integer(route_text(req, 0), &id) || id <= 0)
		return NOT_FOUND;
	return comment_by_id(req->db, req->arena, id, ret_comment);
}

int64_t
moderate_number(const struct request *req, const char *field)
{
	const char *text = str_equal(req->method, "POST") ? NULL : request_field(req, field);
	long long number;

	return !str_empty(text) && str_to_integer(text, &number) && number > 0 ? number : 0;
}

enum status
moderate_place(const struct request *req, const char *field, struct queue_place *ret_place)
{
	const char *text = str_equal(req->method, "POST") ? NULL : request_field(req, field);
	long long created, id;

	*ret_place = (struct queue_place){ 0 };
	if (str_empty(text))
		return OK;
	if (!field_cursor(text, &created, &id))
		return NOT_FOUND;
	*ret_place = (struct queue_place){ created, id };
	return OK;
}

const char *
moderate_state_text(const char *state)
{
	static const struct {
		const char *state, *words;
	} states[] = {
		{ "held", N_("Awaiting moderation") }, { "shown", N_("Shown") }, { "hidden", N_("Hidden by flags") }, { "rejected", N_("Rejected") },
		{ "spam", N_("Spam") }, { "deleted", N_("Deleted by its author") },
	};

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (str_equal(states[i].state, state))
			return lang_text(states[i].words);
	return state;
}

const char *
moderate_name(const char *name)
{
	return *name == '\0' ? _("Deleted user") : name;
}

const char *
moderate_excerpt(struct request *req, const char *text)
{
	return text_shorten(req->arena, text_collapse(req->arena, text), EXCERPT);
}

const char *
moderate_back(struct request *req)
{
	const char *back = request_field(req, "back");
	size_t length = strlen("/moderate");

	/* Only pages of this program, so that the form leads to no other site. */
	if (str_empty(back) || strncmp(back, "/moderate", length) != 0 || (back[length] != '\0' && back[length] != '/' && back[length] != '?'))
		return moderate_path(req, "");
	return arena_printf(req->arena, "%s%s", req->prefix, back);
}
