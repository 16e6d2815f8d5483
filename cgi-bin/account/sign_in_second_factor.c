/* The second step of signing in, and confirming the identity of a signed-in user. */
#include "account.h"

#include <string.h>

#include "core/password.h"
#include "core/str.h"
#include "core/totp.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "store/auth/credential.h"
#include "store/auth/throttle_count.h"
#include "store/auth/second_factor.h"
#include "store/account/onboarding.h"

enum { CODE_MAX = 40 };

const struct field code_fields[] = {
	{ .name = "code", .type = FIELD_LINE, .max = CODE_MAX, .required = true, .label = N_("Code"), .autocomplete = "one-time-code",
		.help = N_("The six digits your authenticator app shows now, or one of your recovery codes.") },
	{ .name = "next", .type = FIELD_HIDDEN, .max = NEXT_MAX },
	{ 0 },
};

/* The code without the spaces that apps display in it. */
static const char *
digits_of(struct arena *arena, const char *text)
{
	char *digits = arena_dup(arena, text), *end = digits;

	for (; *text != '\0'; text++)
		if (*text != ' ')
			*end++ = *text;
	*end = '\0';
	return digits;
}

enum status
second_factor_accept(struct request *req, int64_t user_id, const char *text)
{
	const char *digits = digits_of(req->arena, text);
	struct second_factor second_factor;
	int64_t step;

	TRY(second_factor_of_user(req->db, req->arena, user_id, &second_factor));
	if (second_factor.confirmed == 0)
		return NOT_FOUND;
	if (strlen(digits) != TOTP_DIGITS || strspn(digits, "0123456789") != TOTP_DIGITS)
		return recovery_code_use(req->db, req->arena, user_id, text);
	return totp_step(second_factor.secret, digits, req->viewer.now, second_factor.step, &step) ? second_factor_use(req->db, user_id, step) : NOT_FOUND;
}

/* --- signing in ------------------------------------------------------------------ */

/* Sends an owner without another destination to the getting-started steps of a new site. */
static enum status
leads_to_dashboard(struct request *req, const struct user *user, const char **next)
{
	struct onboarding steps;

	if (!user_may(user, RIGHT_RUN) || !str_equal(*next, account_path(req, "/account")))
		return OK;
	TRY(onboarding_read(req->db, req->arena, req->viewer.now, &steps));
	if (steps.open)
		*next = account_path(req, "/admin");
	return OK;
}

enum status
sign_in_finish(struct request *req, const struct user *user, enum throttle_way way, const char *next)
{
	const char *token;
	bool on;

	TRY(second_factor_is_on(req->db, user->id, &on));
	if (on) {
		TRY(sign_in_challenge_add(req->db, req->arena, user->id, way == BY_LINK, req->viewer.now, &token));
		return request_see(req, account_path(req, arena_printf(req->arena, "/sign-in/second-factor/%s?next=%s", token, page_encode(req->arena, next))));
	}
	TRY(sign_in_begin(req, user));
	if (second_factor_is_required(setting_value(req->settings, "second_factor", ""), user))
		return request_see(req, account_path(req, "/account/second-factor"));
	TRY(leads_to_dashboard(req, user, &next));
	return request_see(req, next);
}

/* GET /sign-in/second-factor/:token; also shows a rejected form again. After the time limit, signing in begins again. */
enum status
show_code(struct request *req)
{
	struct form form = { .name = "code", .fields = code_fields, .proof = FORM_STAMP, .button = _("Sign in") };
	const char *values[] = { "next", request_field(req, "next"), NULL };
	struct user user;
	bool by_link;
	enum status status = sign_in_challenge_user(req->db, req->arena, route_text(req, 0), req->viewer.now, &user, &by_link);

	req->no_store = true;
	if (status == NOT_FOUND)
		return request_see(req, account_path(req, "/sign-in"));
	TRY(status);
	TRY(request_page(req, request_language(req), "sign-in"));
	page_attr(req->page->root, "title", _("Two-factor authentication"));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", _("Two-factor authentication"));
	form.path = account_path(req, arena_printf(req->arena, "/sign-in/second-factor/%s", page_encode(req->arena, route_text(req, 0))));
	return form_add(req, req->page->root, &form, values);
}

/* POST /sign-in/second-factor/:token. Only now a session begins, with a new token. */
enum status
take_code(struct request *req)
{
	struct user user;
	struct throttle throttle;
	bool by_link;
	enum status status = sign_in_challenge_user(req->db, req->arena, route_text(req, 0), req->viewer.now, &user, &by_link);

	if (status == NOT_FOUND)
		return request_see(req, account_path(req, "/sign-in"));
	TRY(status);
	TRY(throttle_try_code(req, &user, by_link ? BY_LINK : BY_PASSWORD, &throttle));
	TRY(request_write(req, true));
	/* The password may have been changed or the account disabled meanwhile. */
	status = sign_in_challenge_user(req->db, req->arena, route_text(req, 0), req->viewer.now, &user, &by_link);
	if (status == OK)
		status = second_factor_accept(req, user.id, request_field(req, "code"));
	if (status == NOT_FOUND)
		return form_wrong(req, "code", _("This code is incorrect or has already been used. Your app shows a new one within 30 seconds."));
	TRY(status);
	TRY(sign_in_challenge_end(req->db, user.id));
	TRY(throttle_forget(req, &throttle));
	TRY(sign_in_begin(req, &user));
	return request_see(req, next_path(req));
}

/* --- confirming the identity -------------------------------------------------------- */

const struct field proof_fields[] = {
	{ .name = "self", .type = FIELD_SECRET, .max = PASSWORD_MAX, .required = true, .label = N_("Your password, or a code from your authenticator app"),
		.autocomplete = "current-password" },
	{ 0 },
};

const struct field password_again_fields[] = {
	{ .name = "password", .type = FIELD_SECRET, .max = PASSWORD_MAX, .label = N_("Password"), .autocomplete = "current-password" },
	{ 0 },
};

enum status
prove_password(struct request *req, const char *field, const char *sentence)
{
	enum status status = throttle_password(req, field, sentence);

	return status == NOT_FOUND ? OK : status;
}

static enum status
try_code(struct request *req, const char *text)
{
	struct throttle throttle;
	enum status status;

	TRY(throttle_try_code(req, req->viewer.user, BY_SESSION, &throttle));
	TRY(request_write_aside(req));
	status = second_factor_accept(req, req->viewer.user->id, text);
	if (status == NOT_FOUND)
		return form_wrong(req, "self", _("The password or code is incorrect. Try again."));
	TRY(status);
	TRY(throttle_forget(req, &throttle));
	/* The same text was counted as a password attempt before. */
	TRY(throttle_take_back_password(req));
	return db_commit(req->db);
}

enum status
prove_self(struct request *req)
{
	const char *text = request_field(req, "self"), *hash = NULL;
	bool right = false, on;
	enum status status = credential_password(req->db, req->arena, req->viewer.user->id, &hash);

	if (status != NOT_FOUND)
		TRY(status);
	TRY(second_factor_is_on(req->db, req->viewer.user->id, &on));
	if (hash == NULL && !on)
		return FORBIDDEN;
	if (hash != NULL)
		TRY(throttle_try_password(req, hash, text, &right));
	if (right)
		return OK;
	return on ? try_code(req, text) : form_wrong(req, "self", _("The password is incorrect. Try again."));
}
