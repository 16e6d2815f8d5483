/* Votes "helpful" and "not helpful" on posts and comments. Without script, a page asks once more, because pages with votes are cached. */
#include "comment.h"

#include "core/str.h"
#include "page/lang/lang.h"
#include "page/post/entry.h"
#include "store/comment/comment_vote.h"

static const struct field_choice vote_choices[] = { { "helpful", N_("Helpful") }, { "not", N_("Not helpful") }, { "none", N_("No vote") }, { 0 } };

const struct field vote_fields[] = {
	{ .name = "do", .type = FIELD_CHOICE, .max = 10, .choices = vote_choices },
	{ 0 },
};

/* What an address "/comment/:id/vote" or "/comment/on/:slug/vote" is about. */
struct voting {
	struct post post;
	struct comment comment;
	struct vote_subject subject;
	struct comment_author voter;
	const char *path, *back; /* the form's and where it leads, both encoded */
};

static bool
is_on_post(const struct request *req)
{
	return str_starts(req->path, "/comment/on/");
}

/* NOT_FOUND for what this viewer may not read. */
static enum status
find(struct request *req, struct voting *voting)
{
	struct comment_access access;
	long long id;

	TRY(comment_sender(req, &voting->voter));
	if (is_on_post(req)) {
		TRY(comment_post(req, &voting->post, &access));
		voting->path = arena_printf(req->arena, "%s/vote", comment_form_path(req->arena, &voting->post));
		voting->back = entry_path(req->arena, &voting->post);
	} else {
		if (!str_to_integer(route_text(req, 0), &id) || id <= 0)
			return NOT_FOUND;
		TRY(comment_by_id(req->db, req->arena, id, &voting->comment));
		TRY(post_by_id(req->db, req->arena, voting->comment.post_id, &voting->post));
		if (!str_equal(voting->comment.state, "shown") || !comment_access(req->settings, &req->viewer, &voting->post).may_read)
			return NOT_FOUND;
		voting->subject.comment = &voting->comment;
		voting->path = arena_printf(req->arena, "/comment/%lld/vote", id);
		voting->back = arena_printf(req->arena, "/comment/%lld", id);
	}
	voting->subject.post_id = voting->post.id;
	voting->subject.author_id = voting->post.author_id;
	return OK;
}

static const char *
refusal_text(enum vote_refusal refusal)
{
	switch (refusal) {
	case VOTE_NEEDS_ACCOUNT: return _("Sign in to vote.");
	case VOTE_OWN: return _("You can't vote on what you wrote.");
	case VOTE_UNKNOWN: return _("This site can't take votes from guests.");
	case VOTE_ALLOWED: break;
	}
	return NULL;
}

/* GET /comment/:id/vote, GET /comment/on/:slug/vote; also the answer to a vote without a proof. */
enum status
show_vote(struct request *req)
{
	struct voting voting = { 0 };
	struct form form = { .name = "vote", .fields = vote_fields, .buttons = vote_choices, .proof = COMMENT_STAMP };
	enum vote_refusal refusal;
	int64_t value;

	TRY(find(req, &voting));
	refusal = vote_refusal(req->settings, &voting.subject, &voting.voter);
	TRY(vote_read(req->db, &voting.subject, &voting.voter, &value));
	TRY(comment_page(req, voting.post.lang, "comment-vote", N_("Was this helpful?")));
	comment_page_post(req, &voting.post);
	if (voting.subject.comment != NULL)
		comment_page_comment(req, req->page->root, "own", &voting.comment);
	if (refusal != VOTE_ALLOWED) {
		(void)page_text(req->page->root, "lead", refusal_text(refusal));
		if (refusal == VOTE_NEEDS_ACCOUNT)
			page_href(req->page, page_element(req->page->root, "to-sign-in"), "href", arena_printf(req->arena, "%s/sign-in?next=%s", request_prefix(req),
				page_encode(req->arena, voting.path)));
		return OK;
	}
	(void)page_text(req->page->root, "lead", value == 0 ? _("You have not voted yet.") : value > 0 ? _("You marked this as helpful.") :
		_("You marked this as not helpful."));
	form.path = voting.path;
	return form_add(req, req->page->root, &form, NULL);
}

/* GET /comment/:id/vote/stamp, GET /comment/on/:slug/vote/stamp, for a script. */
enum status
show_vote_stamp(struct request *req)
{
	struct voting voting = { 0 };

	TRY(find(req, &voting));
	return vote_refusal(req->settings, &voting.subject, &voting.voter) == VOTE_ALLOWED ? form_stamp_send(req, vote_fields) : NOT_FOUND;
}

/* POST /comment/:id/vote, POST /comment/on/:slug/vote */
enum status
take_vote(struct request *req)
{
	struct voting voting = { 0 };
	const char *typed = request_field(req, "do");
	int64_t value = str_equal(typed, "helpful") ? 1 : str_equal(typed, "not") ? -1 : 0;

	TRY(find(req, &voting));
	lang_use(voting.post.lang);
	if (vote_refusal(req->settings, &voting.subject, &voting.voter) != VOTE_ALLOWED)
		return FORBIDDEN;
	TRY(request_write_comment(req));
	TRY(vote_save(req->db, req->arena, &voting.subject, &voting.voter, value, req->viewer.now));
	return request_see(req, voting.back);
}
