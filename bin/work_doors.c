/* What was good for a while only, and is over. */
#include "work.h"

#include "store/door.h"
#include "store/form_once.h"
#include "store/invitation.h"
#include "store/pending.h"
#include "store/session.h"

enum status
work_doors(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	bool sessions, doors, pending, invitations, forms;

	(void)arena;
	(void)conf;
	TRY(session_is_due(db, now, &sessions));
	TRY(door_is_due(db, now, &doors));
	TRY(pending_is_due(db, now, &pending));
	TRY(invitation_is_due(db, now, &invitations));
	TRY(form_once_is_due(db, now, &forms));
	if (!sessions && !doors && !pending && !invitations && !forms)
		return OK;
	TRY(db_begin_private(db));
	TRY(session_sweep(db, now));
	TRY(door_sweep(db, now));
	TRY(pending_sweep(db, now));
	TRY(invitation_sweep(db, now));
	TRY(form_once_sweep(db, now));
	return db_commit(db);
}
