/* The list of what somebody has written. */
#include "desk.h"

#include "core/str.h"
#include "page/entry.h"
#include "page/lang.h"
#include "page/moment.h"
#include "store/desk.h"

static const struct field_choice states[] = {
	{ "", N_("All") },
	{ "draft", N_("Drafts") },
	{ "published", N_("Published") },
	{ "withdrawn", N_("Withdrawn") },
	{ 0 },
};

const struct field desk_fields[] = {
	{ .name = "state", .type = FIELD_LINE, .max = 20 },
	{ .name = "before", .type = FIELD_LINE, .max = 20 },
	{ 0 },
};

const char *
desk_state(struct request *req, const char *state, int64_t published)
{
	if (str_equal(state, "draft"))
		return _("Draft");
	if (str_equal(state, "withdrawn"))
		return _("Withdrawn");
	if (published > req->viewer.now)
		return arena_printf(req->arena, _("Waits for %s"), moment_text(req->arena, published));
	return _("Published");
}

/* The state that is asked for; "" for all, and for words that are none. */
static const char *
asked_state(const struct request *req)
{
	for (const struct field_choice *state = states; state->value != NULL; state++)
		if (str_equal(state->value, request_field(req, "state")))
			return state->value;
	return "";
}

static const char *
list_path(struct request *req, const char *state, int64_t before)
{
	const char *path = arena_printf(req->arena, "%s/write", req->prefix);

	if (*state != '\0')
		path = arena_printf(req->arena, "%s?state=%s", path, state);
	return before == 0 ? path : arena_printf(req->arena, "%s%cbefore=%lld", path, *state == '\0' ? '?' : '&', (long long)before);
}

static void
add_states(struct request *req, const char *asked)
{
	xmlNodePtr list = page_element(req->page->root, "states");

	for (const struct field_choice *state = states; state->value != NULL; state++) {
		xmlNodePtr item = page_text(list, "state", lang_text(state->label));
		page_href(req->page, item, "href", list_path(req, state->value, 0));
		if (str_equal(state->value, asked))
			page_attr(item, "current", "yes");
	}
}

/* GET /write */
enum status
show_desk(struct request *req)
{
	const char *state = asked_state(req), *before_text = request_field(req, "before");
	long long before = 0;
	struct post *posts;
	size_t count;
	xmlNodePtr list;

	if (!str_empty(before_text) && (!str_to_integer(before_text, &before) || before < 0))
		before = 0;
	TRY(desk_list(req->db, req->arena, req->viewer.user, state, before, &posts, &count));
	TRY(request_page(req, request_language(req), "desk"));
	page_attr(req->page->root, "title", _("Your desk"));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", _("Your desk"));
	page_href(req->page, page_element(req->page->root, "new"), "href", arena_printf(req->arena, "%s/write/new", req->prefix));
	page_href(req->page, page_element(req->page->root, "queue"), "href", arena_printf(req->arena, "%s/write/queue", req->prefix));
	page_href(req->page, page_element(req->page->root, "library"), "href", arena_printf(req->arena, "%s/write/media", req->prefix));
	add_states(req, state);
	list = page_element(req->page->root, "posts");
	for (size_t i = 0; i < count && i < DESK_PAGE; i++) {
		xmlNodePtr entry = entry_add(req->page, list, &posts[i], &req->viewer, "");
		page_attr(entry, "state-text", desk_state(req, posts[i].state, posts[i].published));
		page_href(req->page, entry, "write", arena_printf(req->arena, "%s/write/%lld", req->prefix, (long long)posts[i].id));
	}
	if (count > DESK_PAGE)
		page_href(req->page, page_element(req->page->root, "older"), "href", list_path(req, state, posts[DESK_PAGE - 1].id));
	return OK;
}
