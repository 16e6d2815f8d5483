/* A user's own account: the password, and the browsers that are signed in. */
#include "account.h"

#include <string.h>

#include "core/clock.h"
#include "core/password.h"
#include "core/str.h"
#include "shared/user_agent.h"
#include "page/lang/lang.h"
#include "store/auth/credential.h"
#include "store/auth/second_factor.h"
#include "store/auth/session.h"

const struct field password_fields[] = {
	{ .name = "old", .type = FIELD_SECRET, .max = PASSWORD_MAX, .label = N_("Current password"),
		.autocomplete = "current-password" },
	{ .name = "new", .type = FIELD_SECRET, .max = PASSWORD_MAX, .required = true, .label = N_("New password"),
		.autocomplete = "new-password" },
	{ 0 },
};
/* For a user without a password: there is no current one to ask for. */
static const struct field first_fields[] = {
	{ .name = "new", .type = FIELD_SECRET, .max = PASSWORD_MAX, .required = true, .label = N_("New password"),
		.autocomplete = "new-password" },
	{ 0 },
};

const struct field device_fields[] = {
	{ .name = "session", .type = FIELD_HIDDEN, .max = 64 },
	{ 0 },
};

static enum status
add_devices(struct request *req)
{
	struct form form = { .name = "end-session", .path = account_path(req, "/account/devices"), .fields = device_fields, .button = _("Sign out") };
	const char *own = session_id(req->arena, req->token);
	struct session *sessions;
	size_t count;
	xmlNodePtr devices = page_element(req->page->root, "devices");

	TRY(session_list(req->db, req->arena, req->viewer.user->id, req->viewer.now, &sessions, &count));
	for (size_t i = 0; i < count; i++) {
		xmlNodePtr device = page_element(devices, "device");
		const char *values[] = { "session", sessions[i].id, NULL };
		page_attr(device, "name", user_agent_name(req->arena, sessions[i].agent));
		page_date(req->page, device, "since", sessions[i].created);
		if (str_equal(sessions[i].id, own))
			page_attr(device, "current", "yes");
		else
			TRY(form_add(req, device, &form, values));
	}
	form.name = "end-others";
	form.button = _("Sign out of all other devices");
	return count > 1 ? form_add(req, devices, &form, NULL) : OK;
}

static enum status
add_password(struct request *req)
{
	struct form form = { .name = "password", .path = account_path(req, "/account/password"), .fields = password_fields, .button = _("Change password") };
	const char *hash;
	enum status status = credential_password(req->db, req->arena, req->viewer.user->id, &hash);

	if (status == NOT_FOUND) {
		form.fields = first_fields;
		form.button = _("Set password");
	} else {
		TRY(status);
	}
	return form_add(req, req->page->root, &form, NULL);
}

/* Adds the links to the pages below this one, and whether two-factor authentication is on. */
static enum status
add_more(struct request *req, xmlNodePtr account)
{
	bool on;

	TRY(second_factor_is_on(req->db, req->viewer.user->id, &on));
	page_attr(account, "second-factor", on ? "on" : "off");
	page_href(req->page, account, "second-factor-href", account_path(req, "/account/second-factor"));
	page_href(req->page, account, "data-href", account_path(req, "/account/data"));
	return OK;
}

/* GET /account; also shows a rejected form again. */
enum status
show_account(struct request *req)
{
	struct form form = { .name = "sign-out", .path = account_path(req, "/sign-out") };
	const struct user *user = req->viewer.user;
	xmlNodePtr account;

	TRY(request_page(req, request_language(req), "profile"));
	page_attr(req->page->root, "title", _("Account"));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", user->name);
	account = page_element(req->page->root, "account");
	page_attr(account, "email", user->email);
	page_attr(account, "role", user->role);
	TRY(add_more(req, account));
	TRY(add_devices(req));
	TRY(add_password(req));
	TRY(add_reply_preference(req));
	form.button = _("Sign out");
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /account/password. Signs out all other browsers. */
enum status
take_password(struct request *req)
{
	const struct user *user = req->viewer.user;
	const char *password = request_field(req, "new"), *problem = password_problem(password, user->email);
	struct file_lock *lock;
	char *hash;

	TRY(prove_password(req, "old", _("The current password is incorrect. Try again.")));
	if (problem != NULL)
		return form_wrong(req, "new", lang_text(problem));
	db_end(req->db);
	TRY(throttle_password_lock(req, true, &lock));
	TRY(password_hash(req->arena, password, &hash));
	file_lock_release(lock);
	TRY(request_write(req, true));
	TRY(credential_change_password(req->db, user->id, hash, req->viewer.now, session_id(req->arena, req->token)));
	return request_see(req, account_path(req, "/account#saved"));
}

/* POST /account/devices: ends one of the user's own sessions, or all others. */
enum status
take_devices(struct request *req)
{
	const char *id = request_field(req, "session");
	enum status status;

	TRY(request_write(req, true));
	if (str_empty(id))
		status = credential_sign_out_others(req->db, req->viewer.user->id, session_id(req->arena, req->token));
	else
		status = session_end(req->db, req->viewer.user->id, id);
	if (status != NOT_FOUND)
		TRY(status);
	return request_see(req, account_path(req, "/account"));
}
