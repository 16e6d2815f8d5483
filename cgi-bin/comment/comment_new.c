/* Writing a comment: the form, its preview, and what becomes of it. */
#include "comment.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "core/text_name.h"
#include "page/comment/reply_mail.h"
#include "page/lang/lang.h"
#include "page/post/entry.h"
#include "shared/moderation_mail.h"
#include "store/auth/guest_cookie.h"
#include "store/comment/comment_flood.h"
#include "store/comment/rate_limit.h"

const struct field reply_fields[] = {
	{ .name = "reply", .type = FIELD_HIDDEN, .max = 20 },
	{ 0 },
};

/* A comment as it was sent, checked but not stored. */
struct draft {
	struct post post;
	struct comment_author author;
	struct comment comment;
	const char *email;    /* where a guest wants emails about replies, or "" */
	const char *cookie;   /* new cookie of a guest who wants to be remembered, or NULL */
};

/* --- the page with the form -------------------------------------------------------- */

/* The comment that is replied to. NOT_FOUND, when nobody can reply to it; parent->id 0: the comment is no reply. */
static enum status
find_parent(struct request *req, const struct post *post, struct comment *ret_parent)
{
	const char *typed = request_field(req, "reply");
	long long id;

	*ret_parent = (struct comment){ 0 };
	if (str_empty(typed))
		return OK;
	if (!str_to_integer(typed, &id) || id <= 0)
		return NOT_FOUND;
	TRY(comment_by_id(req->db, req->arena, id, ret_parent));
	return ret_parent->post_id == post->id && str_equal(ret_parent->state, "shown") ? OK : NOT_FOUND;
}

/* Shows the form with what was typed. preview: its rendered text, or NULL. */
static enum status
show_form(struct request *req, const char *preview)
{
	struct comment_access access;
	struct comment_author author;
	struct comment parent;
	struct post post;
	bool approved = false;
	const char *name;
	const char *values[] = { "name", NULL, "reply", request_field(req, "reply"), NULL };
	enum status found;

	TRY(comment_post(req, &post, &access));
	/* Nobody can write here any more: the text comes back on a page of its own (http/form_back.c). */
	if (access.refusal != COMMENT_ALLOWED && str_equal(req->method, "POST"))
		return NOT_FOUND;
	TRY(comment_sender(req, &author));
	found = find_parent(req, &post, &parent);
	if (found == NOT_FOUND && str_equal(req->method, "GET"))
		return NOT_FOUND;
	if (found != NOT_FOUND)
		TRY(found);
	TRY(comment_author_last_name(req->db, req->arena, author.person, &name));
	/* Authors with an approved comment do not see the rules again in the preview. */
	if (preview != NULL)
		TRY(comment_author_is_approved(req->db, &author, &approved));
	values[1] = name;
	TRY(comment_page(req, post.lang, "comment-form", found == OK && parent.id != 0 ? N_("Reply") : N_("Write a comment")));
	comment_page_post(req, &post);
	if (found == OK && parent.id != 0)
		comment_page_comment(req, req->page->root, "parent", &parent);
	if (preview != NULL)
		page_fragment(req->page->root, "preview", fragment_stored(req->arena, preview));
	return comment_form_add(req, req->page->root, &post, &access, false, !approved, values);
}

/* GET /comment/on/:slug */
enum status
show_comment_form(struct request *req)
{
	struct comment_access access;
	struct post post;

	TRY(comment_post(req, &post, &access));
	if (!str_equal(post.slug, route_text(req, 0)))
		return request_moved(req, comment_form_path(req->arena, &post));
	return show_form(req, NULL);
}

enum status
show_comment_again(struct request *req)
{
	return show_form(req, NULL);
}

/* GET /comment/on/:slug/stamp, for a script. */
enum status
show_stamp(struct request *req)
{
	struct comment_access access;
	struct post post;

	TRY(comment_post(req, &post, &access));
	return access.refusal == COMMENT_ALLOWED ? form_stamp_send(req, comment_fields) : NOT_FOUND;
}

/* --- what was sent ------------------------------------------------------------------- */

static bool
is_web_address(const char *link)
{
	const char *host = str_starts(link, "https://") ? link + strlen("https://") : str_starts(link, "http://") ? link + strlen("http://") : "";

	return strcspn(host, "/?#") > 3 && memchr(host, '.', strcspn(host, "/?#")) != NULL && strpbrk(link, " \"<>\\^`{|}@") == NULL;
}

/* The name of a guest. INVALID, reported at the field, when it is missing or imitates staff. */
static enum status
guest_name(struct request *req, const char **ret_name)
{
	const char *typed = request_field(req, "name"), *name = typed == NULL ? "" : text_name_clean(req->arena, typed);
	bool imitates;

	if (*name == '\0')
		return form_wrong(req, "name", _("Required"));
	TRY(comment_author_imitates(req->db, req->arena, name, &imitates));
	if (imitates)
		return form_wrong(req, "name", _("This name belongs to somebody who writes here. Choose another name, or sign in if it is yours."));
	*ret_name = name;
	return OK;
}

