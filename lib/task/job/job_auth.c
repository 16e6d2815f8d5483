/*
 * Deletes expired sessions, sign-in links, codes, invitations and form records, old autosaved text, old counts of
 * failed attempts, and decided summaries from before migration 15.
 */
#include "task/job/job.h"

#include "store/auth/credential.h"
#include "store/auth/form_record.h"
#include "store/post/former_summary.h"
#include "store/user/invitation.h"
#include "store/auth/email_verification.h"
#include "store/auth/session.h"
#include "store/post/autosave.h"

enum { AUTOSAVES_AT_ONCE = 200 };

enum status
job_auth(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	bool sessions, credentials, pending, invitations, summaries, autosaves, forms;

	(void)arena;
	(void)conf;
	TRY(session_is_due(db, now, &sessions));
	TRY(credential_is_due(db, now, &credentials));
	TRY(email_verification_is_due(db, now, &pending));
	TRY(invitation_is_due(db, now, &invitations));
	TRY(former_summary_is_due(db, now, &summaries));
	TRY(autosave_is_due(db, now, &autosaves));
	TRY(form_record_is_due(db, now, &forms));
	if (!sessions && !credentials && !pending && !invitations && !summaries && !autosaves && !forms)
		return OK;
	TRY(db_begin_private(db));
	TRY(session_sweep(db, now));
	TRY(credential_sweep(db, now));
	TRY(email_verification_sweep(db, now));
	TRY(invitation_sweep(db, now));
	TRY(former_summary_sweep(db, now));
	TRY(autosave_sweep(db, now, AUTOSAVES_AT_ONCE));
	TRY(form_record_sweep(db, now));
	return db_commit(db);
}
