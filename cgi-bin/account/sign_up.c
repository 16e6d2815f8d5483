/* Signing up: openly, after confirming an email address, or with an invitation. */
#include "account.h"

#include "core/password.h"
#include "core/str.h"
#include "core/text.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "store/auth/credential.h"
#include "store/auth/throttle_count.h"
#include "store/user/invitation.h"
#include "store/setting/setting.h"

#define NAME_FIELD { .name = "name", .type = FIELD_LINE, .max = 100, .required = true, .label = N_("Name"), .autocomplete = "name" }
#define EMAIL_FIELD \
	{ .name = "email", .type = FIELD_EMAIL, .max = 254, .required = true, .label = N_("Email address"), .autocomplete = "username" }

/* No password: who owns the address is not known yet, so its password must not be set here. */
const struct field sign_up_fields[] = { NAME_FIELD, EMAIL_FIELD, { 0 } };

/* For an invitation with an address: its link was sent to that address. */
const struct field invited_fields[] = {
	NAME_FIELD, EMAIL_FIELD,
	{ .name = "password", .type = FIELD_SECRET, .max = PASSWORD_MAX, .label = N_("Password"), .autocomplete = "new-password",
		.help = N_("Optional. Without a password, you sign in with a link sent by email.") },
	{ 0 },
};

bool
sign_up_is_open(const struct request *req)
{
	return str_equal(setting_value(req->settings, "registration", ""), "open");
}

bool
sign_up_is_possible(const struct request *req)
{
	return !str_equal(setting_value(req->settings, "registration", ""), "off");
}

static enum status
begin_page(struct request *req)
{
	req->no_store = true;
	TRY(request_page(req, request_language(req), "sign-up"));
	page_attr(req->page->root, "title", _("Sign up"));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", _("Sign up"));
	page_href(req->page, page_element(req->page->root, "back"), "href", account_path(req, "/sign-in"));
	return OK;
}

/* Checks name and address, and returns the address. */
static enum status
read_person(struct request *req, const char **ret_address)
{
	const char *address = user_address(req->arena, request_field(req, "email"));

	if (*text_collapse(req->arena, request_field(req, "name")) == '\0')
		return form_wrong(req, "name", _("Required"));
	if (address == NULL)
		return form_wrong(req, "email", _("Enter an email address such as name@example.com."));
	*ret_address = address;
	return OK;
}

/* The hash of the typed password; "" for none. Closes the transaction, because hashing takes long. */
static enum status
read_password(struct request *req, const char *address, const char **ret_hash)
{
	const char *password = request_field(req, "password"), *problem;
	struct file_lock *lock;
	char *hash;

	*ret_hash = "";
	if (str_empty(password))
		return OK;
	problem = password_problem(password, address);
	if (problem != NULL)
		return form_wrong(req, "password", lang_text(problem));
	db_end(req->db);
	TRY(throttle_password_lock(req, false, &lock));
	TRY(password_hash(req->arena, password, &hash));
	file_lock_release(lock);
	*ret_hash = hash;
	return OK;
}

/* Only the email reveals whether the address has an account. Call it inside a write transaction. */
static enum status
ask_by_mail(struct request *req, struct email_verification *verification, const char *address)
{
	struct user user;
	enum status found = user_by_email(req->db, req->arena, address, &user);

	if (found == NOT_FOUND) {
		verification->email = address;
	} else {
		TRY(found);
		verification->user_id = user.disabled ? 0 : user.id;
	}
	return mail_begin(req, verification, address, true);
}

/* --- without an invitation ---------------------------------------------------------------- */

/* GET /sign-up; also shows a rejected form again. */
enum status
show_sign_up(struct request *req)
{
	struct form form = { .name = "sign-up", .path = account_path(req, "/sign-up"), .fields = sign_up_fields, .proof = FORM_STAMP,
		.button = _("Sign up") };

	if (!sign_up_is_open(req))
		return NOT_FOUND;
	TRY(begin_page(req));
	(void)page_text(req->page->root, "advice", _("We'll email you a link. Your account is created when you use it."));
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /sign-up. The account is created when the email's link or code is used. */
enum status
take_sign_up(struct request *req)
{
	const char *address;
	struct email_verification verification = { .name = request_field(req, "name") };

	if (!sign_up_is_open(req))
		return NOT_FOUND;
	TRY(read_person(req, &address));
	TRY(mail_try(req, address, true));
	TRY(request_write(req, true));
	return ask_by_mail(req, &verification, address);
}

/* --- with an invitation ---------------------------------------------------------------------- */

static enum status
need_invitation(struct request *req, struct invitation *ret_invitation)
{
	req->no_store = true;
	if (!sign_up_is_possible(req))
		return NOT_FOUND;
	return invitation_by_token(req->db, req->arena, route_text(req, 0), req->viewer.now, ret_invitation);
}

/* GET /invitation/:token; also shows a rejected form again. */
enum status
show_invited(struct request *req)
{
	struct form form = { .name = "sign-up", .proof = FORM_STAMP, .button = _("Create account") };
	struct invitation invitation;
	const char *values[] = { "email", NULL, NULL };

	TRY(need_invitation(req, &invitation));
	TRY(begin_page(req));
	(void)page_text(req->page->root, "advice", *invitation.inviter == '\0' ? _("You have been invited.")
		: arena_printf(req->arena, _("%s has invited you."), invitation.inviter));
	form.path = account_path(req, arena_printf(req->arena, "/invitation/%s", page_encode(req->arena, route_text(req, 0))));
	form.fields = *invitation.email == '\0' ? sign_up_fields : invited_fields;
	values[1] = invitation.email;
	return form_add(req, req->page->root, &form, *invitation.email == '\0' ? NULL : values);
}

/*
 * POST /invitation/:token. The role comes from the invitation, not from the form, and the invitation works once, even for
 * parallel requests. For the invited address the link is proof enough. Any other address must be confirmed by email
 * first: otherwise the link would reveal who has an account, and create accounts under other people's addresses.
 */
enum status
take_invited(struct request *req)
{
	const char *address, *hash = "";
	struct invitation invitation;
	struct email_verification verification = { .name = request_field(req, "name") };
	struct user user = { .name = verification.name, .bio = "", .created = req->viewer.now };
	enum status status;
	int64_t id;

	TRY(need_invitation(req, &invitation));
	TRY(read_person(req, &address));
	if (str_equal(address, invitation.email)) {
		TRY(read_password(req, address, &hash));
	} else {
		if (!str_empty(request_field(req, "password")))
			return form_wrong(req, "password", _("If you sign up with a different address than the invited one, leave this empty and set "
				"a password after signing in."));
		TRY(mail_try(req, address, true));
	}
	TRY(request_write(req, false));
	TRY(need_invitation(req, &invitation));
	if (!str_equal(address, invitation.email)) {
		verification.invitation = invitation.id;
		return ask_by_mail(req, &verification, address);
	}
	TRY(invitation_remove(req->db, invitation.id));
	user.email = address;
	user.role = invitation.role;
	status = user_add(req->db, req->arena, &user, false, &id);
	if (status == CONFLICT)
		return form_wrong(req, "email", _("An account with this email address already exists."));
	TRY(status);
	if (*hash != '\0')
		TRY(credential_change_password(req->db, id, hash, req->viewer.now, ""));
	TRY(user_by_id(req->db, req->arena, id, &user));
	return sign_in_finish(req, &user, BY_LINK, account_path(req, "/account"));
}