/* Name, link and email address of a guest. */
static enum status
read_guest(struct request *req, struct draft *draft)
{
	const char *link = request_field(req, "link"), *email = request_field(req, "email"), *address = NULL;
	enum status status = guest_name(req, &draft->comment.name);

	if (status != INVALID)
		TRY(status);
	if (!str_empty(link) && !is_web_address(link))
		status = form_wrong(req, "link", _("Enter an address such as https://example.org, or leave the field empty."));
	if (!str_empty(email) && (address = user_address(req->arena, email)) == NULL)
		status = form_wrong(req, "email", _("Enter an email address such as anna@example.org."));
	if (str_equal(request_field(req, "notify"), "yes") && str_empty(email))
		status = form_wrong(req, "email", _("Enter an email address such as anna@example.org."));
	TRY(status);
	draft->comment.link = str_empty(link) ? "" : link;
	draft->email = address != NULL && str_equal(request_field(req, "notify"), "yes") ? address : "";
	if (*draft->author.person == '\0' && str_equal(request_field(req, "remember"), "yes"))
		return guest_cookie_new(req->db, req->arena, req->viewer.now, &draft->cookie, &draft->comment.person);
	draft->comment.person = draft->author.person;
	return OK;
}

static enum status
cannot_reply(struct request *req)
{
	field_replace(req->fields, "reply", NULL);
	return form_wrong(req, "", _("You can't reply to that comment any more. Send the form again to post your text as a new comment."));
}

/* Reads and checks the form; only reads the database. Problems are reported in the form. */
static enum status
read_draft(struct request *req, struct draft *ret_draft)
{
	struct draft draft = { .email = "", .comment = { .created = req->viewer.now, .text = request_field(req, "text"), .person = "", .link = "" } };
	struct comment_access access;
	struct comment parent;
	enum status status;

	TRY(comment_post(req, &draft.post, &access));
	if (access.refusal != COMMENT_ALLOWED)
		return FORBIDDEN;
	lang_use(draft.post.lang);
	if (!str_empty(request_field(req, comment_honeypot))) {
		field_replace(req->fields, comment_honeypot, NULL);
		return form_wrong(req, "", _("A field that has to stay empty was filled in. It is empty now: send the form again."));
	}
	status = find_parent(req, &draft.post, &parent);
	if (status == NOT_FOUND)
		return cannot_reply(req);
	TRY(status);
	TRY(comment_sender(req, &draft.author));
	if (draft.author.user == NULL)
		TRY(read_guest(req, &draft));
	else
		draft.comment.name = draft.author.user->name;
	TRY(comment_render(req, draft.comment.text, &draft.comment.xhtml));
	draft.comment.post_id = draft.post.id;
	draft.comment.parent_id = parent.id;
	draft.comment.user_id = draft.author.user == NULL ? 0 : draft.author.user->id;
	draft.comment.network = draft.author.network;
	draft.comment.lang = str_equal(text_guess_language(draft.comment.text), draft.post.lang) ? "" : text_guess_language(draft.comment.text);
	*ret_draft = draft;
	return OK;
}

/* POST /comment/on/:slug without a proof: shows the comment as it will look. Writes nothing, and never says "too fast". */
enum status
preview_comment(struct request *req)
{
	struct draft draft;
	enum status status = read_draft(req, &draft);

	if (status == INVALID || status == FORBIDDEN)
		return status;
	TRY(status);
	return show_form(req, draft.comment.xhtml);
}

/* --- storing it ------------------------------------------------------------------------- */

/* What comment_judge() says about the draft. */
static enum status
judge(struct request *req, const struct draft *draft, struct judge_input *input, struct judge_verdict *ret_verdict)
{
	struct judge_request request = { .now = req->viewer.now, .post_id = draft->post.id, .post_author_id = draft->post.author_id,
		.user = draft->author.user, .person = draft->author.person, .network = draft->author.network, .name = draft->comment.name,
		.link = draft->comment.link, .email = draft->author.user == NULL ? draft->email : draft->author.user->email, .text = draft->comment.text };

	TRY(judge_input_read(req->db, req->arena, req->settings, &request, input));
	comment_judge(input, ret_verdict);
	return OK;
}

static int64_t
setting_number(const struct request *req, const char *name)
{
	long long number = 0;

	return str_to_integer(setting_value(req->settings, name, ""), &number) ? number : 0;
}

enum { LIMITS = 3, WINDOW = 600 };

/*
 * The limits that a comment counts for. Members have one for the account. Guests have one for the network, which several can share, and
 * one for the cookie. Nobody fills one thread alone. *ret_count: how many.
 */
