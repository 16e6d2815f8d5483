#include "http/form_back.h"

#include "core/str.h"
#include "http/form.h"
#include "http/response.h"
#include "http/worker.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"

const char form_changed_title[] = N_("Not saved: your permissions have changed");
const char form_changed_advice[] = N_("This form was not saved. Your text is still here. In another window, sign in with an account that "
	"has access, then come back and send this form again.");

/*
 * The fields that the sent form contained; a form need not contain every field of its route. The choices of a merge
 * (form_merge.h) are included as hidden fields.
 */
static const struct field *
typed_fields(struct request *req)
{
	const struct field *all = form_fields(req->arena, req->route->fields);
	size_t own = 0, count = 0, kept = 0;
	struct field *fields;

	while (req->route->fields != NULL && req->route->fields[own].name != NULL)
		own++;
	while (all[count].name != NULL)
		count++;
	fields = arena_array(req->arena, count + 1, sizeof(*fields));
	for (size_t i = 0; i < count; i++) {
		if (form_is_proof(&all[i]) || (all[i].type != FIELD_FILE && request_field(req, all[i].name) == NULL))
			continue;
		fields[kept] = all[i];
		if (i >= own)
			fields[kept].type = FIELD_HIDDEN;
		kept++;
	}
	return fields;
}

/*
 * Shows all typed values on a page that says why nothing was done. button: translated; NULL when sending the form
 * again cannot help.
 */
static enum status
hand_back(struct request *req, const char *title, const char *advice, const char *button)
{
	struct form form = { .name = "again", .path = page_encode_path(req->arena, arena_printf(req->arena, "%s%s", req->prefix, req->path)),
		.fields = typed_fields(req), .button = button, .proof = FORM_STAMP };

	TRY(request_page(req, request_language(req), "sign-in"));
	page_attr(req->page->root, "title", lang_text(title));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", lang_text(title));
	(void)page_text(req->page->root, "advice", lang_text(advice));
	if (form_add(req, req->page->root, &form, NULL) != OK)
		req->page = NULL;
	return FORBIDDEN;
}

enum status
form_return(struct request *req, const char *title, const char *advice)
{
	return hand_back(req, title, advice, _("Send again"));
}

enum status
form_return_changed(struct request *req)
{
	db_end(req->db);
	req->once = ONCE_FREE;
	req->page = NULL;
	req->cookie = NULL;
	req->device_cookie = NULL;
	req->guest_cookie = NULL;
	req->problems = NULL;
	TRY(db_set_query_only(req->db, true));
	TRY(db_begin_read(req->db));
	return form_return(req, form_changed_title, form_changed_advice);
}

/* Shows the form's own page with all typed values. If that page no longer exists, shows the values alone. */
static void
show_again(struct request *req)
{
	enum status status = req->route->again(req);

	if (status == OK)
		return;
	req->page = NULL;
	if (status != NOT_FOUND)
		return;
	req->problems = NULL;
	if (hand_back(req, N_("Not saved: this no longer exists"),
		N_("What this form edits was deleted, or you can no longer edit it. Nothing was saved. Your text is below: copy what you need."), NULL)
		!= FORBIDDEN)
		req->page = NULL;
}

enum status
dispatch_again(struct worker *worker, struct request *req, enum status status)
{
	if (worker->db == NULL || req->route == NULL || req->route->again == NULL || req->fields == NULL ||
		db_is_broken(worker->db))
		return status;
	db_end(worker->db);
	if (req->once == ONCE_CLAIMED)
		req->once = ONCE_FREE; /* nothing was saved */
	req->page = NULL;
	req->cookie = NULL;
	req->device_cookie = NULL;
	req->guest_cookie = NULL;
	/* An invalid or too long value is reported beside its field. */
	if (req->problems == NULL && status != INVALID && status != TOO_LARGE) {
		const struct response_status *meaning = response_status(status);
		(void)form_wrong(req, "", arena_printf(req->arena, _("%s. %s"), _(meaning->title), _(meaning->advice)));
	}
	if (db_set_query_only(req->db, true) == OK && db_begin_read(req->db) == OK)
		show_again(req);
	return status;
}
