/* The editor: one post in a form. */
#include "post_list.h"
#include "schedule.h"

#include "core/clock.h"
#include "core/str.h"
#include "http/form_merge.h"
#include "http/form_time.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "page/post/image.h"
#include "page/post/post_render.h"
#include "store/post/former_summary.h"
#include "store/schedule/schedule.h"

static const struct field_choice kinds_of_access[] = {
	{ "public", N_("Everyone") },
	{ "members", N_("Members") },
	{ "paid", N_("Subscribers") },
	{ 0 },
};
static const struct field_choice language_choices[] = { { "en", "English" }, { "zh", "中文" }, { 0 } };
static const struct field_choice kinds[] = {
	{ "article", N_("Article") }, { "audio", N_("Audio") }, { "video", N_("Video") }, { "page", N_("Page (not shown in post lists)") }, { 0 },
};
static const struct field_choice talk[] = {
	{ "open", N_("Everyone") }, { "members", N_("Members") }, { "readers", N_("Readers with access to paid posts like this one") },
	{ "closed", N_("Nobody (closed)") }, { 0 },
};
static const struct field_choice answers[] = { { "no", N_("No") }, { "yes", N_("Yes") }, { 0 } };

/* "keep" is sent by the autosave script; it has no button. */
static const struct field_choice actions[] = {
	{ "save", N_("Save") },
	{ "preview", N_("Preview") },
	{ "publish", N_("Publish") },
	{ POST_LIST_QUEUE, N_("Add to queue") },
	{ "withdraw", N_("Unpublish") },
	{ "keep", "" },
	{ 0 },
};

const struct field post_fields[] = {
	/* Not .required: an autosaved form may still lack a title. The handler checks it. */
	{ .name = "title", .type = FIELD_LINE, .max = POST_TITLE_MAX, .label = N_("Title") },
	{ .name = "text", .type = FIELD_TEXT, .max = MARKDOWN_MAX_BYTES, .label = N_("Content (Markdown)"), .merge = MERGE_LINES },
	{ .name = "summary", .type = FIELD_TEXT, .max = POST_SUMMARY_MAX, .label = N_("Summary"),
		.help = N_("Shown in lists, feeds and search results. If empty, the beginning of the post is used.") },
	{ .name = "tags", .type = FIELD_LINE, .max = POST_TAGS_MAX * (POST_TAG_MAX + 2), .label = N_("Tags"),
		.help = N_("Separate tags with commas. A post can have up to 50."),
		.merge = MERGE_SET },
	{ .name = "lang", .type = FIELD_CHOICE, .max = 2, .required = true, .label = N_("Language"), .choices = language_choices },
	{ .name = "access", .type = FIELD_CHOICE, .max = 10, .required = true, .label = N_("Access"),
		.choices = kinds_of_access, .order = ORDER_STRICTER_LAST,
		.help = N_("If access is restricted, everyone can still read up to the line <!--paid-->, or, if there is none, up to "
			"<!--more-->. Without either line, nothing is public.") },
	{ .name = "when", .type = FIELD_LINE, .max = 25, .label = N_("Publish date"),
		.help = N_("For example 2026-11-24 08:00, in the site's time zone. If empty, the post is published immediately.") },
	{ .name = "when_fold", .type = FIELD_CHOICE, .max = 10, .label = N_("Which of the two times"), .choices = form_time_folds,
		.help = N_("The clocks go back on that day, so this time occurs twice.") },
	{ .name = "slug", .type = FIELD_LINE, .max = 80, .label = N_("URL slug"),
		.help = N_("The last part of the post's URL. If empty, it is created from the title. Old URLs always redirect to the new one.") },
	{ .name = "kind", .type = FIELD_CHOICE, .max = 10, .label = N_("Type"), .choices = kinds },
	{ .name = "translation_of", .type = FIELD_LINE, .max = 500, .label = N_("Translation of"),
		.help = N_("The URL slug or title of this post in another language. Each language can be used once.") },
	{ .name = "comments", .type = FIELD_CHOICE, .max = 10, .label = N_("Who can comment"), .choices = talk,
		.order = ORDER_STRICTER_LAST },
	{ .name = "canonical", .type = FIELD_LINE, .max = 500, .label = N_("Canonical URL"),
		.help = N_("If this post first appeared elsewhere, enter the full URL there, starting with https://. Search engines treat that "
			"page as the original.") },
	{ .name = "featured", .type = FIELD_CHOICE, .max = 3, .label = N_("Feature on home page"), .choices = answers },
	{ .name = "why", .type = FIELD_LINE, .max = 200, .label = N_("Change note"), .help = N_("Shown in the version history. Optional.") },
	{ .name = "revision", .type = FIELD_CURRENT, .max = 20 },
	/* The key of this form, and the autosaved copy that it continues; see autosave_form.c. */
	{ .name = "form_key", .type = FIELD_HIDDEN, .max = AUTOSAVE_KEY_MAX },
	{ .name = "continues", .type = FIELD_HIDDEN, .max = AUTOSAVE_KEY_MAX + 21 },
	{ .name = "do", .type = FIELD_CHOICE, .max = 10, .choices = actions },
	{ .name = "base", .type = FIELD_BASE, .max = MERGE_BASE_MAX },
	{ 0 },
};

