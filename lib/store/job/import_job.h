/*
 * Markdown files that authors send at the desk: kept in a folder, imported by `renown work`, told in a report.
 *
 * The folder comes first, whole and on the disk, then the row; and the lines of the report are kept together with the posts that they
 * tell of. So whatever is killed in between: an import that goes on finds what was settled, and nothing comes twice.
 */
#ifndef STORE_JOB_IMPORT_JOB_H
#define STORE_JOB_IMPORT_JOB_H

#include <stdbool.h>

#include "store/db/db.h"

/* Reports are kept for a month. So many of one person may wait, and one page shows so many lines and jobs. */
enum { IMPORT_JOB_SECONDS = 30 * 24 * 3600, IMPORT_JOB_WAITING = 3, IMPORT_JOB_LINES = 100, IMPORT_JOB_SHOWN = 20 };

/* The folder of arrivals, below the media folder: no address leads to it. */
#define IMPORT_UPLOADS "arriving"

struct import_job {
	int64_t id, user_id, requested;
	const char *folder;
	int64_t publish, total, processed, tries;
	int64_t finished;       /* 0: not yet */
	const char *problem; /* in English for lang_text(), or "" */
};

struct import_line {
	int64_t number;
	const char *path, *outcome;
	int64_t post_id;     /* 0: none, or gone since */
	int64_t line;
	const char *words, *about;
	const char *title;   /* of that post, and */
	int64_t author_id;   /* whose it is */
};

/* --- for its author ------------------------------------------------------------- */

/* NOT_FOUND also when it is somebody else's. */
enum status import_job_read(struct db *db, struct arena *arena, int64_t user_id, int64_t id, struct import_job *ret_job);

/* The newest ones of a user, at most IMPORT_JOB_SHOWN. */
enum status import_job_list(struct db *db, struct arena *arena, int64_t user_id, struct import_job **ret_jobs, size_t *ret_count);

/* How many of a user's have not ended. */
enum status import_job_waiting(struct db *db, int64_t user_id, int64_t *ret_count);

/* Lines of a report with numbers above after, at most IMPORT_JOB_LINES + 1. */
enum status import_job_lines(struct db *db, struct arena *arena, int64_t id, int64_t after, struct import_line **ret_lines,
	size_t *ret_count);

/* How many files came to that fate. */
enum status import_job_count(struct db *db, int64_t id, const char *outcome, int64_t *ret_count);

/* A new one, in a private transaction. */
enum status import_job_add(struct db *db, int64_t user_id, int64_t now, const char *folder, bool publish, int64_t *ret_id);

/* --- for whoever does it -------------------------------------------------------- */

/* The one that waits longest; NOT_FOUND. */
enum status import_job_next(struct db *db, struct arena *arena, struct import_job *ret_job);

/* Calls each with the path of every file that an earlier run has settled, a struct import_line; and the last number, 0 when there is none. */
enum status import_job_settled(struct db *db, int64_t id, enum status (*each)(void *context, struct arena *arena, void *line),
	void *context, int64_t *ret_last);

/* In a write transaction: it is begun once more, or was not after all (by -1); a line more; how far it is, so that its tries count anew; its end. */
enum status import_job_try(struct db *db, int64_t id, int64_t by);
enum status import_job_tell(struct db *db, int64_t id, const struct import_line *line);
enum status import_job_move(struct db *db, int64_t id, int64_t texts, int64_t settled);
enum status import_job_end(struct db *db, int64_t id, int64_t now, const char *problem);

/* Whether a folder of arrivals belongs to one that has not ended: NOT_FOUND when it may go. */
enum status import_job_folder(struct db *db, const char *folder);

/* Removes reports that ended before that time, at most a hundred; in a private transaction. */
enum status import_job_forget(struct db *db, int64_t before);

/* Whether there are any of those. */
enum status import_job_is_old(struct db *db, int64_t before);

#endif
