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
	{ 0 },
};

int
main(int argc, char **argv)
{
	return serve("comment", routes, argc, argv);
}
