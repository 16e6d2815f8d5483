/*
 * Deletes expired sessions, sign-in links, codes, invitations and form records, old autosaved text, old counts of
 * failed attempts, and decided summaries from before migration 15; limits on comments that are over, earlier texts of
 * comments, the networks of votes, and addresses for emails about replies that nobody confirmed.
 */
#include "task/job/job.h"

#include "store/auth/credential.h"
#include "store/auth/form_record.h"
#include "store/post/former_summary.h"
#include "store/user/invitation.h"
#include "store/auth/email_verification.h"
#include "store/auth/session.h"
#include "store/comment/comment_revision.h"
#include "store/comment/comment_subscription.h"
#include "store/comment/comment_vote.h"
#include "store/comment/rate_limit.h"
#include "store/post/autosave.h"

enum { AUTOSAVES_AT_ONCE = 200 };

/* What belongs to writing comments. */
static enum status
comments_are_due(struct db *db, int64_t now, bool *ret_due)
{
	bool limits, revisions, votes, subscribers;

	TRY(rate_limit_is_due(db, now, &limits));
	TRY(comment_revision_is_due(db, now, &revisions));
	TRY(vote_is_due(db, now, &votes));
	TRY(comment_subscriber_is_due(db, now, &subscribers));
	*ret_due = limits || revisions || votes || subscribers;
	return OK;
}

static enum status
sweep_comments(struct db *db, int64_t now)
{
	TRY(rate_limit_sweep(db, now));
	TRY(comment_revision_sweep(db, now));
	TRY(vote_sweep(db, now));
	return comment_subscriber_sweep(db, now);
}

enum status
job_auth(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	bool sessions, credentials, pending, invitations, summaries, autosaves, forms, comments;

	(void)arena;
	(void)conf;
	TRY(session_is_due(db, now, &sessions));
	TRY(credential_is_due(db, now, &credentials));
	TRY(email_verification_is_due(db, now, &pending));
	TRY(invitation_is_due(db, now, &invitations));
	TRY(former_summary_is_due(db, now, &summaries));
	TRY(autosave_is_due(db, now, &autosaves));
	TRY(form_record_is_due(db, now, &forms));
	TRY(comments_are_due(db, now, &comments));
	if (!sessions && !credentials && !pending && !invitations && !summaries && !autosaves && !forms && !comments)
		return OK;
	TRY(db_begin_private(db));
	TRY(session_sweep(db, now));
	TRY(credential_sweep(db, now));
	TRY(email_verification_sweep(db, now));
	TRY(invitation_sweep(db, now));
	TRY(former_summary_sweep(db, now));
	TRY(autosave_sweep(db, now, AUTOSAVES_AT_ONCE));
	TRY(form_record_sweep(db, now));
	TRY(sweep_comments(db, now));
	return db_commit(db);
}
