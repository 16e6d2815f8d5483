/*
 * Signing in with an email: its link, or its short code on the page that requested it. Whether an account exists
 * changes neither the response nor the work, except for the one row of an email that would go to nobody.
 *
 * The number of emails to one address is limited. The limit locks nobody out: while it is reached, requests get the
 * same response, and the newest email's link and code work for them too. A browser that signed in before has its
 * own limit (throttle.h).
 */
#include "account.h"

#include "core/str.h"
#include "core/text.h"
#include "shared/mail_templates.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "store/auth/throttle_count.h"
#include "store/user/invitation.h"
#include "store/mail/outbox.h"

const struct field mail_fields[] = {
	{ .name = "email", .type = FIELD_EMAIL, .max = 254, .required = true, .label = N_("Email address"), .autocomplete = "username" },
	{ .name = "next", .type = FIELD_HIDDEN, .max = NEXT_MAX },
	{ 0 },
};

const struct field mail_code_fields[] = {
	{ .name = "code", .type = FIELD_LINE, .max = 20, .required = true, .label = N_("Code from the email"),
		.autocomplete = "one-time-code" },
	{ 0 },
};

/* The link for a new account: the reader of the email chooses the account's name. */
const struct field mail_link_fields[] = {
	{ .name = "name", .type = FIELD_LINE, .max = 100, .label = N_("Name"), .autocomplete = "name" },
	{ 0 },
};

static enum status
begin_page(struct request *req, const char *name, const char *title)
{
	req->no_store = true;
	TRY(request_page(req, request_language(req), name));
	page_attr(req->page->root, "title", title);
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", title);
	return OK;
}

/* --- requesting an email ------------------------------------------------------------ */

enum status
add_sign_in_mail(struct request *req)
{
	struct form form = { .name = "sign-in-mail", .path = account_path(req, "/sign-in/email"), .fields = mail_fields,
		.proof = FORM_STAMP, .button = _("Email me a sign-in link") };
	const char *values[] = { "next", request_field(req, "next"), NULL };

	if (sign_up_is_open(req))
		page_href(req->page, page_element(req->page->root, "sign-up"), "href", account_path(req, "/sign-up"));
	return form_add(req, req->page->root, &form, values);
}

static enum status
throttle_of(struct request *req, const char *address, bool joins, struct throttle *ret_throttle)
{
	return throttle_of_browser(req, throttle_mail_name(req->arena, address, joins), address, ret_throttle);
}

enum status
mail_try(struct request *req, const char *address, bool joins)
{
	struct throttle throttle;

	TRY(throttle_of(req, address, joins, &throttle));
	return throttle_count_network(req, &throttle);
}

/*
 * Whether an email may be sent now; if so it is counted. *ret_seconds: how long it must be valid, which is until
 * the next one may be sent. While the limit is reached there must be a usable email: if the newest one was used or
 * has expired, another is sent.
 */
static enum status
may_send(struct request *req, const struct email_verification *verification, const char *about, const char *address, bool joins, bool *ret_may,
	int64_t *ret_seconds)
{
	int64_t now = req->viewer.now, wait;
	struct throttle throttle;
	bool mailed;

	*ret_seconds = EMAIL_VERIFICATION_SECONDS;
	TRY(throttle_of(req, address, joins, &throttle));
	TRY(throttle_wait(req->db, req->arena, THROTTLE_MAIL, throttle.name, now, &wait));
	TRY(email_verification_is_mailed(req->db, req->arena, about, verification->user_id, now, &mailed));
	*ret_may = wait == 0 || !mailed;
	if (!*ret_may)
		return OK;
	TRY(throttle_add(req->db, req->arena, THROTTLE_MAIL, throttle.name, now));
	TRY(throttle_wait(req->db, req->arena, THROTTLE_MAIL, throttle.name, now, &wait));
	if (wait > EMAIL_VERIFICATION_SECONDS)
		*ret_seconds = wait;
	return OK;
}

/*
 * The group of rows that share codes. An invitation has a group of its own, because its role is only for users of
 * its link.
 */
