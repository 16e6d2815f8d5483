/* The program for readers who write: comments, their editing, votes, and emails about replies. */
#include "comment.h"

static const struct route routes[] = {
	{ GET, "/comment/on/:slug", show_comment_form, .role = ANYONE, .fields = reply_fields },
	{ POST, "/comment/on/:slug", take_comment, .role = ANYONE, .fields = comment_fields, .proof = COMMENT_STAMP, .preview = preview_comment,
		.again = show_comment_again, .repeat = REPEATABLE },
	{ GET, "/comment/on/:slug/stamp", show_stamp, .role = ANYONE },
	{ GET, "/comment/:id/mine", show_own_comment, .role = ANYONE },
	{ POST, "/comment/:id/mine", take_own_comment, .role = ANYONE, .fields = own_fields, .proof = COMMENT_STAMP, .preview = show_own_comment,
		.again = show_own_comment, .repeat = REPEATABLE },
	{ POST, "/comment/:id/mine/delete", take_own_delete, .role = ANYONE, .proof = COMMENT_STAMP, .preview = show_own_comment,
		.again = show_own_comment, .repeat = REPEATABLE },
	{ GET, "/comment/:id/mine/:secret", show_own_comment, .role = ANYONE },
	{ POST, "/comment/:id/mine/:secret", take_own_comment, .role = ANYONE, .fields = own_fields, .proof = COMMENT_STAMP, .preview = show_own_comment,
		.again = show_own_comment, .repeat = REPEATABLE },
	{ POST, "/comment/:id/mine/:secret/delete", take_own_delete, .role = ANYONE, .proof = COMMENT_STAMP, .preview = show_own_comment,
		.again = show_own_comment, .repeat = REPEATABLE },
	{ GET, "/comment/:id/vote", show_vote, .role = ANYONE },
	{ POST, "/comment/:id/vote", take_vote, .role = ANYONE, .fields = vote_fields, .proof = COMMENT_STAMP, .preview = show_vote, .again = show_vote,
		.repeat = REPEATABLE },
	{ GET, "/comment/:id/vote/stamp", show_vote_stamp, .role = ANYONE },
	{ GET, "/comment/on/:slug/vote", show_vote, .role = ANYONE },
	{ POST, "/comment/on/:slug/vote", take_vote, .role = ANYONE, .fields = vote_fields, .proof = COMMENT_STAMP, .preview = show_vote, .again = show_vote,
		.repeat = REPEATABLE },
	{ GET, "/comment/on/:slug/vote/stamp", show_vote_stamp, .role = ANYONE },
	{ GET, "/comment/confirm/:id/:secret", show_confirm, .role = ANYONE },
	{ POST, "/comment/confirm/:id/:secret", take_confirm, .role = ANYONE, .proof = FORM_STAMP, .again = show_confirm, .repeat = REPEATABLE },
	{ GET, "/comment/unsubscribe/:who/:secret", show_unsubscribe, .role = ANYONE },
	{ POST, "/comment/unsubscribe/:who/:secret", take_unsubscribe, .role = ANYONE, .fields = unsubscribe_fields, .proof = CAPABILITY, .repeat = REPEATABLE },
	{ 0 },
};

int
main(int argc, char **argv)
{
	return serve("comment", routes, argc, argv);
}
