/* Turning two-factor authentication on and off, and its recovery codes. */
#include "account.h"

#include <string.h>

#include "core/str.h"
#include "core/totp.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "page/account/qr_code.h"
#include "store/auth/credential.h"
#include "store/auth/throttle_count.h"
#include "store/auth/second_factor.h"
#include "store/auth/session.h"

const struct field confirm_fields[] = {
	{ .name = "code", .type = FIELD_LINE, .max = 20, .required = true, .label = N_("Code"), .autocomplete = "one-time-code",
		.help = N_("The six digits your authenticator app shows for this site.") },
	{ 0 },
};

static const char *
second_factor_path(struct request *req, const char *rest)
{
	return account_path(req, arena_printf(req->arena, "/account/second-factor%s", rest));
}

static enum status
begin_page(struct request *req, xmlNodePtr *ret_second_factor)
{
	const char *setting;

	req->no_store = true;
	TRY(request_page(req, request_language(req), "second-factor"));
	page_attr(req->page->root, "title", _("Two-factor authentication"));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", _("Two-factor authentication"));
	page_href(req->page, page_element(req->page->root, "back"), "href", account_path(req, "/account"));
	*ret_second_factor = page_element(req->page->root, "second-factor");
	setting = setting_value(req->settings, "second_factor", "");
	if (second_factor_is_required(setting, req->viewer.user))
		page_attr(*ret_second_factor, "required", "yes");
	return OK;
}

/* Shows the secret in the three ways that apps accept: QR code, link on the phone itself, text. */
static enum status
add_secret(struct request *req, xmlNodePtr parent, const char *secret)
{
	struct arena *arena = req->arena;
	const char *site = page_encode(arena, request_setting(req, "title")), *email = page_encode(arena, req->viewer.user->email);
	struct form form = { .name = "confirm", .path = second_factor_path(req, "/confirm"), .fields = confirm_fields, .button = _("Turn on") };
	const char *uri = arena_printf(arena, "otpauth://totp/%s:%s?secret=%s&issuer=%s", site, email, secret, site);
	struct str letters = str_init(arena);
	enum status status;

	page_attr(parent, "state", "pending");
	status = qr_code_add(req->page, parent, uri);
	if (status != INVALID) /* the site's title is too long for a QR code; the text remains */
		TRY(status);
	for (size_t i = 0; secret[i] != '\0'; i++)
		str_printf(&letters, i > 0 && i % 4 == 0 ? " %c" : "%c", secret[i]);
	(void)page_text(parent, "secret", letters.bytes);
	page_attr(page_element(parent, "app"), "href", uri);
	return form_add(req, parent, &form, NULL);
}

static enum status
add_begin(struct request *req, xmlNodePtr parent)
{
	struct form form = { .name = "begin", .path = second_factor_path(req, ""), .fields = password_again_fields, .button = _("Set up") };
	const char *hash;
	enum status status = credential_password(req->db, req->arena, req->viewer.user->id, &hash);

	page_attr(parent, "state", "off");
	if (status == NOT_FOUND)
		form.fields = NULL;
	else
		TRY(status);
	return form_add(req, parent, &form, NULL);
}

static enum status
add_on(struct request *req, xmlNodePtr parent, const struct second_factor *second_factor)
{
	struct form codes = { .name = "codes", .path = second_factor_path(req, "/codes"), .fields = proof_fields, .button = _("Generate new recovery codes") },
		off = { .name = "off", .path = second_factor_path(req, "/off"), .fields = proof_fields, .button = _("Turn off") };
	int64_t left;

	page_attr(parent, "state", "on");
	page_date(req->page, parent, "since", second_factor->confirmed);
	TRY(recovery_code_left(req->db, second_factor->user_id, &left));
	page_attr(parent, "left", lang_count(req->arena, "You have %lld recovery code left.", "You have %lld recovery codes left.", left));
	TRY(form_add(req, parent, &codes, NULL));
	return form_add(req, parent, &off, NULL);
}

