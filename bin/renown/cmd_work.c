/* renown work: runs the background jobs, repeatedly or once. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "command.h"
#include "core/clock.h"
#include "core/log.h"
#include "core/heartbeat.h"
#include "core/stop_signal.h"
#include "store/db/db_location.h"
#include "store/setting/setting.h"
#include "task/job/job.h"

enum { PAUSE_SECONDS = 2 };

/* All jobs, in the order of each round. */
static const struct job jobs[] = {
	{ "auth", job_auth, false },
	{ "moderation", job_moderation, false },
	{ "learn", job_learn, false },
	{ "digest", job_digest, false },
	{ "trash", job_trash, false },
	{ "assets", job_assets, false },
	{ "export", job_export, false },
	{ "import", job_import, false },
	{ "fetch", job_fetch, false },
	{ "durations", job_media_durations, false },
	{ "visibility", job_media_visibility, true },
	{ "sizes", job_media_variants, false },
	{ "backup", job_backup, false },
	{ "health", job_health, false },
	{ "replies", job_reply, false },
	{ "mail", job_mail, true },
	{ 0 },
};

/* Local times in jobs use the site's current time zone. */
static enum status
use_zone(struct context *context, struct arena *arena)
{
	struct setting_values *values;

	TRY(setting_read(context->db, arena, &values));
	(void)clock_use_zone(setting_value(values, "time_zone", ""));
	return OK;
}

/* Runs all jobs once. DONE, or FAILED when one of them failed. */
static int
do_round(struct context *context, int lock)
{
	struct arena *arena = arena_new();
	int result = use_zone(context, arena) == OK ? DONE : FAILED;

	for (size_t i = 0; jobs[i].name != NULL && !stop_signal_pending(); i++) {
		heartbeat_beat(lock);
		if (job_run(context->db, arena, &context->conf, i) != OK)
			result = FAILED;
	}
	arena_free(arena);
	return result;
}

/* --- rounds --------------------------------------------------------------------------- */

/* The lock is held for one round. The kernel releases it if the process dies. */
static int
work_once(struct context *context, int lock)
{
	int result;

	if (flock(lock, LOCK_EX) != 0)
		return fail("Another `renown work` is running, and waiting for it failed: %s.", strerror(errno));
	result = do_round(context, lock);
	(void)flock(lock, LOCK_UN);
	return result;
}

static int
work_on(struct context *context, int lock)
{
	stop_signal_block();
	log_line(LOG_INFO, "start", "working for %s", context->conf.base_url);
	do {
		/* A new database may have another schema, so a new process must open it. */
		if (!db_is_same_file(context->db) || db_is_broken(context->db))
			return fail("%s was replaced or is damaged. This process ends so that a new one can open it.", db_location(&context->conf));
		/* If another process holds the lock, it does the work that is due. */
		if (flock(lock, LOCK_EX | LOCK_NB) == 0) {
			(void)do_round(context, lock);
			(void)flock(lock, LOCK_UN);
		}
	} while (!stop_signal_wait(PAUSE_SECONDS));
	log_line(LOG_INFO, "end", "stopped by a signal");
	return DONE;
}

static const char *
take_once(void *state, struct arena *arena, int option, const char *argument)
{
	(void)arena;
	(void)option;
	(void)argument;
	*(bool *)state = true;
	return NULL;
}

static int
work_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = { { "once", no_argument, NULL, 'o' }, { 0 } };
	bool once = false;
	char **words;
	int lock, result = read_options(context, argc, argv, options, take_once, &once, 0, 0, &words);

	if (result != DONE)
		return result;
	job_use_table(jobs);
	lock = db_open_work_lock(context->arena, &context->conf);
	if (lock < 0)
		return fail("%s.work cannot be opened: %s.", db_location(&context->conf), strerror(errno));
	(void)signal(SIGPIPE, SIG_IGN);
	log_open("work", once ? LOG_ERROR : LOG_INFO);
	result = once ? work_once(context, lock) : work_on(context, lock);
	(void)close(lock);
	return result;
}

const struct command work_commands[] = {
	{ "work", NULL, "[--once]", "Runs background jobs until it is stopped; --once runs only those that are due.",
		work_command, NEEDS_DATABASE },
	{ 0 },
};
