/*
 * Autosave: while somebody writes, the browser sends everything that the form contains. Each form has its own key,
 * made when it is shown. Unsaved copies are listed on the list of posts and on the form, to be opened or
 * discarded.
 */
#include "post_list.h"

#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "core/token.h"
#include "page/lang/lang.h"
#include "store/post/autosave.h"

/* back: the page to return to, "list" or "form". */
const struct field discard_fields[] = {
	{ .name = "form_key", .type = FIELD_HIDDEN, .max = AUTOSAVE_KEY_MAX },
	{ .name = "back", .type = FIELD_HIDDEN, .max = 4 },
	{ 0 },
};

static const char *
typed(const struct request *req, const char *name)
{
	const char *value = request_field(req, name);

	return value == NULL ? "" : value;
}

/* "14:05", local time. */
static const char *
hour_of(struct arena *arena, int64_t time)
{
	const char *local = clock_local(arena, time);

	return local + sizeof("2026-11-24");
}

/* --- saving ------------------------------------------------------------------------- */

/* The key of the form. Forms of an earlier version have none; they share one copy per post. */
static const char *
key_sent(const struct request *req, const struct post_form *draft)
{
	const char *key = typed(req, "form_key");

	return *key == '\0' ? arena_printf(req->arena, "post %lld", (long long)draft->post.id) : key;
}

/* Whether a field was typed, and does not only identify the form or name an action. */
static bool
is_kept(const struct field *field)
{
	return !str_equal(field->name, "do") && !str_equal(field->name, "form_key") && !str_equal(field->name, "continues");
}

/* True when the form contains nothing that the stored post lacks; for a new post, when nothing was written. */
static bool
holds_nothing(struct request *req, const struct post_form *draft)
{
	static const char *const written[] = { "title", "text", "summary", "tags", "slug", "canonical", "translation_of", "why" };
	const char **stored = post_form_values(req, draft);

	if (draft->post.id == 0) {
		for (size_t i = 0; i < sizeof(written) / sizeof(*written); i++)
			if (*typed(req, written[i]) != '\0')
				return false;
		return true;
	}
	for (; stored[0] != NULL; stored += 2) {
		const char *value = str_equal(stored[0], "form_key") || str_equal(stored[0], "revision") ? NULL : request_field(req, stored[0]);
		if (value != NULL && !str_equal(value, stored[1] == NULL ? "" : stored[1]))
			return false;
	}
	return *typed(req, "why") == '\0';
}

/*
 * Removes the copy that this form was opened from, since its text is part of this one now. If another window has
 * changed that copy, it stays.
 */
static enum status
drop_continued(struct request *req)
{
	const char *continued = typed(req, "continues"), *dot = strchr(continued, '.'), *key;
	long long saved;

	if (dot == NULL || !str_to_integer(dot + 1, &saved))
		return OK;
	key = arena_bytes(req->arena, continued, (size_t)(dot - continued));
	return str_equal(key, typed(req, "form_key")) ? OK : autosave_remove_unchanged(req->db, req->viewer.user->id, key, saved);
}

static enum status
keep(struct request *req, const struct post_form *draft)
{
	const struct autosave autosave = { .user_id = req->viewer.user->id, .post_id = draft->post.id, .form_key = key_sent(req, draft),
		.title = typed(req, "title"), .lang = typed(req, "lang"), .saved = req->viewer.now };
	struct autosave_field *fields;
	size_t count = 0, all = 0;

	while (post_fields[all].name != NULL)
		all++;
	fields = arena_array(req->arena, all, sizeof(*fields));
	for (size_t i = 0; i < all; i++)
		if (is_kept(&post_fields[i]) && request_field(req, post_fields[i].name) != NULL)
			fields[count++] = (struct autosave_field){ post_fields[i].name, request_field(req, post_fields[i].name) };
	return autosave_keep(req->db, &autosave, fields, count);
}

enum status
autosave_take(struct request *req, const struct post_form *draft)
{
	long long revision;
	enum status status;

	if (!str_to_integer(typed(req, "revision"), &revision))
		return BAD_REQUEST;
	TRY(request_write_aside(req));
	/*
	 * Removes the copy when there is nothing to save. This also covers an autosave that arrives after the form was
	 * saved.
	 */
	status = holds_nothing(req, draft) ? autosave_remove(req->db, req->viewer.user->id, key_sent(req, draft)) : keep(req, draft);
	if (status == TOO_MANY)
		return form_wrong(req, "", _("You have too many unsaved drafts. Open the list of posts in another window and discard some."));
	TRY(status);
	TRY(drop_continued(req));
	TRY(request_fresh(req, request_language(req)));
	req->body = hour_of(req->arena, req->viewer.now);
	req->body_length = sizeof("14:05") - 1;
	req->content_type = "text/plain; charset=utf-8";
	return OK;
}

