/* The trash: moving a post there, restoring it, or deleting it permanently. */
#include "post_list.h"

#include "core/str.h"
#include "page/lang/lang.h"
#include "store/post/trash.h"

static const struct field_choice moves[] = { { "put", N_("Move to trash") }, { "restore", N_("Restore") }, { 0 } };

const struct field trash_fields[] = {
	{ .name = "do", .type = FIELD_CHOICE, .max = 10, .required = true, .choices = moves },
	{ 0 },
};

static const char *
path_of(struct request *req, const struct post_form *draft, const char *part)
{
	return arena_printf(req->arena, "%s/write/%lld%s", req->prefix, (long long)draft->post.id, part);
}

/* GET /write/:id/trash: shows the possible actions. */
enum status
show_trash(struct request *req)
{
	struct form form = { .name = "trash", .fields = trash_fields };
	struct post_form draft;
	bool in;

	TRY(post_form_load(req, &draft));
	in = draft.post.trashed != 0;
	TRY(post_list_page(req, "trash", draft.post.title));
	(void)page_text(req->page->root, "note", in ?
		arena_printf(req->arena, _("This post is in the trash, hidden from readers. It will be deleted permanently on %s."),
			lang_date(req->arena, draft.post.trashed + TRASH_SECONDS)) :
		_("Readers can't see a post in the trash, and its URL stops working. You can restore it within 30 days; after "
			"that it is deleted permanently, with all its versions."));
	if (in)
		page_href(req->page, page_element(req->page->root, "delete"), "href", path_of(req, &draft, "/delete"));
	else
		page_href(req->page, page_element(req->page->root, "post-edit"), "href", post_form_path(req, &draft));
	form.path = path_of(req, &draft, "/trash");
	form.buttons = (const struct field_choice[]){ moves[in ? 1 : 0], { 0 } };
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /write/:id/trash */
enum status
take_trash(struct request *req)
{
	const struct user *user = req->viewer.user;
	bool restore = str_equal(request_field(req, "do"), "restore");
	struct post_form draft;

	TRY(request_write(req, false));
	TRY(post_form_load(req, &draft));
	if (!restore) {
		TRY(trash_put(req->db, req->arena, draft.post.id, user->id, req->viewer.now));
		return request_see(req, arena_printf(req->arena, "%s/write", req->prefix));
	}
	if (draft.post.trashed != 0)
		TRY(trash_restore(req->db, req->arena, draft.post.id, user->id, req->viewer.now));
	return request_see(req, post_form_path(req, &draft));
}

/* GET /write/:id/delete: asks for confirmation. */
enum status
show_delete(struct request *req)
{
	struct form form = { .name = "delete" };
	struct post_form draft;

	TRY(post_form_load(req, &draft));
	if (draft.post.trashed == 0)
		return NOT_FOUND;
	TRY(post_list_page(req, "trash", draft.post.title));
	(void)page_text(req->page->root, "note",
		_("The post, its versions and its comments will be deleted permanently. This can't be undone. Images stay in the media library."));
	page_href(req->page, page_element(req->page->root, "back"), "href", path_of(req, &draft, "/trash"));
	form.path = path_of(req, &draft, "/delete");
	form.button = _("Delete permanently");
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /write/:id/delete: only for a post in the trash. */
enum status
take_delete(struct request *req)
{
	struct post_form draft;

	TRY(request_write(req, false));
	TRY(post_form_load(req, &draft));
	TRY(trash_delete(req->db, req->arena, draft.post.id));
	return request_see(req, arena_printf(req->arena, "%s/write?state=trash", req->prefix));
}
