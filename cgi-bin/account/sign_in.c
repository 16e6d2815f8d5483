/* Signing in with a password or a link, and signing out. */
#include "account.h"

#include <string.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/password.h"
#include "core/str.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "store/auth/device_cookie.h"
#include "store/auth/credential.h"
#include "store/auth/sign_in_link.h"
#include "store/auth/throttle_count.h"
#include "store/auth/session.h"
#include "store/auth/session_cookie.h"

const struct field next_fields[] = {
	{ .name = "next", .type = FIELD_HIDDEN, .max = NEXT_MAX },
	{ 0 },
};

const struct field sign_in_fields[] = {
	{ .name = "email", .type = FIELD_EMAIL, .max = 254, .required = true, .label = N_("Email address"),
		.autocomplete = "username" },
	{ .name = "password", .type = FIELD_SECRET, .max = PASSWORD_MAX, .required = true, .label = N_("Password"),
		.autocomplete = "current-password" },
	{ .name = "next", .type = FIELD_HIDDEN, .max = NEXT_MAX },
	{ 0 },
};

const char *
account_path(struct request *req, const char *path)
{
	return arena_printf(req->arena, "%s%s", req->prefix, path);
}

/*
 * Whether a path has a "." or ".." segment. Browsers resolve those (RFC 3986, 5.2.4) and could leave the path below
 * which the site is.
 */
static bool
has_dots(const char *path)
{
	while (*path != '\0') {
		size_t length = strcspn(path, "/");
		if ((length == 1 || length == 2) && strspn(path, ".") >= length)
			return true;
		path += length;
		path += *path == '/';
	}
	return false;
}

const char *
next_path(struct request *req)
{
	const char *next = request_field(req, "next");

	if (str_empty(next) || *next != '/' || has_dots(next))
		return account_path(req, "/account");
	return page_encode_path(req->arena, next);
}

static enum status
begin_page(struct request *req, const char *name, const char *title)
{
	req->no_store = true;
	TRY(request_page(req, request_language(req), name));
	page_attr(req->page->root, "title", lang_text(title));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", lang_text(title));
	return OK;
}

enum status
sign_in_begin(struct request *req, const struct user *user)
{
	const char *token;

	if (req->viewer.user != NULL) {
		enum status ended = session_end(req->db, req->viewer.user->id, session_id(req->arena, req->token));
		if (ended != NOT_FOUND)
			TRY(ended);
	}
	TRY(session_sweep(req->db, req->viewer.now));
	TRY(session_add(req->db, req->arena, user->id, req->viewer.now + SESSION_SECONDS, req->agent, &token));
	TRY(device_cookie_add(req->db, req->arena, req->device, user->email, req->viewer.now, &req->device_cookie));
	return session_cookie_add(req->db, req->arena, token, req->viewer.now, &req->cookie);
}

/* --- with a password ------------------------------------------------------------ */

/* GET /sign-in; also shows a rejected form again. */
enum status
show_sign_in(struct request *req)
{
	struct form form = { .name = "sign-in", .path = account_path(req, "/sign-in"), .fields = sign_in_fields, .proof = FORM_STAMP };
	const char *values[] = { "next", request_field(req, "next"), NULL };

	if (req->viewer.user != NULL && str_equal(req->method, "GET"))
		return request_see(req, next_path(req));
	TRY(begin_page(req, "sign-in", N_("Sign in")));
	form.button = _("Sign in");
	TRY(form_add(req, req->page->root, &form, values));
	return add_sign_in_mail(req);
}

/* The hash to check a password against; NULL for an account that does not exist, is disabled or has no password. */
static enum status
hash_of(struct request *req, const char *email, struct user *ret_user, const char **ret_hash)
{
	enum status status;

	TRY(db_begin_read(req->db));
	*ret_hash = NULL;
	status = user_by_email(req->db, req->arena, email, ret_user);
	if (status == OK && !ret_user->disabled)
		status = credential_password(req->db, req->arena, ret_user->id, ret_hash);
	db_end(req->db);
	return status == NOT_FOUND ? OK : status;
}

/* POST /sign-in. Whether an account exists changes neither the answer nor the time. */
enum status
take_sign_in(struct request *req)
{
	const char *email = user_address_key(req->arena, request_field(req, "email")), *hash, *same;
	char *fresh = NULL;
	struct throttle throttle;
	struct file_lock *lock;
	struct user user;
	bool right, stale;

	TRY(throttle_of_browser(req, email, email, &throttle));
	TRY(throttle_check(req, &throttle, false));
	TRY(throttle_password_lock(req, throttle.own, &lock));
	TRY(throttle_count(req, &throttle, false));
	TRY(hash_of(req, email, &user, &hash));
	/* No transaction is open, because this takes as long as a hundred pages. */
	TRY(password_check(hash, request_field(req, "password"), &right, &stale));
	if (!right)
		return form_wrong(req, "", _("The email address or password is incorrect. Try again."));
	if (stale)
		TRY(password_hash(req->arena, request_field(req, "password"), &fresh));
	file_lock_release(lock);
	TRY(request_write(req, true));
	/* The password may have been changed or the account disabled during the check. */
	TRY(user_by_id(req->db, req->arena, user.id, &user));
	TRY(credential_password(req->db, req->arena, user.id, &same));
	if (user.disabled || !str_equal(same, hash))
		return form_wrong(req, "", _("The email address or password is incorrect. Try again."));
	if (fresh != NULL)
		TRY(credential_renew_password(req->db, user.id, fresh));
	TRY(throttle_forget(req, &throttle));
	return sign_in_finish(req, &user, BY_PASSWORD, next_path(req));
}

/* --- with a link ----------------------------------------------------------------- */

/* GET /sign-in/:token. Mail scanners follow links, so only the button uses the link. */
enum status
show_sign_in_link(struct request *req)
{
	struct form form = { .name = "sign-in-link", .proof = FORM_STAMP };
	struct user user;

	req->no_store = true;
	TRY(sign_in_link_user(req->db, req->arena, route_text(req, 0), req->viewer.now, &user));
	TRY(begin_page(req, "sign-in", N_("Sign in")));
	form.path = account_path(req, arena_printf(req->arena, "/sign-in/%s", page_encode(req->arena, route_text(req, 0))));
	form.button = arena_printf(req->arena, _("Sign in as %s"), user.name);
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /sign-in/:token */
enum status
take_sign_in_link(struct request *req)
{
	struct user user;

	TRY(request_write(req, true));
	TRY(sign_in_link_use(req->db, req->arena, route_text(req, 0), req->viewer.now, &user));
	return sign_in_finish(req, &user, BY_LINK, account_path(req, "/account"));
}

/* --- signing out ------------------------------------------------------------------ */

/* POST /sign-out */
enum status
take_sign_out(struct request *req)
{
	enum status status;

	TRY(request_write(req, true));
	status = session_end(req->db, req->viewer.user->id, session_id(req->arena, req->token));
	if (status != NOT_FOUND) /* already signed out in another window */
		TRY(status);
	req->cookie = "";
	return request_see(req, account_path(req, "/"));
}