enum status
autosave_done(struct request *req)
{
	if (*typed(req, "form_key") != '\0')
		TRY(autosave_remove(req->db, req->viewer.user->id, typed(req, "form_key")));
	return drop_continued(req);
}

/* --- offering unsaved copies ------------------------------------------------------------ */

/* True for a new post, and for users who may no longer change the post: they can open their text as a new post. */
static bool
is_of_new_post(const struct request *req, const struct autosave *autosave)
{
	return autosave->post_id == 0 || (!user_may(req->viewer.user, RIGHT_EDIT) && autosave->post_author != req->viewer.user->id);
}

static const char *
form_path(struct request *req, int64_t post_id)
{
	if (post_id == 0)
		return arena_printf(req->arena, "%s/write/new", req->prefix);
	return arena_printf(req->arena, "%s/write/%lld", req->prefix, (long long)post_id);
}

static enum status
add_one(struct request *req, const struct autosave *autosave, const char *back)
{
	struct form form = { .name = "discard", .fields = discard_fields, .button = _("Discard") };
	const char *values[] = { "form_key", autosave->form_key, "back", back, NULL }, *path = form_path(req, is_of_new_post(req, autosave) ? 0 : autosave->post_id);
	xmlNodePtr offer = page_element(req->page->root, "autosave");

	page_attr(offer, "time", clock_rfc3339(req->arena, autosave->saved));
	page_attr(offer, "time-text", clock_local(req->arena, autosave->saved));
	page_attr(offer, "title", !str_empty(autosave->title) ? autosave->title : _("Untitled"));
	page_attr(offer, "lang", *autosave->lang == '\0' ? NULL : autosave->lang);
	page_attr(offer, "lang-text", *autosave->lang == '\0' ? NULL : language_name(autosave->lang));
	page_attr(offer, "post-title", autosave->post_id == 0 ? NULL : autosave->post_title);
	page_href(req->page, offer, "href", arena_printf(req->arena, "%s?autosave=%s", path, page_encode(req->arena, autosave->form_key)));
	form.path = arena_printf(req->arena, "%s/autosave", path);
	return form_add(req, offer, &form, values);
}

/* The values of a copy, as pairs for form_add(), with "continues" naming the copy. */
static enum status
open_copy(struct request *req, const struct post_form *draft, const char *key, const char *const **ret_instead)
{
	struct autosave_field *fields;
	struct autosave autosave;
	const char **instead;
	size_t count, pairs = 0;

	TRY(autosave_read(req->db, req->arena, req->viewer.user->id, key, &autosave, &fields, &count));
	if ((is_of_new_post(req, &autosave) ? 0 : autosave.post_id) != draft->post.id)
		return NOT_FOUND;
	instead = arena_array(req->arena, 2 * count + 3, sizeof(*instead));
	for (size_t i = 0; i < count; i++) {
		if (draft->post.id == 0 && str_equal(fields[i].name, "revision"))
			continue;
		instead[pairs++] = fields[i].name;
		instead[pairs++] = fields[i].value;
	}
	instead[pairs++] = "continues";
	instead[pairs++] = arena_printf(req->arena, "%s.%lld", key, (long long)autosave.saved);
	*ret_instead = instead;
	return OK;
}

enum status
autosave_offer(struct request *req, const struct post_form *draft, const char *key, const char *const **ret_instead)
{
	struct autosave *autosaves;
	enum status status;
	size_t count;

	if (!str_empty(key)) {
		status = open_copy(req, draft, key, ret_instead);
		if (status != NOT_FOUND)
			TRY(status);
	}
	TRY(autosave_list(req->db, req->arena, req->viewer.user->id, draft->post.id, &autosaves, &count));
	for (size_t i = 0; i < count; i++)
		if (*ret_instead == NULL || !str_equal(autosaves[i].form_key, key))
			TRY(add_one(req, &autosaves[i], "form"));
	return OK;
}

enum status
autosave_list_all(struct request *req)
{
	struct autosave *autosaves;
	size_t count;

	TRY(autosave_list(req->db, req->arena, req->viewer.user->id, -1, &autosaves, &count));
	for (size_t i = 0; i < count; i++)
		TRY(add_one(req, &autosaves[i], "list"));
	return OK;
}

/* POST /write/:id/autosave, /write/new/autosave */
enum status
take_discard(struct request *req)
{
	struct post_form draft;

	TRY(post_form_load(req, &draft));
	TRY(request_write(req, true));
	TRY(autosave_remove(req->db, req->viewer.user->id, typed(req, "form_key")));
	return request_see(req, str_equal(typed(req, "back"), "list") ? arena_printf(req->arena, "%s/write", req->prefix) : post_form_path(req, &draft));
}
