/* All comments of a state, post, person, name or network, and a search in the newest ones. */
#include "moderate.h"

#include <string.h>

#include "core/str.h"
#include "page/doc/doc.h"
#include "page/lang/lang.h"
#include "page/post/entry.h"
#include "store/user/user.h"

/* name, person and network contain the number of a comment whose name, cookie or network is meant: no digest is in an address. */
const struct field comments_fields[] = {
	{ .name = "state", .type = FIELD_LINE, .max = 10 },
	{ .name = "post", .type = FIELD_LINE, .max = 20 },
	{ .name = "user", .type = FIELD_LINE, .max = 20 },
	{ .name = "name", .type = FIELD_LINE, .max = 20 },
	{ .name = "person", .type = FIELD_LINE, .max = 20 },
	{ .name = "network", .type = FIELD_LINE, .max = 20 },
	{ .name = "q", .type = FIELD_LINE, .max = 100 },
	{ .name = "before", .type = FIELD_CURSOR, .max = 41 },
	{ .name = "done", .type = FIELD_LINE, .max = 50 },
	{ .name = "missed", .type = FIELD_LINE, .max = 1200 },
	{ .name = "undone", .type = FIELD_LINE, .max = 50 },
	{ 0 },
};

static const char *const states[] = { "held", "shown", "hidden", "rejected", "spam" };

/* What the address asks for: the filter, how the page says it, and the query that repeats it. */
struct asked {
	struct queue_filter filter;
	const char *words, *query;
	bool nothing; /* of a guest without a cookie, or a comment whose network was deleted, nothing is known */
};

static enum status
ask_of_comment(struct request *req, const char *field, struct asked *asked)
{
	struct comment comment;
	int64_t id = moderate_number(req, field);

	TRY(comment_by_id(req->db, req->arena, id, &comment));
	asked->query = arena_printf(req->arena, "%s=%lld", field, (long long)id);
	if (str_equal(field, "name")) {
		asked->filter.name = comment.name;
		asked->words = arena_printf(req->arena, _("Comments with the name %s"), moderate_name(comment.name));
	} else if (str_equal(field, "person")) {
		asked->filter.person = comment.person;
		asked->nothing = *comment.person == '\0';
		asked->words = arena_printf(req->arena, _("Comments by the guest %s"), moderate_name(comment.name));
	} else {
		asked->filter.network = comment.network;
		asked->nothing = *comment.network == '\0';
		asked->words = arena_printf(req->arena, _("Comments from the network of %s"), moderate_name(comment.name));
	}
	return OK;
}

static enum status
ask(struct request *req, struct asked *ret_asked)
{
	struct asked asked = { .words = "", .query = "" };
	const char *state = request_field(req, "state"), *words = request_field(req, "q");
	struct user user;
	struct post post;

	if (!str_empty(words)) {
		asked.filter.words = words;
		asked.words = arena_printf(req->arena, _("Newest comments with “%s”"), words);
		asked.query = arena_printf(req->arena, "q=%s", page_encode(req->arena, words));
	} else if (moderate_number(req, "user") != 0) {
		TRY(user_by_id(req->db, req->arena, moderate_number(req, "user"), &user));
		asked.filter.user_id = user.id;
		asked.words = arena_printf(req->arena, _("Comments by %s"), user.name);
		asked.query = arena_printf(req->arena, "user=%lld", (long long)user.id);
	} else if (moderate_number(req, "post") != 0) {
		TRY(post_by_id(req->db, req->arena, moderate_number(req, "post"), &post));
		asked.filter.post_id = post.id;
		asked.words = viewer_may(&req->viewer, &post) == VIEW_NONE ? _("Comments on a post that you can't read")
			: arena_printf(req->arena, _("Comments on “%s”"), post.title);
		asked.query = arena_printf(req->arena, "post=%lld", (long long)post.id);
	} else if (moderate_number(req, "name") != 0) {
		TRY(ask_of_comment(req, "name", &asked));
	} else if (moderate_number(req, "person") != 0) {
		TRY(ask_of_comment(req, "person", &asked));
	} else if (moderate_number(req, "network") != 0) {
		TRY(ask_of_comment(req, "network", &asked));
	} else {
		for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
			if (str_equal(states[i], state))
				asked.filter.state = states[i];
		if (asked.filter.state != NULL)
			asked.query = arena_printf(req->arena, "state=%s", asked.filter.state);
	}
	*ret_asked = asked;
	return OK;
}

static void
add_states(struct request *req, const struct asked *asked)
{
	xmlNodePtr list = page_element(req->page->root, "states"), all = page_text(list, "view", _("All"));

	page_href(req->page, all, "href", moderate_path(req, "/comments"));
	if (*asked->query == '\0')
		page_attr(all, "current", "yes");
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		xmlNodePtr view = page_text(list, "view", moderate_state_text(states[i]));
		page_href(req->page, view, "href", arena_printf(req->arena, "%s?state=%s", moderate_path(req, "/comments"), states[i]));
		if (str_equal(asked->filter.state, states[i]))
			page_attr(view, "current", "yes");
	}
}

/* GET /moderate/comments */
enum status
show_comments(struct request *req)
{
	struct form bulk = { .name = "bulk", .path = moderate_path(req, ""), .fields = decide_fields, .buttons = decision_actions };
	const char *back;
	struct queue_place before;
	struct queue_item *items = NULL;
	struct asked asked;
	size_t count = 0;
	xmlNodePtr list, finder;

	TRY(moderate_place(req, "before", &before));
	TRY(ask(req, &asked));
	if (!asked.nothing)
		TRY(queue_find(req->db, req->arena, &asked.filter, before, &items, &count));
	TRY(moderate_page(req, "moderate-list", _("All comments")));
	back = arena_printf(req->arena, "/moderate/comments%s%s", *asked.query == '\0' ? "" : "?", asked.query);
	TRY(moderate_notice_add(req, back));
	finder = page_text(req->page->root, "filter", asked.filter.words);
	page_href(req->page, finder, "href", moderate_path(req, "/comments"));
	if (*asked.words != '\0')
		(void)page_text(req->page->root, "lead", asked.words);
	add_states(req, &asked);
	list = page_element(req->page->root, "queue");
	for (size_t i = 0; i < count && i < QUEUE_PAGE; i++) {
		xmlNodePtr entry = moderate_entry_add(req, list, &items[i]);
		page_href(req->page, entry, "href", moderate_comment_path(req, items[i].id));
		page_attr(entry, "versions", arena_printf(req->arena, "%lld-%lld", (long long)items[i].id, (long long)items[i].version));
	}
	if (count > QUEUE_PAGE)
		page_href(req->page, page_element(req->page->root, "older"), "href", arena_printf(req->arena, "%s%s%s%cbefore=%lld-%lld", req->prefix,
			"/moderate/comments", back + strlen("/moderate/comments"), *asked.query == '\0' ? '?' : '&', (long long)items[QUEUE_PAGE - 1].created,
			(long long)items[QUEUE_PAGE - 1].id));
	return count == 0 ? OK : form_add(req, req->page->root, &bulk, (const char *[]){ "back", back, NULL });
}
