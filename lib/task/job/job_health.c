/* Runs the health checks that read everything, on request from /admin/health and once a week. */
#include "task/job/job.h"

#include "page/health/health.h"
#include "store/job/backup_job.h"

enum { WEEK = 7 * 24 * 3600 };

/* The problems are saved for the page; nothing is printed. */
static void
ignore_result(void *context, const char *check, bool is_problem, const char *sentence)
{
	(void)context;
	(void)check;
	(void)is_problem;
	(void)sentence;
}

enum status
job_health(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	struct health health = { .arena = arena, .conf = conf, .db = db, .now = now, .on_result = ignore_result };
	struct health_check health_check;

	TRY(health_check_read(db, arena, health_full_check_name, &health_check));
	if (!health_check.requested && health_check.checked > now - WEEK)
		return OK;
	return health_full_check(&health);
}