static const char *
about_of(struct request *req, const struct email_verification *verification, const char *address, bool joins)
{
	return arena_printf(req->arena, "%s %s", throttle_mail_name(req->arena, address, joins), verification->invitation == NULL ? "" : verification->invitation);
}

enum status
mail_begin(struct request *req, struct email_verification *verification, const char *address, bool joins)
{
	bool known = verification->user_id != 0, is_nobody = !known && str_empty(verification->email), may;
	const char *about = about_of(req, verification, address, joins);
	struct email_verification_keys keys;
	int64_t seconds, mail;

	TRY(may_send(req, verification, about, address, joins, &may, &seconds));
	verification->created = req->viewer.now;
	verification->expires = req->viewer.now + seconds;
	verification->mailed = may;
	TRY(email_verification_add(req->db, req->arena, about, verification, &keys));
	if (may) {
		TRY(mail_template_auth(req, !joins ? MAIL_SIGN_IN : known ? MAIL_KNOWN : MAIL_SIGN_UP, address, &keys, verification->expires, &mail));
		if (is_nobody)
			TRY(mail_cancel(req->db, mail));
	}
	return request_see(req, account_path(req, arena_printf(req->arena, "/sign-in/code/%s", keys.page)));
}

/* POST /sign-in/email */
enum status
take_mail(struct request *req)
{
	const char *address = user_address(req->arena, request_field(req, "email"));
	struct email_verification verification = { .next = next_path(req) };
	struct user user;
	enum status found;

	if (address == NULL)
		return form_wrong(req, "email", _("Enter an email address such as name@example.com."));
	TRY(mail_try(req, address, false));
	TRY(request_write(req, true));
	found = user_by_email(req->db, req->arena, address, &user);
	if (found == OK && !user.disabled)
		verification.user_id = user.id;
	else if (found != NOT_FOUND)
		TRY(found);
	return mail_begin(req, &verification, address, false);
}

/* --- completing it ------------------------------------------------------------------- */

/* The role of the new account. An invitation is used up; without one the role is member, if sign-up is open. */
static enum status
take_role(struct request *req, const struct email_verification *verification, const char **ret_role)
{
	struct invitation invitation;

	*ret_role = "member";
	if (*verification->invitation == '\0')
		return sign_up_is_open(req) ? OK : NOT_FOUND;
	if (!sign_up_is_possible(req))
		return NOT_FOUND;
	TRY(invitation_by_id(req->db, req->arena, verification->invitation, req->viewer.now, &invitation));
	*ret_role = invitation.role;
	return invitation_remove(req->db, invitation.id);
}

/*
 * Creates the account. If one with this address exists by now, returns that one, since the email proves who owns
 * the address.
 */
static enum status
make_account(struct request *req, const struct email_verification *verification, struct user *ret_user)
{
	struct user user = { .name = verification->name, .email = verification->email, .bio = "", .created = req->viewer.now };
	enum status status = user_by_email(req->db, req->arena, verification->email, ret_user);
	int64_t id;

	if (status != NOT_FOUND)
		return status;
	TRY(take_role(req, verification, &user.role));
	TRY(user_add(req->db, req->arena, &user, false, &id));
	return user_by_id(req->db, req->arena, id, ret_user);
}

/* The email served its purpose, so it no longer counts towards the limits. */
static enum status
take_back_mail(struct request *req, const struct user *user, bool joins)
{
	struct throttle throttle;

	TRY(throttle_of(req, user->email, joins, &throttle));
	TRY(throttle_subtract(req->db, req->arena, THROTTLE_MAIL, throttle.name));
	return throttle.own ? OK : throttle_subtract(req->db, req->arena, THROTTLE_NETWORK, throttle_network(req->arena, req->address));
}

/* Call it inside the write transaction, after the email's row was used. */
static enum status
finish(struct request *req, const struct email_verification *verification)
{
	bool joins = *verification->email != '\0';
	/* A new user has no password; the first page offers to set one. */
	const char *next = *verification->next == '\0' ? account_path(req, joins ? "/account#password" : "/account") : verification->next;
	struct user user;

	if (verification->user_id != 0)
		TRY(user_by_id(req->db, req->arena, verification->user_id, &user));
	else if (joins)
		TRY(make_account(req, verification, &user));
	else
		return NOT_FOUND; /* nobody has received this link or code */
	if (user.disabled)
		return NOT_FOUND;
	TRY(take_back_mail(req, &user, joins));
	return sign_in_finish(req, &user, BY_LINK, next);
}

