#include "store/comment/comment_access.h"

#include <stdlib.h>

#include "core/str.h"

enum { DAY = 24 * 60 * 60 };

bool
comment_access_is_valid(const char *word)
{
	return str_equal(word, "open") || str_equal(word, "members") || str_equal(word, "readers") || str_equal(word, "closed");
}

/* The time when the post closes. 0: never. */
static int64_t
closing_time(const struct setting_values *values, const struct post *post)
{
	long long days = strtoll(setting_value(values, "comments_days", ""), NULL, 10);

	return days > 0 && str_equal(post->state, "published") ? post->published + days * DAY : 0;
}

/* Whether the viewer could read the whole post if it were restricted to paying readers. */
static bool
has_grant(const struct viewer *viewer, const struct post *post)
{
	struct post restricted = *post;

	restricted.access = "paid";
	return viewer_may(viewer, &restricted) == VIEW_FULL;
}

static enum comment_refusal
refusal_of(const struct setting_values *values, const struct viewer *viewer, const struct post *post, int64_t closes)
{
	const struct user *user = viewer->user != NULL && !viewer->user->disabled ? viewer->user : NULL;
	const char *from = setting_value(values, "comments_from", "");

	if (str_equal(post->comment_access, "closed"))
		return COMMENT_CLOSED;
	if (user != NULL && (user->id == post->author_id || user_may(user, RIGHT_EDIT)))
		return COMMENT_ALLOWED;
	if (closes != 0 && viewer->now >= closes)
		return COMMENT_CLOSED_BY_DATE;
	if (str_equal(from, "nobody"))
		return COMMENT_NOBODY;
	if (user == NULL && (str_equal(from, "members") || str_equal(post->comment_access, "members")))
		return COMMENT_NEEDS_ACCOUNT;
	if (str_equal(post->comment_access, "readers") && !has_grant(viewer, post))
		return user == NULL ? COMMENT_NEEDS_ACCOUNT : COMMENT_NEEDS_GRANT;
	return COMMENT_ALLOWED;
}

struct comment_access
comment_access(const struct setting_values *values, const struct viewer *viewer, const struct post *post)
{
	struct comment_access access = { .refusal = COMMENT_UNREADABLE };

	if (str_equal(post->kind, "page") || !str_equal(setting_value(values, "comments_shown", ""), "yes") ||
		viewer_may(viewer, post) != VIEW_FULL)
		return access;
	access.may_read = true;
	access.closes = closing_time(values, post);
	access.refusal = refusal_of(values, viewer, post, access.closes);
	return access;
}
