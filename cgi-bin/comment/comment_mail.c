/* Pages that emails about replies lead to: confirming an address, and unsubscribing. */
#include "comment.h"

#include "core/str.h"
#include "core/token.h"
#include "page/lang/lang.h"
#include "store/comment/comment_subscription.h"

/* What mail programs send for one click (RFC 8058, section 3.2). */
const struct field unsubscribe_fields[] = {
	{ .name = "List-Unsubscribe", .type = FIELD_HIDDEN, .max = 40 },
	{ 0 },
};

static enum status
begin(struct request *req, const char *lang, const char *heading, const char *lead)
{
	TRY(comment_page(req, lang, "comment-mail", heading));
	(void)page_text(req->page->root, "lead", lang_text(lead));
	return OK;
}

/* --- confirming -------------------------------------------------------------------- */

static enum status
find_subscriber(struct request *req, struct comment_subscriber *ret_subscriber)
{
	const char *secret;
	long long id;

	if (!str_to_integer(route_text(req, 0), &id) || id <= 0)
		return NOT_FOUND;
	TRY(comment_confirm_secret(req->db, req->arena, id, &secret));
	if (!token_is_same(secret, route_text(req, 1)))
		return NOT_FOUND;
	return comment_subscriber_by_id(req->db, req->arena, id, ret_subscriber);
}

/* GET /comment/confirm/:id/:secret. Mail scanners follow links, so only the button confirms. */
enum status
show_confirm(struct request *req)
{
	struct comment_subscriber subscriber;
	struct form form = { .name = "reply-confirm", .proof = FORM_STAMP };

	req->no_store = true;
	TRY(find_subscriber(req, &subscriber));
	if (subscriber.confirmed != 0)
		return begin(req, subscriber.lang, N_("Emails about replies"), N_("Your address is confirmed. You get an email when somebody replies to your comment."));
	TRY(begin(req, subscriber.lang, N_("Emails about replies"), N_("Press the button to get an email when somebody replies to your comment.")));
	form.path = arena_printf(req->arena, "/comment/confirm/%lld/%s", (long long)subscriber.id, page_encode(req->arena, route_text(req, 1)));
	form.button = _("Confirm");
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /comment/confirm/:id/:secret */
enum status
take_confirm(struct request *req)
{
	struct comment_subscriber subscriber;

	TRY(find_subscriber(req, &subscriber));
	TRY(request_write(req, true));
	TRY(comment_subscriber_confirm(req->db, &subscriber, req->viewer.now));
	return request_see(req, arena_printf(req->arena, "/comment/confirm/%lld/%s", (long long)subscriber.id, page_encode(req->arena, route_text(req, 1))));
}

/* --- unsubscribing ------------------------------------------------------------------- */

/* The address "/comment/unsubscribe/:who/:secret". NOT_FOUND for a wrong secret. */
static enum status
find_who(struct request *req, char *ret_kind, long long *ret_id)
{
	const char *who = route_text(req, 0), *secret;

	if ((*who != 'g' && *who != 'm') || !str_to_integer(who + 1, ret_id) || *ret_id <= 0)
		return NOT_FOUND;
	TRY(comment_unsubscribe_secret(req->db, req->arena, who, &secret));
	*ret_kind = *who;
	return token_is_same(secret, route_text(req, 1)) ? OK : NOT_FOUND;
}

/* Whether emails are still sent, and in which language. */
static enum status
is_subscribed(struct request *req, char kind, long long id, bool *ret_subscribed, const char **ret_lang)
{
	struct comment_subscriber subscriber;
	const char *mode;
	enum status status;

	*ret_lang = request_language(req);
	if (kind == 'm') {
		TRY(reply_preference(req->db, req->arena, id, &mode));
		*ret_subscribed = !str_equal(mode, "off");
		return OK;
	}
	status = comment_subscriber_by_id(req->db, req->arena, id, &subscriber);
	*ret_subscribed = status == OK;
	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	*ret_lang = subscriber.lang;
	return OK;
}

/* GET /comment/unsubscribe/:who/:secret changes nothing; also the page after unsubscribing. */
enum status
show_unsubscribe(struct request *req)
{
	struct form form = { .name = "unsubscribe", .proof = CAPABILITY };
	const char *lang;
	bool subscribed;
	long long id;
	char kind;

	req->no_store = true;
	TRY(find_who(req, &kind, &id));
	TRY(is_subscribed(req, kind, id, &subscribed, &lang));
	if (!subscribed)
		return begin(req, lang, N_("You are unsubscribed"), N_("You won't get emails about replies to your comments any more."));
	TRY(begin(req, lang, N_("Stop emails about replies"), N_("Press the button, and you won't get emails about replies to your comments any more.")));
	form.path = arena_printf(req->arena, "/comment/unsubscribe/%c%lld/%s", kind, id, page_encode(req->arena, route_text(req, 1)));
	form.button = _("Unsubscribe");
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /comment/unsubscribe/:who/:secret. Answers with a page, because RFC 8058 allows no redirect. */
enum status
take_unsubscribe(struct request *req)
{
	struct comment_subscriber subscriber;
	enum status status = OK;
	long long id;
	char kind;

	TRY(find_who(req, &kind, &id));
	TRY(request_write(req, true));
	if (kind == 'm')
		TRY(reply_preference_save(req->db, id, "off", req->viewer.now));
	else
		status = comment_subscriber_by_id(req->db, req->arena, id, &subscriber);
	if (status != NOT_FOUND) {
		TRY(status);
		if (kind == 'g')
			TRY(comment_subscriber_remove(req->db, &subscriber));
	}
	return show_unsubscribe(req);
}
