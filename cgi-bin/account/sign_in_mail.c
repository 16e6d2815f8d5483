/*
 * Signing in by what stands in an email: a link, or a short code for the page that asked. Whether an account exists changes neither what
 * is answered nor what is done, except for the one row that an email to nobody would be.
 *
 * Emails to one address are bounded, and nobody is kept out by that: whoever asks while the mailbox is spared gets the same answer, and
 * the newest email's link and code work for them too. A browser that signed in before has emails of its own (throttle.h).
 */
#include "account.h"

#include "core/str.h"
#include "core/text.h"
#include "shared/mail_templates.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "store/auth/credential.h"
#include "store/user/invitation.h"
#include "store/mail/outbox.h"

const struct field mail_fields[] = {
	{ .name = "email", .type = FIELD_EMAIL, .max = 254, .required = true, .label = N_("Email address"), .autocomplete = "username" },
	{ .name = "next", .type = FIELD_HIDDEN, .max = NEXT_MOST },
	{ 0 },
};

const struct field mail_code_fields[] = {
	{ .name = "code", .type = FIELD_LINE, .max = 20, .required = true, .label = N_("Code from the email"),
		.autocomplete = "one-time-code" },
	{ 0 },
};

/* The link of somebody who joins: whoever reads the email says what the account is called. */
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

/* --- asking for a mail -------------------------------------------------------------- */

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
lane_of(struct request *req, const char *address, bool joins, struct throttle *ret_throttle)
{
	return throttle_of_browser(req, credential_mail_name(req->arena, address, joins), address, ret_throttle);
}

enum status
mail_try(struct request *req, const char *address, bool joins)
{
	struct throttle throttle;

	TRY(lane_of(req, address, joins, &throttle));
	return throttle_count_network(req, &throttle);
}

/*
 * Whether an email may be sent now, which is counted; and how long it must be good for: until the next one may be. While the mailbox is
 * spared, there must be an email that works: when the newest one was used or ended, another is sent.
 */
static enum status
may_send(struct request *req, const struct email_verification *verification, const char *about, const char *address, bool joins, bool *ret_may,
	int64_t *ret_seconds)
{
	int64_t now = req->viewer.now, wait;
	struct throttle throttle;
	bool mailed;

	*ret_seconds = EMAIL_VERIFICATION_SECONDS;
	TRY(lane_of(req, address, joins, &throttle));
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

/* What this row's page shares codes with. An invitation stands apart: it gives a role that nobody gets without its link. */
static const char *
about_of(struct request *req, const struct email_verification *verification, const char *address, bool joins)
{
	return arena_printf(req->arena, "%s %s", credential_mail_name(req->arena, address, joins), verification->invitation == NULL ? "" : verification->invitation);
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
		TRY(mail_template_auth(req, !joins ? MAIL_SIGN_IN : known ? MAIL_KNOWN : MAIL_JOIN, address, &keys, verification->expires, &mail));
		if (is_nobody)
			TRY(mail_take_back(req->db, mail));
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

/* --- what the mail finishes ---------------------------------------------------------- */

/* What the account that is to be made may do. An invitation is used up by it; without one only members are made, where that is open. */
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

/* The account that is to be made; or, when somebody made one with this address meanwhile, that one: the mail proves whose it is. */
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

/* The one that was sent for this did what it was for: it does not count. */
static enum status
take_back_mail(struct request *req, const struct user *user, bool joins)
{
	struct throttle throttle;

	TRY(lane_of(req, user->email, joins, &throttle));
	TRY(throttle_subtract(req->db, req->arena, THROTTLE_MAIL, throttle.name));
	return throttle.own ? OK : throttle_subtract(req->db, req->arena, THROTTLE_NETWORK, throttle_network(req->arena, req->address));
}

/* Inside the write transaction, after the email's row was used. */
static enum status
finish(struct request *req, const struct email_verification *verification)
{
	bool joins = *verification->email != '\0';
	/* Somebody new has no password yet: the first page that they see offers to set one. */
	const char *next = *verification->next == '\0' ? account_path(req, joins ? "/account#password" : "/account") : verification->next;
	struct user user;

	if (verification->user_id != 0)
		TRY(user_by_id(req->db, req->arena, verification->user_id, &user));
	else if (joins)
		TRY(make_account(req, verification, &user));
	else
		return NOT_FOUND; /* nobody was ever told this link or this code */
	if (user.disabled)
		return NOT_FOUND;
	TRY(take_back_mail(req, &user, joins));
	return sign_in_finish(req, &user, BY_LINK, next);
}

/* GET /sign-in/code/:token, the page that follows; and the same with a code that is none. */
enum status
show_mail_code(struct request *req)
{
	struct form form = { .name = "mail-code", .proof = FORM_STAMP, .fields = mail_code_fields, .button = _("Continue") };
	struct email_verification verification;

	req->no_store = true;
	TRY(email_verification_by_page(req->db, req->arena, route_text(req, 0), req->viewer.now, &verification));
	TRY(begin_page(req, "sign-in-mail", _("Check your inbox")));
	(void)page_text(req->page->root, "advice", _("If this address can be used here, we have sent an email to it."
		" Open its link, or enter its code here. If you asked more than once, use the newest email."));
	page_href(req->page, page_element(req->page->root, "back"), "href", account_path(req, "/sign-in"));
	form.path = account_path(req, arena_printf(req->arena, "/sign-in/code/%s", page_encode(req->arena, route_text(req, 0))));
	return form_add(req, req->page->root, &form, NULL);
}

/*
 * POST /sign-in/code/:token. Wrong codes are counted in the transaction that looks, so that many at once are no more than five. What this
 * page began is what is done, with the code of any email that it may wait for; both are used up, so that of many at once one gets in.
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
		? _("Too many wrong codes: codes do not work any more. Open the link in the email, or ask for another email later.")
		: _("This is not the code of the newest email."));
}

/* GET /sign-in/email/:token, and the same again. Programs that look into mail follow links: only the button uses one. */
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