/* GET /account/second-factor; also shows a rejected form again. */
enum status
show_second_factor(struct request *req)
{
	struct second_factor second_factor;
	enum status status = second_factor_of_user(req->db, req->arena, req->viewer.user->id, &second_factor);
	xmlNodePtr parent;

	if (status != NOT_FOUND)
		TRY(status);
	TRY(begin_page(req, &parent));
	if (status == OK && second_factor.confirmed != 0)
		return add_on(req, parent, &second_factor);
	/*
	 * A secret that was not confirmed in time is not shown again, since somebody else may be using this browser by
	 * then.
	 */
	if (status == OK && req->viewer.now - second_factor.created < SECOND_FACTOR_SETUP_SECONDS)
		return add_secret(req, parent, second_factor.secret);
	return add_begin(req, parent);
}

/*
 * POST /account/second-factor: creates a secret. Asks for the password, if there is one, so that nobody else at an
 * unattended browser can lock out its owner.
 */
enum status
take_begin(struct request *req)
{
	enum status status;

	TRY(prove_password(req, "password", _("The password is incorrect. Try again.")));
	TRY(request_write(req, true));
	status = second_factor_begin(req->db, req->arena, req->viewer.user->id, totp_secret_new(req->arena), req->viewer.now);
	if (status != CONFLICT) /* turned on in another window; the page says so */
		TRY(status);
	return request_see(req, second_factor_path(req, ""));
}

/* The page with the recovery codes, also when the form is sent again. */
enum status
show_codes_again(struct request *req)
{
	char *rest = arena_dup(req->arena, req->shown_once), *code;
	xmlNodePtr parent, list;

	TRY(begin_page(req, &parent));
	page_attr(parent, "state", "codes");
	list = page_element(parent, "codes");
	while ((code = strsep(&rest, " ")) != NULL)
		(void)page_text(list, "code", code);
	page_href(req->page, page_element(parent, "continue"), "href", account_path(req, "/account"));
	return OK;
}

/* Creates new recovery codes and shows them. No other page shows them. */
static enum status
show_codes(struct request *req)
{
	const char *codes[RECOVERY_CODES];
	struct str text = str_init(req->arena);

	TRY(recovery_code_renew(req->db, req->arena, req->viewer.user->id, req->viewer.now, codes));
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		str_printf(&text, "%s%s", i == 0 ? "" : " ", codes[i]);
	req->shown_once = text.bytes;
	return show_codes_again(req);
}

/* POST /account/second-factor/confirm. Signs out all other browsers and gives this one a new token. */
enum status
take_confirm(struct request *req)
{
	const struct user *user = req->viewer.user;
	struct throttle throttle;
	struct second_factor second_factor;
	enum status status;
	int64_t step;

	TRY(throttle_try_code(req, user, BY_SESSION, &throttle));
	TRY(request_write(req, true));
	status = second_factor_of_user(req->db, req->arena, user->id, &second_factor);
	if (status == NOT_FOUND || (status == OK && second_factor.confirmed != 0))
		return request_see(req, second_factor_path(req, ""));
	TRY(status);
	if (!totp_step(second_factor.secret, request_field(req, "code"), req->viewer.now, 0, &step))
		return form_wrong(req, "code", _("The code is incorrect. Check that the clock on your device is right."));
	TRY(second_factor_confirm(req->db, user->id, step, req->viewer.now));
	TRY(throttle_forget(req, &throttle));
	TRY(session_end_others(req->db, user->id, ""));
	TRY(sign_in_begin(req, user));
	return show_codes(req);
}

/* POST /account/second-factor/codes */
enum status
take_codes(struct request *req)
{
	bool on;

	TRY(prove_self(req));
	TRY(request_write(req, true));
	TRY(second_factor_is_on(req->db, req->viewer.user->id, &on));
	return on ? show_codes(req) : request_see(req, second_factor_path(req, ""));
}

/* POST /account/second-factor/off */
enum status
take_off(struct request *req)
{
	enum status status;

	TRY(prove_self(req));
	TRY(request_write(req, true));
	status = second_factor_end(req->db, req->viewer.user->id);
	if (status != NOT_FOUND)
		TRY(status);
	return request_see(req, second_factor_path(req, ""));
}