/* GET /sign-in/code/:token, the next page; also shows it again after a wrong code. */
enum status
show_mail_code(struct request *req)
{
	struct form form = { .name = "mail-code", .proof = FORM_STAMP, .fields = mail_code_fields, .button = _("Continue") };
	struct email_verification verification;

	req->no_store = true;
	TRY(email_verification_by_page(req->db, req->arena, route_text(req, 0), req->viewer.now, &verification));
	TRY(begin_page(req, "sign-in-mail", _("Check your inbox")));
	(void)page_text(req->page->root, "advice", _("If this address can be used here, we've sent an email to it. Open the link in the "
		"email, or enter the code from it below. If you asked more than once, use the newest email."));
	page_href(req->page, page_element(req->page->root, "back"), "href", account_path(req, "/sign-in"));
	form.path = account_path(req, arena_printf(req->arena, "/sign-in/code/%s", page_encode(req->arena, route_text(req, 0))));
	return form_add(req, req->page->root, &form, NULL);
}

/*
 * POST /sign-in/code/:token. Wrong codes are counted in the transaction that checks them, so parallel attempts are
 * limited to five as well. The code may be that of any email for this group of rows; what this page began is
 * completed. Both rows are used up, so only one of several parallel requests succeeds.
 */
enum status
take_mail_code(struct request *req)
{
	struct email_verification verification, mailed;
	enum status status;

	TRY(request_write(req, true));
	TRY(email_verification_by_page(req->db, req->arena, route_text(req, 0), req->viewer.now, &verification));
	status = email_verification_by_code(req->db, req->arena, &verification, request_field(req, "code"), req->viewer.now, &mailed);
	if (status == OK) {
		TRY(email_verification_use(req->db, &mailed));
		if (!str_equal(mailed.id, verification.id))
			TRY(email_verification_use(req->db, &verification));
		return finish(req, &verification);
	}
	if (status == NOT_FOUND) {
		TRY(email_verification_wrong(req->db, &verification));
		TRY(db_commit(req->db));
	} else if (status != TOO_MANY) {
		return status;
	}
	return form_wrong(req, "code", status == TOO_MANY || verification.tries + 1 >= EMAIL_VERIFICATION_TRIES
		? _("Too many wrong codes, so codes no longer work. Open the link in the email, or ask for another email later.")
		: _("This code is incorrect. Enter the one from the newest email."));
}

/*
 * GET /sign-in/email/:token; also shows a rejected form again. Mail scanners follow links, so only the button uses
 * the link.
 */
enum status
show_mail_link(struct request *req)
{
	struct form form = { .name = "sign-in-link", .proof = FORM_STAMP };
	struct email_verification verification;
	const char *values[] = { "name", NULL, NULL };
	bool joins;

	req->no_store = true;
	TRY(email_verification_by_link(req->db, req->arena, route_text(req, 0), req->viewer.now, &verification));
	joins = verification.user_id == 0;
	TRY(begin_page(req, "sign-in", joins ? _("Sign up") : _("Sign in")));
	form.path = account_path(req, arena_printf(req->arena, "/sign-in/email/%s", page_encode(req->arena, route_text(req, 0))));
	form.button = joins ? _("Create account") : _("Sign in");
	form.fields = joins ? mail_link_fields : NULL;
	values[1] = verification.name;
	return form_add(req, req->page->root, &form, joins ? values : NULL);
}

/* POST /sign-in/email/:token */
enum status
take_mail_link(struct request *req)
{
	const char *name = request_field(req, "name");
	struct email_verification verification;

	TRY(request_write(req, true));
	TRY(email_verification_by_link(req->db, req->arena, route_text(req, 0), req->viewer.now, &verification));
	if (verification.user_id == 0) {
		if (str_empty(name) || *text_collapse(req->arena, name) == '\0')
			return form_wrong(req, "name", _("Required"));
		verification.name = name;
	}
	TRY(email_verification_use(req->db, &verification));
	return finish(req, &verification);
}