/* when: for a new post, the time slot to write it for. */
const struct field edit_fields[] = {
	{ .name = "when", .type = FIELD_LINE, .max = 25 },
	{ .name = "autosave", .type = FIELD_LINE, .max = AUTOSAVE_KEY_MAX },
	{ 0 },
};

/* --- the page ------------------------------------------------------------------ */

/*
 * The actions that are possible for the post now. The button for the queue shows its next free slot and is missing
 * when none is free.
 */
static const struct field_choice *
buttons_of(struct request *req, const struct post *post)
{
	struct field_choice *buttons = arena_array(req->arena, sizeof(actions) / sizeof(*actions), sizeof(*buttons));
	const char *leave_out = str_equal(post->state, "published") ? "publish" : "withdraw";
	const char *offer = schedule_offer(req, post);
	size_t count = 0;

	for (const struct field_choice *action = actions; action->value != NULL; action++) {
		bool is_slot = str_equal(action->value, POST_LIST_QUEUE);
		if (*action->label == '\0' || str_equal(action->value, leave_out) || (is_slot && offer == NULL))
			continue;
		buttons[count++] = (struct field_choice){ action->value, is_slot ? offer : action->label };
	}
	return buttons;
}

static enum status
add_form(struct request *req, const struct post_form *draft, const char *const *instead, bool repeat)
{
	struct form form = { .name = "post", .path = post_form_path(req, draft), .fields = post_form_fields(req, draft),
		.buttons = buttons_of(req, &draft->post), .instead = instead, .watched = post_form_watched(req, draft),
		.merge_lines = post_merge_lines, .repeat = repeat };

	TRY(post_merge_started(req, draft, &form.started));
	TRY(form_add(req, req->page->root, &form, post_form_values(req, draft)));
	return post_form_suggest(req, xmlLastElementChild(req->page->root), draft);
}

/* Adds the post's state, when it was saved, and links to its other pages. */
static void
add_ways(struct request *req, const struct post_form *draft)
{
	const char *path = post_form_path(req, draft);
	xmlNodePtr state;

	if (draft->post.id == 0)
		return;
	page_href(req->page, page_element(req->page->root, "versions"), "href", arena_printf(req->arena, "%s/versions", path));
	if (str_equal(draft->post.state, "published") && !str_equal(draft->post.kind, "page"))
		page_href(req->page, page_element(req->page->root, "experiment"), "href", arena_printf(req->arena, "%s/experiment", path));
	page_href(req->page, page_element(req->page->root, "post-media"), "href", arena_printf(req->arena, "%s/media", path));
	page_href(req->page, page_element(req->page->root, "trash"), "href", arena_printf(req->arena, "%s/trash", path));
	state = page_text(req->page->root, "state", post_list_state(req, draft->post.state, draft->post.published));
	if (str_equal(draft->post.state, "published") && draft->post.published <= req->viewer.now)
		page_href(req->page, state, "href", entry_path(req->arena, &draft->post));
	page_attr(state, "saved-text", arena_printf(req->arena, _("Saved %s, version %lld"),
		clock_local(req->arena, draft->post.updated), (long long)draft->post.revision));
}

