/* What somebody typed and did not save: their browser sends it while they write, and the form offers it when they come back. */
#include "desk.h"

#include "core/clock.h"
#include "core/str.h"
#include "page/lang.h"
#include "store/unsaved.h"

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

enum status
unsaved_take(struct request *req, const struct draft *draft)
{
	struct unsaved unsaved = { .user_id = req->viewer.user->id, .post_id = draft->post.id, .title = typed(req, "title"),
		.summary = typed(req, "summary"), .tags = typed(req, "tags"), .markdown = typed(req, "text"), .saved = req->viewer.now };
	long long revision;

	if (!str_to_integer(typed(req, "revision"), &revision))
		return BAD_REQUEST;
	unsaved.revision = revision;
	TRY(request_note(req));
	TRY(unsaved_keep(req->db, &unsaved));
	TRY(request_fresh(req, request_language(req)));
	req->body = hour_of(req->arena, req->viewer.now);
	req->body_length = sizeof("14:05") - 1;
	req->content_type = "text/plain; charset=utf-8";
	return OK;
}

/* Whether what is kept says nothing that is not stored. */
static bool
is_known(const struct unsaved *unsaved, const struct draft *draft)
{
	return str_equal(unsaved->markdown, draft->markdown) && str_equal(unsaved->title, draft->post.title);
}

enum status
unsaved_offer(struct request *req, const struct draft *draft, bool taken, const char *const **ret_instead)
{
	struct form form = { .name = "forget", .button = _("Throw it away") };
	struct unsaved unsaved;
	enum status status = unsaved_read(req->db, req->arena, req->viewer.user->id, draft->post.id, &unsaved);
	const char **instead;
	xmlNodePtr offer;

	if (status == NOT_FOUND || (status == OK && is_known(&unsaved, draft)))
		return OK;
	TRY(status);
	if (taken) {
		instead = arena_array(req->arena, 11, sizeof(*instead));
		instead[0] = "title", instead[1] = unsaved.title;
		instead[2] = "summary", instead[3] = unsaved.summary;
		instead[4] = "tags", instead[5] = unsaved.tags;
		instead[6] = "text", instead[7] = unsaved.markdown;
		/* What was saved after it stops it from being saved over that. */
		instead[8] = "revision", instead[9] = arena_printf(req->arena, "%lld", (long long)unsaved.revision);
		*ret_instead = instead;
		return OK;
	}
	offer = page_element(req->page->root, "unsaved");
	page_attr(offer, "time", clock_rfc3339(req->arena, unsaved.saved));
	page_attr(offer, "time-text", clock_local(req->arena, unsaved.saved));
	page_href(req->page, offer, "href", arena_printf(req->arena, "%s?unsaved=yes", draft_path(req, draft)));
	form.path = arena_printf(req->arena, "%s/unsaved", draft_path(req, draft));
	return form_add(req, offer, &form, NULL);
}

/* POST /write/:id/unsaved, /write/new/unsaved */
enum status
take_forget(struct request *req)
{
	struct draft draft;

	TRY(draft_load(req, &draft));
	TRY(request_write(req, true));
	TRY(unsaved_remove(req->db, req->viewer.user->id, draft.post.id));
	return request_see(req, draft_path(req, &draft));
}
