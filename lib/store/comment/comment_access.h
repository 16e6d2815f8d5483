/*
 * Who may read and who may write comments of a post now. Pages, feeds, permalinks, forms, their POST and emails all call
 * this function; emails call it for the person who will read them.
 */
#ifndef STORE_COMMENT_ACCESS_H
#define STORE_COMMENT_ACCESS_H

#include "store/access/viewer.h"
#include "store/post/post.h"
#include "store/setting/setting.h"

/* Why a viewer may not write. In the order of the checks. */
enum comment_refusal {
	COMMENT_ALLOWED,
	COMMENT_UNREADABLE,     /* may not read them: the post is restricted or not published, or comments are turned off */
	COMMENT_CLOSED,         /* comment access "closed" */
	COMMENT_CLOSED_BY_DATE, /* comments_days have passed since the post was published */
	COMMENT_NOBODY,         /* setting comments_from: nobody */
	COMMENT_NEEDS_ACCOUNT,  /* members only: signing in helps */
	COMMENT_NEEDS_GRANT,    /* comment access "readers", and the viewer has no grant that covers the post */
};

struct comment_access {
	bool may_read;
	enum comment_refusal refusal; /* COMMENT_ALLOWED: may write */
	int64_t closes;               /* when writing ends by date, in the past or future; 0: never */
};

/*
 * post->comment_access is open (everybody), members (people with an account), readers (those whose grants or
 * role let them read the post in full if it were restricted to paying readers) or closed. Comments have the restriction of their post: only
 * viewers who may read it in full read or write them. Its author and editors may write until it is "closed". Static pages have no
 * comments.
 */
struct comment_access comment_access(const struct setting_values *values, const struct viewer *viewer, const struct post *post);

/* Whether the word is a comment access value, as in post.comment_access. */
bool comment_access_is_valid(const char *word);

#endif
