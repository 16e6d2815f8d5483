/*
 * Signing in by what stands in a mail: a link, or a short code for the page that asked. Whether an account exists changes neither what
 * is answered nor what is done, but for the one row that a mail to nobody would be.
 */
#include "account.h"

#include "core/str.h"
#include "mail_text.h"
#include "page/entry.h"
#include "page/lang.h"
#include "store/door.h"
#include "store/invitation.h"
#include "store/outbox.h"

const struct field mail_fields[] = {
	{ .name = "email", .type = FIELD_EMAIL, .max = 254, .required = true, .label = N_("E-mail address"), .autocomplete = "username" },
	{ .name = "next", .type = FIELD_HIDDEN, .max = NEXT_MOST },
	{ 0 },
};

const struct field mail_code_fields[] = {
	{ .name = "code", .type = FIELD_LINE, .max = 20, .required = true, .label = N_("Code from the mail"),
		.autocomplete = "one-time-code" },
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
add_mail_sign_in(struct request *req)
{
	struct form form = { .name = "sign-in-mail", .path = account_path(req, "/sign-in/mail"), .fields = mail_fields,
		.proof = FORM_STAMP, .button = _("Send me a link") };
	const char *values[] = { "next", request_field(req, "next"), NULL };

	if (join_is_open(req))
		page_href(req->page, page_element(req->page->root, "join"), "href", account_path(req, "/join"));
	return form_add(req, req->page->root, &form, values);
}

static enum status
must_wait(struct request *req, int64_t seconds)
{
	req->retry_after = (int)seconds;
	(void)form_wrong(req, "", lang_count(req->arena, "Enough mails are on their way. Look for one of them, or wait %lld minute.",
		"Enough mails are on their way. Look for one of them, or wait %lld minutes.", (long long)(seconds + 59) / 60));
	return TOO_MANY;
}

enum status
mail_try(struct request *req, const char *address)
{
	const char *network = attempt_network(req->arena, req->address), *name = door_mail_name(req->arena, address);
	int64_t account_wait, network_wait = 0;

	TRY(request_note(req));
	TRY(attempt_wait(req->db, req->arena, ATTEMPT_ACCOUNT, name, req->viewer.now, &account_wait));
	if (*network != '\0')
		TRY(attempt_wait(req->db, req->arena, ATTEMPT_NETWORK, network, req->viewer.now, &network_wait));
	if (account_wait > 0 || network_wait > 0)
		return must_wait(req, account_wait > network_wait ? account_wait : network_wait);
	TRY(attempt_failed(req->db, req->arena, ATTEMPT_ACCOUNT, name, req->viewer.now));
	if (*network != '\0')
		TRY(attempt_failed(req->db, req->arena, ATTEMPT_NETWORK, network, req->viewer.now));
	return db_commit(req->db);
}

enum status
mail_begin(struct request *req, struct pending *pending, const char *address, bool joins)
{
	bool known = pending->user_id != 0, is_nobody = !known && str_empty(pending->email);
	struct pending_keys keys;
	int64_t mail;

	pending->created = req->viewer.now;
	pending->expires = req->viewer.now + PENDING_SECONDS;
	TRY(pending_add(req->db, req->arena, pending, &keys));
	TRY(mail_door(req, !joins ? MAIL_SIGN_IN : known ? MAIL_KNOWN : MAIL_JOIN, address, &keys, &mail));
	if (is_nobody)
		TRY(mail_take_back(req->db, mail));
	return request_see(req, account_path(req, arena_printf(req->arena, "/sign-in/code/%s", keys.page)));
}

/* POST /sign-in/mail */
enum status
take_mail(struct request *req)
{
	const char *address = user_address(req->arena, request_field(req, "email"));
	struct pending pending = { .next = next_path(req) };
	struct user user;
	enum status found;

	if (address == NULL)
		return form_wrong(req, "email", _("This is no address that mail could be sent to."));
	TRY(mail_try(req, address));
	TRY(request_write(req, true));
	found = user_by_email(req->db, req->arena, address, &user);
	if (found == OK && !user.disabled)
		pending.user_id = user.id;
	else if (found != NOT_FOUND)
		TRY(found);
	return mail_begin(req, &pending, address, false);
}

/* --- what the mail finishes ---------------------------------------------------------- */

/* What the account that is to be made may do. An invitation is used up by it; without one only members are made, where that is open. */
static enum status
take_role(struct request *req, const struct pending *pending, const char **ret_role)
{
	struct invitation invitation;

	*ret_role = "member";
	if (*pending->invitation == '\0')
		return join_is_open(req) ? OK : NOT_FOUND;
	if (!join_is_possible(req))
		return NOT_FOUND;
	TRY(invitation_by_id(req->db, req->arena, pending->invitation, req->viewer.now, &invitation));
	*ret_role = invitation.role;
	return invitation_remove(req->db, invitation.id);
}

/* The account that is to be made; or, when somebody made one with this address meanwhile, that one: the mail proves whose it is. */
static enum status
make_account(struct request *req, const struct pending *pending, struct user *ret_user)
{
	struct user user = { .name = pending->name, .email = pending->email, .bio = "", .created = req->viewer.now };
	enum status status = user_by_email(req->db, req->arena, pending->email, ret_user);
	int64_t id;

	if (status != NOT_FOUND)
		return status;
	TRY(take_role(req, pending, &user.role));
	TRY(user_add(req->db, req->arena, &user, false, &id));
	if (*pending->hash != '\0')
		TRY(password_change(req->db, id, pending->hash, req->viewer.now, ""));
	return user_by_id(req->db, req->arena, id, ret_user);
}

/* Inside the write transaction: of many who come at once, by link or by code, one gets in. */
static enum status
finish(struct request *req, const struct pending *pending)
{
	const char *next = *pending->next == '\0' ? account_path(req, "/account") : pending->next;
	struct user user;

	TRY(pending_use(req->db, pending));
	if (pending->user_id != 0)
		TRY(user_by_id(req->db, req->arena, pending->user_id, &user));
	else if (*pending->email != '\0')
		TRY(make_account(req, pending, &user));
	else
		return NOT_FOUND; /* nobody was ever told this link or this code */
	if (user.disabled)
		return NOT_FOUND;
	TRY(attempt_forget(req->db, req->arena, ATTEMPT_ACCOUNT, door_mail_name(req->arena, user.email)));
	TRY(attempt_take_back(req->db, req->arena, ATTEMPT_NETWORK, attempt_network(req->arena, req->address)));
	return sign_in_finish(req, &user, BY_LINK, next);
}

/* GET /sign-in/code/:token, the page that follows; and the same with a code that is none. */
enum status
show_mail_code(struct request *req)
{
	struct form form = { .name = "mail-code", .proof = FORM_STAMP, .fields = mail_code_fields, .button = _("Go on") };
	struct pending pending;

	req->no_store = true;
	TRY(pending_by_page(req->db, req->arena, route_text(req, 0), req->viewer.now, &pending));
	TRY(begin_page(req, "mail-code", _("Look into your mail")));
	(void)page_text(req->page->root, "advice",
		_("If the address can be used here, a mail is on its way to it. Open its link, or type its code here, within a quarter of an hour."));
	page_href(req->page, page_element(req->page->root, "back"), "href", account_path(req, "/sign-in"));
	form.path = account_path(req, arena_printf(req->arena, "/sign-in/code/%s", page_encode(req->arena, route_text(req, 0))));
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /sign-in/code/:token. Wrong ones are counted in the transaction that looks, so that many at once are no more than five. */
enum status
take_mail_code(struct request *req)
{
	const char *token = route_text(req, 0);
	struct pending pending;

	TRY(request_write(req, true));
	TRY(pending_by_page(req->db, req->arena, token, req->viewer.now, &pending));
	if (pending_is_code(req->arena, &pending, token, request_field(req, "code")))
		return finish(req, &pending);
	TRY(pending_wrong(req->db, &pending));
	TRY(db_commit(req->db));
	return form_wrong(req, "code", pending.tries + 1 >= PENDING_TRIES
		? _("That was wrong too often: this code is worth nothing any more. Use the mail's link, or ask for another mail.")
		: _("This is not the code of the newest mail."));
}

/* GET /sign-in/mail/:token. Programs that look into mail follow links: only the button uses one. */
enum status
show_mail_link(struct request *req)
{
	struct form form = { .name = "sign-in-link", .proof = FORM_STAMP };
	struct pending pending;
	bool joins;

	req->no_store = true;
	TRY(pending_by_link(req->db, req->arena, route_text(req, 0), req->viewer.now, &pending));
	joins = pending.user_id == 0;
	TRY(begin_page(req, "sign-in", joins ? _("Become a member") : _("Sign in")));
	form.path = account_path(req, arena_printf(req->arena, "/sign-in/mail/%s", page_encode(req->arena, route_text(req, 0))));
	form.button = joins ? _("Make my account") : _("Sign in");
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /sign-in/mail/:token */
enum status
take_mail_link(struct request *req)
{
	struct pending pending;

	TRY(request_write(req, true));
	TRY(pending_by_link(req->db, req->arena, route_text(req, 0), req->viewer.now, &pending));
	return finish(req, &pending);
}
