/* One post, written in a form. */
#include "desk.h"
#include "plan.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "core/text.h"
#include "page/entry.h"
#include "page/lang.h"
#include "page/picture.h"
#include "page/publish.h"
#include "store/desk.h"

enum { TEXT_MOST = 200000, TAGS_MOST = 20 };

static const struct field_choice kinds_of_access[] = {
	{ "public", N_("Everybody") },
	{ "members", N_("Members") },
	{ "paid", N_("Subscribers") },
	{ 0 },
};
static const struct field_choice tongues[] = { { "en", "English" }, { "zh", "中文" }, { 0 } };

#define SLOT "slot" /* the action that plan_offer() words */

static const struct field_choice actions[] = {
	{ "save", N_("Save") },
	{ "preview", N_("Preview") },
	{ "publish", N_("Publish") },
	{ SLOT, N_("Publish in the next free slot") },
	{ "withdraw", N_("Withdraw") },
	{ 0 },
};

const struct field post_fields[] = {
	{ .name = "title", .type = FIELD_LINE, .max = 200, .required = true, .label = N_("Title") },
	{ .name = "text", .type = FIELD_TEXT, .max = TEXT_MOST, .label = N_("Text, in Markdown") },
	{ .name = "summary", .type = FIELD_TEXT, .max = 500, .label = N_("Summary; empty: the text's beginning") },
	{ .name = "tags", .type = FIELD_LINE, .max = 400, .label = N_("Tags, with commas between") },
	{ .name = "lang", .type = FIELD_CHOICE, .max = 2, .required = true, .label = N_("Language"), .choices = tongues },
	{ .name = "access", .type = FIELD_CHOICE, .max = 10, .required = true, .label = N_("Who may read all of it"),
		.choices = kinds_of_access },
	{ .name = "slug", .type = FIELD_LINE, .max = 80, .label = N_("Address; empty: made from the title") },
	{ .name = "when", .type = FIELD_LINE, .max = 25, .label = N_("Visible from, such as 2026-11-24 08:00; empty: at once") },
	{ .name = "revision", .type = FIELD_CURRENT, .max = 20 },
	{ .name = "do", .type = FIELD_CHOICE, .max = 10, .choices = actions },
	{ 0 },
};

/* Of an empty form: the free slot that it is to be written for. */
const struct field when_fields[] = { { .name = "when", .type = FIELD_LINE, .max = 25 }, { 0 } };

/* What the form shows and what it saves to: a stored post, or one that is to be. */
struct draft {
	struct post post;      /* id 0: new */
	const char *markdown;
};

static enum status
load(struct request *req, struct draft *ret_draft)
{
	struct draft draft = { .post = { .kind = "article", .state = "draft", .access = "public", .title = "", .summary = "", .slug = "",
		.lang = request_language(req), .author_id = req->viewer.user->id, .cover_alt = "" }, .markdown = "" };
	long long id;

	if (strstr(req->route->pattern, ":id") != NULL) {
		if (!str_to_integer(route_text(req, 0), &id))
			return NOT_FOUND;
		TRY(desk_post(req->db, req->arena, req->viewer.user, id, &draft.post, &draft.markdown));
	}
	*ret_draft = draft;
	return OK;
}

static const char *
draft_path(struct request *req, const struct draft *draft)
{
	if (draft->post.id == 0)
		return arena_printf(req->arena, "%s/write/new", req->prefix);
	return arena_printf(req->arena, "%s/write/%lld", req->prefix, (long long)draft->post.id);
}

/* --- the page ------------------------------------------------------------------ */

static const char *
tags_of(struct request *req, const struct post *post)
{
	struct str text = str_init(req->arena);

	for (size_t i = 0; i < post->tag_count; i++)
		str_printf(&text, "%s%s", i == 0 ? "" : ", ", post->tags[i].name);
	return text.bytes;
}

/* Local time, as the field is read again. */
static const char *
when_of(struct request *req, const struct post *post)
{
	if (post->id == 0)
		return request_field(req, "when");
	return str_equal(post->state, "draft") ? "" : clock_local(req->arena, post->published);
}

