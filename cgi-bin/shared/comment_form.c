#include "comment_form.h"

#include <string.h>

#include "core/str.h"
#include "page/lang/lang.h"
#include "page/post/entry.h"
#include "store/access/viewer.h"
#include "store/comment/comment.h"
#include "store/comment/comment_flood.h"
#include "store/comment/comment_vote.h"

static const struct field_choice remember_choices[] = { { "yes", N_("Remember me here, so that I can find and edit my comments in this browser") }, { 0 } };
static const struct field_choice notify_choices[] = { { "yes", N_("Email me about replies") }, { 0 } };

const char comment_honeypot[] = "website";

#define TEXT_FIELD { .name = "text", .type = FIELD_TEXT, .max = COMMENT_TEXT_MAX, .required = true, .label = N_("Comment"), \
	.help = N_("You can use Markdown, such as *emphasis*, > quotes and [links](https://example.org).") }
#define HIDDEN_FIELDS { .name = "reply", .type = FIELD_HIDDEN, .max = 20 }, \
	{ .name = "website", .type = FIELD_LINE, .max = 200, .label = N_("Leave this field empty"), .autocomplete = "off" }

#define NAME_FIELD .name = "name", .type = FIELD_LINE, .max = COMMENT_NAME_MAX, .label = N_("Name"), .autocomplete = "nickname"
#define GUEST_FIELDS \
	{ .name = "link", .type = FIELD_LINE, .max = COMMENT_LINK_MAX, .label = N_("Your website (optional)"), .autocomplete = "url", \
		.help = N_("Shown with your name, such as https://example.org.") }, \
	{ .name = "email", .type = FIELD_EMAIL, .max = 254, .label = N_("Email address (optional)"), .autocomplete = "email", \
		.help = N_("Only used to email you about replies, and never shown.") }, \
	{ .name = "notify", .type = FIELD_CHOICE, .max = 3, .label = N_("Replies"), .choices = notify_choices }, \
	{ .name = "remember", .type = FIELD_CHOICE, .max = 3, .label = N_("This browser"), .choices = remember_choices }

/* Members send no name, so the route does not require one; the form of guests does. */
const struct field comment_fields[] = { { NAME_FIELD }, TEXT_FIELD, GUEST_FIELDS, HIDDEN_FIELDS, { 0 } };
static const struct field guest_fields[] = { { NAME_FIELD, .required = true }, TEXT_FIELD, GUEST_FIELDS, HIDDEN_FIELDS, { 0 } };

const struct field comment_member_fields[] = { TEXT_FIELD, HIDDEN_FIELDS, { 0 } };

const char *
comment_form_path(struct arena *arena, const struct post *post)
{
	return arena_printf(arena, "/comment/on/%s", page_encode(arena, post->slug));
}

/* Adds the headings of the rules page, if the viewer may read it. The database stores headings as lines of "level TAB id TAB text". */
static enum status
add_rules(struct request *req, xmlNodePtr write)
{
	const char *slug = request_setting(req, "rules_page"), *xhtml, *contents;
	struct post page;
	char *rest, *line;
	enum status status = str_empty(slug) ? NOT_FOUND : post_by_slug(req->db, req->arena, slug, &page);

	if (status == NOT_FOUND || (status == OK && viewer_may(&req->viewer, &page) != VIEW_FULL))
		return OK;
	TRY(status);
	TRY(post_part(req->db, req->arena, page.id, true, &xhtml, &contents));
	rest = arena_dup(req->arena, contents);
	while ((line = strsep(&rest, "\n")) != NULL) {
		char *level = strsep(&line, "\t"), *id = strsep(&line, "\t");
		if (level != NULL && id != NULL && line != NULL)
			page_href(req->page, page_text(write, "rule", line), "href", arena_printf(req->arena, "%s#%s", entry_path(req->arena, &page), id));
	}
	return OK;
}

static const char *
refusal_text(const struct comment_access *access)
{
	switch (access->refusal) {
	case COMMENT_CLOSED:
	case COMMENT_CLOSED_BY_DATE:
	case COMMENT_NOBODY: return _("Comments are closed.");
	case COMMENT_NEEDS_ACCOUNT: return _("Sign in to write a comment.");
	case COMMENT_NEEDS_GRANT: return _("Subscribers can comment on this post.");
	case COMMENT_UNREADABLE:
	case COMMENT_ALLOWED: break;
	}
	return NULL;
}

enum status
comment_form_add(struct request *req, xmlNodePtr parent, const struct post *post, const struct comment_access *access, bool open, bool rules,
	const char *const *values)
{
	xmlNodePtr write = page_element(parent, "write");
	struct form form = { .name = "comment-new", .path = comment_form_path(req->arena, post), .proof = COMMENT_STAMP,
		.fields = req->viewer.user == NULL ? guest_fields : comment_member_fields };
	int flood = 0;

	page_attr(write, "title", _("Write a comment"));
	if (access->refusal != COMMENT_ALLOWED) {
		page_attr(write, "refusal-text", refusal_text(access));
		if (access->refusal == COMMENT_NEEDS_ACCOUNT)
			page_href(req->page, page_element(write, "sign-in"), "href", arena_printf(req->arena, "%s/sign-in?next=%s", request_prefix(req),
				page_encode(req->arena, form.path)));
		return OK;
	}
	if (rules)
		TRY(add_rules(req, write));
	/* A page that caches keep says nothing about a flood, which ends without a change of the content. */
	if (!open && req->viewer.user == NULL)
		TRY(comment_flood_level(req->db, req->arena, req->settings, req->viewer.now, &flood));
	if (flood > 0)
		(void)page_text(write, "note", _("Many comments are arriving right now. A moderator will read yours before it appears, and this form has to stay open a "
			"little longer before you can send it."));
	form.button = _("Post comment");
	if (!open)
		return form_add(req, write, &form, values);
	form.direct = form.button;
	form.button = _("Continue");
	return form_add_open(req, write, &form);
}

/* Adds the link to vote on the post, with the number of votes, for those who can vote. */
static enum status
add_vote(struct request *req, xmlNodePtr entry, const struct post *post)
{
	bool votes = req->viewer.user != NULL || str_equal(request_setting(req, "votes_from"), "everybody");
	int64_t helpful, not_helpful;
	xmlNodePtr vote;

	if (!votes)
		return OK;
	TRY(vote_of_post(req->db, req->arena, post->id, &helpful, &not_helpful));
	helpful = (helpful + VOTE_MEMBER - 1) / VOTE_MEMBER;
	vote = page_text(entry, "vote", helpful == 0 ? _("Was this helpful?") : lang_count(req->arena, "Helpful (%lld)", "Helpful (%lld)", helpful));
	page_href(req->page, vote, "href", arena_printf(req->arena, "%s/vote", comment_form_path(req->arena, post)));
	return OK;
}

enum status
comment_form_add_below(struct request *req, xmlNodePtr entry, const struct post *post)
{
	struct comment_access access = comment_access(req->settings, &req->viewer, post);

	if (access.may_read)
		TRY(add_vote(req, entry, post));
	switch (access.refusal) {
	case COMMENT_UNREADABLE:
	case COMMENT_CLOSED:
	case COMMENT_CLOSED_BY_DATE:
	case COMMENT_NOBODY: return OK; /* the list of comments says that they are closed */
	case COMMENT_ALLOWED:
	case COMMENT_NEEDS_ACCOUNT:
	case COMMENT_NEEDS_GRANT: break;
	}
	return comment_form_add(req, entry, post, &access, true, true, NULL);
}
