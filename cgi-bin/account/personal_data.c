/* A user's own data: view, download, delete. */
#include "account.h"

#include "core/password.h"
#include "core/str.h"
#include "page/lang/lang.h"
#include "page/account/personal_data_json.h"
#include "store/auth/credential.h"
#include "store/auth/second_factor.h"
#include "store/account/user_delete.h"
#include "store/account/personal_data.h"

static enum status
begin_page(struct request *req, const char *name, const char *title)
{
	req->no_store = true;
	TRY(request_page(req, request_language(req), name));
	page_attr(req->page->root, "title", lang_text(title));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", lang_text(title));
	page_href(req->page, page_element(req->page->root, "back"), "href", account_path(req, "/account"));
	return OK;
}

/* GET /account/data */
enum status
show_personal_data(struct request *req)
{
	xmlNodePtr list;

	TRY(begin_page(req, "personal-data", N_("Your data")));
	list = page_element(req->page->root, "counts");
	for (const struct personal_data_table *table = personal_data_tables; table->table != NULL; table++) {
		struct personal_data_record *records;
		size_t count;
		bool more;
		xmlNodePtr item;
		if (table->columns == NULL)
			continue;
		TRY(personal_data_list(req->db, req->arena, table, req->viewer.user, &records, &count, &more));
		item = page_text(list, "item", lang_text(table->what));
		page_attr(item, "count", arena_printf(req->arena, more ? "%zu+" : "%zu", count));
	}
	page_href(req->page, page_element(req->page->root, "file"), "href", account_path(req, "/account/data.json"));
	page_href(req->page, page_element(req->page->root, "delete-account"), "href", account_path(req, "/account/delete"));
	return OK;
}

/* GET /account/data.json */
enum status
send_personal_data(struct request *req)
{
	char *bytes;

	req->no_store = true;
	TRY(personal_data_json_write(req->db, req->arena, req->viewer.user, &bytes, &req->body_length));
	req->body = bytes;
	req->content_type = "application/json";
	req->sending.name = "account.json";
	return OK;
}

/* --- deleting the account ------------------------------------------------------------ */

static const struct field_choice comment_choices[] = {
	{ "keep", N_("Keep my comments, without my name") }, { "delete", N_("Delete my comments too") }, { 0 },
};

/* The last one is left out for users without comments. The others are those of proof_fields. */
const struct field delete_fields[] = {
	{ .name = "self", .type = FIELD_SECRET, .max = PASSWORD_MAX, .required = true, .label = N_("Your password, or a code from your authenticator app"),
		.autocomplete = "current-password" },
	{ .name = "comments", .type = FIELD_CHOICE, .max = 10, .label = N_("Your comments"), .choices = comment_choices,
		.help = N_("Where others have replied to a deleted comment, its place stays, marked as deleted.") },
	{ 0 },
};

/* GET /account/delete; also shows a rejected form again. */
enum status
show_account_delete(struct request *req)
{
	struct form form = { .name = "delete-account", .path = account_path(req, "/account/delete"), .fields = proof_fields, .button = _("Delete account permanently") };
	const struct user *user = req->viewer.user;
	xmlNodePtr leave;
	const char *hash;
	bool has_posts, has_comments, on;
	enum status status;

	TRY(user_delete_has_comments(req->db, user->id, &has_comments));
	if (has_comments)
		form.fields = delete_fields;
	TRY(begin_page(req, "delete-account", N_("Delete account")));
	leave = page_element(req->page->root, "delete-account");
	TRY(user_delete_has_posts(req->db, user->id, &has_posts));
	if (has_posts)
		page_attr(leave, "posts", "yes");
	TRY(second_factor_is_on(req->db, user->id, &on));
	status = credential_password(req->db, req->arena, user->id, &hash);
	if (status != NOT_FOUND)
		TRY(status);
	if (status == NOT_FOUND && !on)
		page_attr(leave, "unconfirmed", "yes");
	else
		TRY(form_add(req, req->page->root, &form, NULL));
	return OK;
}

static enum status
keep_owner(struct request *req)
{
	return form_wrong(req, "", _("The site needs an owner. Make someone else an owner first."));
}

/* POST /account/delete */
enum status
take_account_delete(struct request *req)
{
	enum status status;
	bool needed;

	/* Checked first, because prove_self() uses up a recovery code. */
	TRY(user_delete_is_needed(req->db, req->viewer.user, &needed));
	if (needed)
		return keep_owner(req);
	TRY(prove_self(req));
	TRY(request_write(req, false));
	status = user_delete(req->db, req->arena, req->viewer.user, _("Former author"),
		str_equal(request_field(req, "comments"), "delete"), req->viewer.now);
	if (status == INVALID)
		return keep_owner(req);
	TRY(status);
	req->cookie = "";
	return request_see(req, account_path(req, "/"));
}