static enum status
add_page(struct request *req, const struct post_form *draft)
{
	TRY(post_list_page(req, "post-edit", draft->post.id == 0 ? _("New post") : draft->post.title));
	add_ways(req, draft);
	return OK;
}

/* GET /write/:id; also shows a rejected form again, merged with what others saved meanwhile. */
enum status
show_edit(struct request *req)
{
	bool again = str_equal(req->method, "POST");
	const char *const *instead = NULL;
	struct post_form draft;

	TRY(post_form_load(req, &draft));
	if (draft.post.trashed != 0 && !again)
		return request_see(req, arena_printf(req->arena, "%s/trash", post_form_path(req, &draft)));
	TRY(add_page(req, &draft));
	if (!again)
		TRY(autosave_offer(req, &draft, request_field(req, "autosave"), &instead));
	return add_form(req, &draft, instead, false);
}

enum status
show_new(struct request *req)
{
	return show_edit(req);
}

/* --- reading the form ------------------------------------------------------------- */

/* A preview uses the same rendering as publishing. */
static enum status
preview(struct request *req, const struct post_form *draft, struct post_save *save)
{
	const char *problem = NULL;
	enum status status = image_links(req->db, req->arena, save);

	if (status == OK)
		status = post_render_prepare(req->arena, req->conf, save, NULL, &problem);
	if (status == TOO_LARGE)
		return form_wrong(req, "text", problem);
	TRY(status);
	TRY(add_page(req, draft));
	TRY(add_form(req, draft, NULL, true));
	page_fragment(req->page->root, "preview",
		fragment_stored(req->arena, str_empty(save->text.full_xhtml) ? save->text.open_xhtml : save->text.full_xhtml));
	return OK;
}

/* Renders before the write transaction; then post, text, translation group and autosaved copy change together. */
static enum status
save_post(struct request *req, const struct post_form *draft, struct post_save *save, int64_t *ret_id)
{
	const char *problem = NULL;
	enum status status = image_links(req->db, req->arena, save);

	if (status == OK)
		status = post_render_prepare(req->arena, req->conf, save, NULL, &problem);
	if (status == TOO_LARGE)
		return form_wrong(req, "text", problem);
	TRY(status);
	TRY(request_write(req, false));
	TRY(post_form_join_work(req, draft, save));
	/* Chosen inside the transaction, so that parallel requests get different slots. */
	status = save->in_next_slot ? schedule_next_free(req->db, req->arena, req->viewer.now, save->post.id, &save->post.published) : OK;
	if (status == NOT_FOUND)
		return form_wrong(req, "", _("There is no free time slot. Add days to the publishing schedule, or set a publish date."));
	TRY(status);
	status = post_save(req->db, req->arena, save, ret_id);
	if (status == CONFLICT)
		(void)form_wrong(req, "", _("Not saved yet: this was changed elsewhere while your form was open. Check the form, then save again."));
	TRY(status);
	TRY(former_summary_seen(req->db, *ret_id));
	return autosave_done(req);
}

/* POST /write/:id. It never overwrites what somebody else saved since the form was opened. */
enum status
take_edit(struct request *req)
{
	struct post_save save;
	struct post_form draft;
	int64_t id;

	TRY(post_form_load(req, &draft));
	if (request_field(req, "featured") != NULL && !user_may(req->viewer.user, RIGHT_EDIT))
		return BAD_REQUEST; /* the form of authors does not contain it */
	if (str_equal(request_field(req, "do"), "keep"))
		return autosave_take(req, &draft);
	if (str_equal(request_field(req, "do"), "preview")) {
		TRY(post_form_take(req, &draft, &save));
		return preview(req, &draft, &save);
	}
	if (draft.post.id != 0)
		TRY(form_merge(req, post_form_values(req, &draft), post_form_watched(req, &draft)));
	TRY(post_form_take(req, &draft, &save));
	if (draft.post.trashed != 0)
		return form_wrong(req, "", _("This post was moved to the trash while you were editing. Restore it in another window, then save again."));
	TRY(save_post(req, &draft, &save, &id));
	draft.post.id = id;
	return request_see(req, post_form_path(req, &draft));
}

enum status
take_new(struct request *req)
{
	return take_edit(req);
}
