/*
 * Deletes expired sessions, sign-in links, codes, invitations and form records, old autosaved text, old counts of
 * failed attempts, and decided summaries from before migration 15; limits on comments that are over, earlier texts of
 * comments, the networks of votes, and addresses for emails about replies that nobody confirmed.
 */
#include "task/job/job.h"

#include "store/auth/email_verification.h"
#include "store/auth/form_record.h"
#include "store/auth/session.h"
#include "store/auth/sign_in_link.h"
#include "store/auth/throttle_count.h"
#include "store/comment/comment_revision.h"
#include "store/comment/comment_subscription.h"
#include "store/comment/comment_vote.h"
#include "store/comment/rate_limit.h"
#include "store/post/autosave.h"
#include "store/post/former_summary.h"
#include "store/user/invitation.h"

enum { AUTOSAVES_AT_ONCE = 200 };

static enum status
sweep_autosaves(struct db *db, int64_t now)
{
	return autosave_sweep(db, now, AUTOSAVES_AT_ONCE);
}

/* Rows that expire. is_due only reads, so that a run with nothing to delete writes nothing. */
static const struct {
	enum status (*is_due)(struct db *db, int64_t now, bool *ret_due);
	enum status (*sweep)(struct db *db, int64_t now);
} expiring[] = {
	{ session_is_due, session_sweep },
	{ sign_in_link_is_due, sign_in_link_sweep },
	{ throttle_is_due, throttle_sweep },
	{ email_verification_is_due, email_verification_sweep },
	{ invitation_is_due, invitation_sweep },
	{ former_summary_is_due, former_summary_sweep },
	{ autosave_is_due, sweep_autosaves },
	{ form_record_is_due, form_record_sweep },
	{ rate_limit_is_due, rate_limit_sweep },
	{ comment_revision_is_due, comment_revision_sweep },
	{ vote_is_due, vote_sweep },
	{ comment_subscriber_is_due, comment_subscriber_sweep },
};
enum { EXPIRING = sizeof(expiring) / sizeof(*expiring) };

enum status
job_auth(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	bool any = false;

	(void)arena;
	(void)conf;
	for (size_t i = 0; i < EXPIRING && !any; i++)
		TRY(expiring[i].is_due(db, now, &any));
	if (!any)
		return OK;
	TRY(db_begin_private(db));
	for (size_t i = 0; i < EXPIRING; i++)
		TRY(expiring[i].sweep(db, now));
	return db_commit(db);
}