/* The actions; that of the plan names the slot, and is not there when there is none. */
static const struct field_choice *
buttons_of(struct request *req, const struct post *post)
{
	struct field_choice *buttons = arena_array(req->arena, sizeof(actions) / sizeof(actions[0]), sizeof(*buttons));
	const char *offer = plan_offer(req, post);
	size_t count = 0;

	for (const struct field_choice *action = actions; action->value != NULL; action++) {
		bool is_slot = str_equal(action->value, SLOT);
		if (!is_slot || offer != NULL)
			buttons[count++] = (struct field_choice){ action->value, is_slot ? offer : action->label };
	}
	return buttons;
}

static enum status
add_form(struct request *req, const struct draft *draft)
{
	const struct post *post = &draft->post;
	struct form form = { .name = "post", .path = draft_path(req, draft), .fields = post_fields, .buttons = buttons_of(req, post) };
	const char *values[] = { "title", post->title, "text", draft->markdown, "summary", post->summary, "tags", tags_of(req, post),
		"lang", post->lang, "access", post->access, "slug", post->slug, "when", when_of(req, post),
		"revision", arena_printf(req->arena, "%lld", (long long)post->revision), NULL };

	return form_add(req, req->page->root, &form, values);
}

static enum status
add_page(struct request *req, const struct draft *draft)
{
	bool is_new = draft->post.id == 0;
	const char *title = is_new ? _("A new post") : draft->post.title;
	xmlNodePtr state;

	TRY(request_page(req, request_language(req), "edit"));
	page_attr(req->page->root, "title", title);
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", title);
	page_href(req->page, page_element(req->page->root, "desk"), "href", arena_printf(req->arena, "%s/write", req->prefix));
	if (!is_new) {
		page_href(req->page, page_element(req->page->root, "versions"), "href", arena_printf(req->arena, "%s/versions", draft_path(req, draft)));
		if (str_equal(draft->post.state, "published") && !str_equal(draft->post.kind, "page"))
			page_href(req->page, page_element(req->page->root, "trial"), "href", arena_printf(req->arena, "%s/trial", draft_path(req, draft)));
		page_href(req->page, page_element(req->page->root, "attach"), "href", arena_printf(req->arena, "%s/attach", draft_path(req, draft)));
		state = page_text(req->page->root, "state", desk_state(req, draft->post.state, draft->post.published));
		if (str_equal(draft->post.state, "published") && draft->post.published <= req->viewer.now)
			page_href(req->page, state, "href", entry_path(req->arena, &draft->post));
	}
	return add_form(req, draft);
}

/* GET /write/:id, and the same form again; what somebody else saved meanwhile stands beside it. */
enum status
show_edit(struct request *req)
{
	const char *sent = str_equal(req->method, "POST") ? request_field(req, "revision") : NULL;
	struct draft draft;
	long long revision;

	TRY(load(req, &draft));
	TRY(add_page(req, &draft));
	if (sent != NULL && str_to_integer(sent, &revision) && draft.post.id != 0 && revision != draft.post.revision)
		(void)page_text(req->page->root, "theirs", draft.markdown);
	return OK;
}

enum status
show_new(struct request *req)
{
	return show_edit(req);
}

/* --- what was sent ---------------------------------------------------------------- */

/* Commas of Chinese separate as well. */
static char *
with_commas(struct arena *arena, const char *text)
{
	struct str plain = str_init(arena);

	for (const char *c = text; *c != '\0'; c++) {
		if (str_starts(c, "，") || str_starts(c, "、")) {
			str_add_char(&plain, ',');
			c += strlen("，") - 1;
		} else {
			str_add_char(&plain, *c);
		}
	}
	return plain.bytes;
}

static void
take_tags(struct request *req, struct post_save *save)
{
	const char **tags = arena_array(req->arena, TAGS_MOST, sizeof(*tags));
	const char *given = request_field(req, "tags");
	char *rest = with_commas(req->arena, given == NULL ? "" : given), *name;

	save->tags = tags;
	while ((name = strsep(&rest, ",")) != NULL && save->tag_count < TAGS_MOST) {
		name = str_trim(req->arena, name);
		if (*name != '\0')
			tags[save->tag_count++] = name;
	}
}

