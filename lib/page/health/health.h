/*
 * Whether the site is well: what `renown doctor` prints and /admin/health shows. Each thing that is looked at is told, well or
 * ill, in a sentence of the language in use that says what to do.
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
	struct db *db;  /* for what looks into the store */
	int64_t now;
	bool clean;     /* remove files that nothing needs */
	/* check: in English, N_() marked; ill: something is to be done. */
	void (*tell)(void *context, const char *check, bool ill, const char *sentence);
	void *context;
	struct str *report; /* of what is ill, see page/health/finding.h; NULL: none is kept */
	int findings;   /* how many were ill */
	int64_t media_bytes; /* of all files, once health_media() has looked */
};

/* Cheap: clock, space, permissions; and, where there is a store, its newest entry, and the theme that its settings name. */
void health_machine(struct health *health);

/* That theme by itself. */
void health_theme(struct health *health);

/* Whether the store holds something that is later than now: the clock was set back. */
void health_newest(struct health *health);

/* Reads all of the store: integrity, texts, index, counts. */
void health_store(struct health *health);

/* Looks at every file of the media folder. */
void health_media(struct health *health);

/* The store and the files, and keeps what they said for /admin/health, in a transaction of its own. */
enum status health_full_check(struct health *health);

/* The name that it is kept under, see store/job/backup_job.h. */
extern const char health_full_check_name[];

/* Bytes as people read them: "3.4 MiB". */
char *health_size(struct arena *arena, int64_t bytes);

/* Bytes that are free where the site lies; -1 when nobody can tell. */
int64_t health_space(const struct conf *conf);

/* --- for its parts: message in English, N_() marked, as page/health/finding.h wants it -------- */

void health_well(struct health *health, const char *check, const char *message, ...) __attribute__((format(printf, 3, 4)));
void health_ill(struct health *health, const char *check, const char *message, ...) __attribute__((format(printf, 3, 4)));

#endif
