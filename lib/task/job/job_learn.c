/* The spam classifier learns from what moderators decided, and unlearns what they undid. */
#include "task/job/job.h"

#include "core/stop_signal.h"
#include "store/comment/comment_learned.h"
#include "store/moderation/classifier.h"
#include "store/moderation/decision.h"

/* A transaction is short, so that commenters never wait long; a run is short, so that the next job is not delayed. */
enum { LEARNED_AT_ONCE = 10, TRANSACTIONS = 20 };

/* NOT_FOUND: nothing is left. */
static enum status
learn_some(struct db *db, struct arena *arena, int64_t now)
{
	int64_t id;
	enum status status;

	TRY(lesson_next(db, &id));
	TRY(db_begin_private(db)); /* what was learned is on no page for readers */
	status = classifier_learn(db, arena, LEARNED_AT_ONCE, now);
	if (status != NOT_FOUND)
		TRY(status);
	return db_commit(db);
}

static enum status
learn(struct db *db, int64_t now)
{
	struct arena *arena = arena_new();
	enum status status = OK;

	for (int i = 0; i < TRANSACTIONS && status == OK && !stop_signal_pending(); i++) {
		status = learn_some(db, arena, now);
		arena_reset(arena);
	}
	arena_free(arena);
	return status == NOT_FOUND ? OK : status;
}

enum status
job_learn(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	bool due;

	(void)arena;
	(void)conf;
	TRY(learn(db, now));
	TRY(comment_learned_is_due(db, now, &due));
	if (!due)
		return OK;
	TRY(db_begin_private(db));
	TRY(comment_learned_sweep(db, now));
	return db_commit(db);
}
