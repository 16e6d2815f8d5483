/*
 * The checks of the site's health, which `renown doctor` prints and /admin/health shows. Each check reports one
 * sentence in the current language. If something is wrong, the sentence says what to do.
 */
#ifndef PAGE_HEALTH_H
#define PAGE_HEALTH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/conf.h"
#include "core/str.h"
#include "store/db/db.h"

struct health {
	struct arena *arena;
	const struct conf *conf;
	struct db *db;  /* NULL: without the checks that need the database */
	int64_t now;
	bool clean;     /* also remove orphaned files */
	/* check: its name in English, marked with N_(). is_problem: there is a problem to solve. */
	void (*on_result)(void *context, const char *check, bool is_problem, const char *sentence);
	void *context;
	struct str *report; /* the problems, see page/health/health_result.h; NULL: not kept */
	int problems;   /* the number of problems */
	int64_t media_bytes; /* of all files, set by health_media() */
};

/* Fast checks: clock, disk space and permissions. With a database also its newest entry and the theme of the settings. */
void health_machine(struct health *health);

/* Checks only that theme. */
void health_theme(struct health *health);

/* Checks whether the database holds a time later than now, which means that the clock was set back. */
void health_newest(struct health *health);

/* Reads the whole database: integrity, texts, search index, counts. */
void health_store(struct health *health);

/* Checks every file of the media folder. */
void health_media(struct health *health);

/*
 * Checks the database and the media files, and saves the problems for /admin/health in a transaction of its own. BROKEN
 * when the database is damaged.
 */
enum status health_full_check(struct health *health);

/* The name under which health_full_check() saves its report, see store/job/backup_job.h. */
extern const char health_full_check_name[];

/* A size as people read it, such as "3.4 MiB". In the arena. */
char *health_size(struct arena *arena, int64_t bytes);

/* Free bytes on the disk of the site's folder; -1 when unknown. */
int64_t health_space(const struct conf *conf);

/* --- for the files of this folder: message in English, marked with N_(), see page/health/health_result.h --- */

/* Report the result of a check: health_ok() that it passed, health_problem() that there is a problem. */
void health_ok(struct health *health, const char *check, const char *message, ...) __attribute__((format(printf, 3, 4)));
void health_problem(struct health *health, const char *check, const char *message, ...) __attribute__((format(printf, 3, 4)));

#endif
