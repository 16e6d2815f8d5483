/* Runs jobs and logs when one begins to fail or works again. */
#include "task/job/job.h"

#include "core/clock.h"
#include "core/log.h"
#include "core/stop_signal.h"

enum { JOBS_MAX = 32 };

static const struct job *jobs;

/* The last status of each job, so that a repeated failure is logged once. */
static enum status last[JOBS_MAX];

void
job_use_table(const struct job *table)
{
	jobs = table;
}

static void
note(size_t number, enum status status)
{
	if (number >= JOBS_MAX || status == last[number])
		return;
	if (status == OK)
		log_line(LOG_INFO, jobs[number].name, "works again");
	else
		log_line(LOG_ERROR, jobs[number].name, "failed: %s; it is tried again, and only this line is logged", status_name(status));
	last[number] = status;
}

enum status
job_run(struct db *db, struct arena *arena, const struct conf *conf, size_t number)
{
	enum status status = jobs[number].run(db, arena, conf, clock_now());

	db_end(db);
	arena_reset(arena);
	note(number, status);
	return status;
}

void
job_run_urgent(struct db *db, const struct conf *conf)
{
	struct arena *arena = arena_new();

	for (size_t i = 0; jobs != NULL && jobs[i].name != NULL && !stop_signal_pending(); i++)
		if (jobs[i].urgent)
			(void)job_run(db, arena, conf, i);
	arena_free(arena);
}
