/* Runs jobs and logs when one begins to fail or works again. */
#include "task/job/job.h"

#include "core/clock.h"
#include "core/log.h"
#include "core/stop_signal.h"

enum { JOBS_MOST = 32 };

static const struct job *jobs;

/* The last status of each job, so that a repeated failure is logged once. */
static enum status last[JOBS_MOST];

void
job_use_table(const struct job *table)
{
	jobs = table;
}

static void
note(size_t place, enum status status)
{
	if (place >= JOBS_MOST || status == last[place])
		return;
	if (status == OK)
		log_line(LOG_INFO, jobs[place].name, "works again");
	else
		log_line(LOG_ERROR, jobs[place].name, "failed: %s; it is tried again, and only this line is logged", status_name(status));
	last[place] = status;
}

enum status
job_run(struct db *db, struct arena *arena, const struct conf *conf, size_t place)
{
	enum status status = jobs[place].run(db, arena, conf, clock_now());

	db_end(db);
	arena_reset(arena);
	note(place, status);
	return status;
}

void
job_run_urgent(struct db *db, const struct conf *conf)
{
	struct arena *arena = arena_new();

	for (size_t i = 0; jobs != NULL && jobs[i].name != NULL && !stop_signal_pending(); i++)
		if (jobs[i].meanwhile)
			(void)job_run(db, arena, conf, i);
	arena_free(arena);
}