/* When it is to be seen. A post that was visible keeps its time; one that was not is seen from now on. */
static enum status
take_time(struct request *req, struct post *post, bool publishing)
{
	const char *when = request_field(req, "when");

	if (!str_empty(when)) {
		if (!clock_parse_date(when, &post->published))
			return form_wrong(req, "when", _("This is no date; write it like 2026-11-24 08:00."));
	} else if (publishing && !str_equal(post->state, "published")) {
		post->published = req->viewer.now;
	}
	if (post->published == 0)
		post->published = req->viewer.now;
	return OK;
}

/* Everything from the form over what is stored. */
static enum status
take_fields(struct request *req, const struct draft *draft, struct post_save *ret_save)
{
	struct post_save save = { .post = draft->post, .text.markdown = request_field(req, "text"), .user_id = req->viewer.user->id };
	const char *action = request_field(req, "do"), *slug = request_field(req, "slug");
	bool slot = str_equal(action, SLOT), publishing = slot || str_equal(action, "publish");
	struct post_link *links;
	long long revision;

	if (!str_to_integer(request_field(req, "revision") == NULL ? "" : request_field(req, "revision"), &revision))
		return BAD_REQUEST;
	if (save.text.markdown == NULL)
		save.text.markdown = "";
	save.post.title = request_field(req, "title");
	save.post.summary = request_field(req, "summary");
	save.post.lang = request_field(req, "lang");
	save.post.access = request_field(req, "access");
	save.post.slug = text_slug(req->arena, str_empty(slug) ? save.post.title : slug);
	if (*save.post.slug == '\0')
		return form_wrong(req, str_empty(slug) ? "title" : "slug", _("This needs a letter or a digit."));
	take_tags(req, &save);
	save.in_next_slot = slot;
	if (slot && str_equal(draft->post.state, "published") && draft->post.published <= req->viewer.now)
		return form_wrong(req, "", _("This post is out already."));
	TRY(take_time(req, &save.post, publishing));
	if (publishing)
		save.post.state = "published";
	else if (str_equal(action, "withdraw"))
		save.post.state = "withdrawn";
	if (save.post.id == 0)
		save.post.created = req->viewer.now;
	else
		TRY(post_links(req->db, req->arena, save.post.id, &links, &save.link_count));
	save.links = save.link_count == 0 ? NULL : links;
	save.post.updated = req->viewer.now;
	save.reason = publishing ? "publish" : str_equal(action, "withdraw") ? "withdraw" : "save";
	save.expected_revision = save.post.id == 0 ? 0 : revision;
	*ret_save = save;
	return OK;
}

/* Preview is the same rendering as publishing. */
static enum status
preview(struct request *req, const struct draft *draft, struct post_save *save)
{
	/* What was saved since this form was opened must still stop it from being saved over. */
	struct draft opened = *draft;
	const char *problem = NULL;
	enum status status = picture_links(req->db, req->arena, save);

	if (status == OK)
		status = publish_prepare(req->arena, req->conf, save, NULL, &problem);
	if (status == TOO_LARGE)
		return form_wrong(req, "text", problem);
	TRY(status);
	opened.post.revision = save->expected_revision;
	TRY(add_page(req, &opened));
	page_frag(req->page->root, "preview",
		frag_stored(req->arena, str_empty(save->text.full_xhtml) ? save->text.open_xhtml : save->text.full_xhtml));
	return OK;
}

/* POST /write/:id: nothing is saved over what somebody else has saved since this form was opened. */
enum status
take_edit(struct request *req)
{
	struct post_save save;
	struct draft draft;
	const char *problem = NULL;
	enum status status;
	int64_t id;

	TRY(load(req, &draft));
	TRY(take_fields(req, &draft, &save));
	if (str_equal(request_field(req, "do"), "preview"))
		return preview(req, &draft, &save);
	db_end(req->db);
	status = publish_post(req->db, req->arena, req->conf, &save, NULL, &id, &problem);
	if (status == TOO_LARGE)
		return form_wrong(req, "text", problem);
	if (status == NOT_FOUND && save.in_next_slot)
		return form_wrong(req, "", _("The plan has no free slot."));
	if (status == CONFLICT)
		(void)form_wrong(req, "", _("Somebody saved this post meanwhile. Their text stands below; take over what you want of it, and save again."));
	TRY(status);
	draft.post.id = id;
	return request_see(req, draft_path(req, &draft));
}

enum status
take_new(struct request *req)
{
	return take_edit(req);
}
