/*
 * Rejects everything that a banned person wrote, if a moderator decided so; ends bans whose time is over; deletes old links in emails to
 * moderators, texts from before an edit, and digests of networks.
 */
#include "task/job/job.h"

#include "store/moderation/ban.h"
#include "store/moderation/decision.h"
#include "store/moderation/moderation_link.h"
#include "store/moderation/network_sweep.h"

enum { PURGES_AT_ONCE = 20 };

/* Each step is a transaction of its own, so that moderators and commenters never wait long. */
static enum status
purge(struct db *db, struct arena *arena, int64_t now)
{
	bool due;

	for (int i = 0; i < PURGES_AT_ONCE; i++) {
		TRY(ban_purge_is_due(db, &due));
		if (!due)
			return OK;
		TRY(db_begin_comment(db));
		TRY(ban_purge_next(db, arena, now));
		TRY(db_commit(db));
	}
	return OK;
}

enum status
job_moderation(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	bool bans, decisions, links, networks;

	(void)conf;
	TRY(purge(db, arena, now));
	TRY(ban_is_due(db, now, &bans));
	TRY(decision_is_due(db, now, &decisions));
	TRY(moderation_link_is_due(db, now, &links));
	TRY(network_sweep_is_due(db, now, &networks));
	if (!bans && !decisions && !links && !networks)
		return OK;
	TRY(db_begin_private(db));
	TRY(ban_sweep(db, arena, now));
	TRY(decision_sweep(db, now));
	TRY(moderation_link_sweep(db, now));
	TRY(network_sweep(db, now));
	return db_commit(db);
}