static void
limits_of(struct request *req, const struct draft *draft, struct rate_limit *limits, size_t *ret_count)
{
	const struct comment_author *author = &draft->author;
	int64_t pause = setting_number(req, "comments_pause"), most = setting_number(req, "comments_burst");
	const char *person = author->user != NULL ? arena_printf(req->arena, "user %lld", (long long)author->user->id) :
		*author->person != '\0' ? arena_printf(req->arena, "guest %s", author->person) : NULL;
	size_t count = 0;

	if (person != NULL)
		limits[count++] = (struct rate_limit){ .name = person, .pause = pause, .most = most, .seconds = WINDOW };
	if (author->user == NULL && *author->network != '\0')
		limits[count++] = (struct rate_limit){ .name = arena_printf(req->arena, "network %s", author->network), .pause = pause, .most = most,
			.seconds = WINDOW };
	if (person != NULL || *author->network != '\0')
		limits[count++] = (struct rate_limit){ .name = arena_printf(req->arena, "thread %lld %s", (long long)draft->post.id,
			person != NULL ? person : author->network), .most = 2 * most, .seconds = 6 * WINDOW };
	*ret_count = count;
}

/* TOO_MANY, reported in the form, when the sender must wait; counts the comment otherwise. Inside the write transaction. */
static enum status
count_limits(struct request *req, const struct draft *draft, bool exempt)
{
	struct rate_limit limits[LIMITS];
	int64_t longest = 0, seconds;
	size_t count;

	limits_of(req, draft, limits, &count);
	for (size_t i = 0; i < count && !exempt; i++) {
		TRY(rate_limit_wait(req->db, req->arena, &limits[i], req->viewer.now, &seconds));
		longest = seconds > longest ? seconds : longest;
	}
	if (longest > 0) {
		req->retry_after = (int)longest;
		(void)form_wrong(req, "", lang_count(req->arena, "You are writing very fast. Wait %lld second, then send your comment again.",
			"You are writing very fast. Wait %lld seconds, then send your comment again.", (long long)longest));
		return TOO_MANY;
	}
	for (size_t i = 0; i < count; i++)
		TRY(rate_limit_count(req->db, req->arena, &limits[i], req->viewer.now));
	return draft->author.user == NULL ? comment_flood_count(req->db, req->arena, req->viewer.now) : OK;
}

/*
 * If the stamp of this form was used before: leads to the comment that it made (SEE_OTHER), or refuses another text with the same stamp
 * (FORBIDDEN). OK: it was not used. The sender of a used stamp wrote the comment: nobody else can have it.
 */
static enum status
look_for_used(struct request *req, const struct draft *draft, const char *stamp)
{
	struct comment comment;
	const char *path;
	enum status status = comment_by_stamp(req->db, req->arena, stamp, &comment);

	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	if (!str_equal(comment.text, draft->comment.text) || comment.parent_id != draft->comment.parent_id)
		return form_stamp_used(req);
	TRY(comment_own_path(req, &comment, comment_author_is(&draft->author, &comment), &path));
	return request_see(req, path);
}

/* Subscribes a guest to replies. The owner of the address is asked by email, and the answer is the same for any address. */
static enum status
subscribe(struct request *req, const struct draft *draft)
{
	struct comment_subscriber subscriber = { .email = draft->email, .person = draft->comment.person, .lang = draft->post.lang, .created = req->viewer.now };
	bool ask;

	TRY(comment_subscribe(req->db, req->arena, draft->comment.id, &subscriber, draft->author.network, &subscriber.id, &ask));
	return ask ? reply_mail_confirm(req->db, req->arena, req->conf, &subscriber, setting_value(req->settings, "title", draft->post.lang)) : OK;
}

static enum status
store(struct request *req, struct draft *draft, const struct judge_verdict *verdict)
{
	const char *state = judge_state(verdict->action), *path;
	enum status status;

	draft->comment.reason = verdict->code;
	draft->comment.reason_note = verdict->note;
	status = comment_add(req->db, req->arena, &draft->comment, state, &draft->comment.id);
	if (status == INVALID)
		return cannot_reply(req);
	TRY(status);
	if (*draft->email != '\0')
		TRY(subscribe(req, draft));
	if (verdict->action == JUDGE_SHOW)
		TRY(comment_notify_shown(req->db, req->arena, &draft->comment, req->viewer.now));
	if (verdict->action == JUDGE_HOLD && !verdict->quiet)
		TRY(moderation_mail_held(req, &draft->comment));
	req->guest_cookie = draft->cookie;
	TRY(comment_own_path(req, &draft->comment, draft->author.user != NULL || *draft->comment.person != '\0', &path));
	return request_see(req, path);
}

/* POST /comment/on/:slug */
enum status
take_comment(struct request *req)
{
	struct draft draft;
	struct judge_input input;
	struct judge_verdict verdict;

	TRY(read_draft(req, &draft));
	draft.comment.stamp = form_stamp_digest(req);
	TRY(look_for_used(req, &draft, draft.comment.stamp));
	TRY(judge(req, &draft, &input, &verdict));
	if (verdict.action == JUDGE_REFUSE)
		return comment_refuse(req, &verdict);
	TRY(request_write_comment(req));
	/* The same form may have arrived twice at once: only one of them gets the lock first. */
	TRY(look_for_used(req, &draft, draft.comment.stamp));
	TRY(count_limits(req, &draft, input.staff || trust_is_exempt(input.trust, TRUST_EXEMPT_RATE_LIMIT)));
	return store(req, &draft, &verdict);
}
