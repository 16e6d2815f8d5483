/*
 * Markdown files that authors upload: stored in a folder, imported by `renown work`, with a report. Times are Unix
 * seconds.
 *
 * The folder is complete and synced before its row is added. The lines of the report are written in the same
 * transaction as the posts that they describe. So after a crash at any time, the import continues with the files that
 * have no line yet, and no post is created twice.
 */
#ifndef STORE_JOB_IMPORT_JOB_H
#define STORE_JOB_IMPORT_JOB_H

#include <stdbool.h>

#include "store/db/db.h"

/*
 * The seconds for which reports are kept, the most unfinished imports of one user, and the most lines and imports on
 * one page.
 */
enum { IMPORT_JOB_SECONDS = 30 * 24 * 3600, IMPORT_JOB_WAITING = 3, IMPORT_JOB_LINES = 100, IMPORT_JOB_SHOWN = 20 };

/* The folder of uploads, below the media folder. No URL leads to it. */
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
	int64_t post_id;     /* 0: none, or deleted since */
	int64_t line;
	const char *words, *about;
	const char *title;   /* title of that post */
	int64_t author_id;   /* author of that post */
};

/* --- for the author ------------------------------------------------------------- */

/* One import of the user; NOT_FOUND also when it belongs to somebody else. */
enum status import_job_read(struct db *db, struct arena *arena, int64_t user_id, int64_t id, struct import_job *ret_job);

/* Lists the newest imports of a user, at most IMPORT_JOB_SHOWN. In the arena. */
enum status import_job_list(struct db *db, struct arena *arena, int64_t user_id, struct import_job **ret_jobs, size_t *ret_count);

/* The number of a user's unfinished imports. */
enum status import_job_waiting(struct db *db, int64_t user_id, int64_t *ret_count);

/* Lists lines of a report with numbers above after, at most IMPORT_JOB_LINES + 1. In the arena. */
enum status import_job_lines(struct db *db, struct arena *arena, int64_t id, int64_t after, struct import_line **ret_lines,
	size_t *ret_count);

/* The number of files with that result: 'added', 'there', 'left' or 'note' (see table import_line). */
enum status import_job_count(struct db *db, int64_t id, const char *outcome, int64_t *ret_count);

/* Adds an import, inside a private transaction. */
enum status import_job_add(struct db *db, int64_t user_id, int64_t now, const char *folder, bool publish, int64_t *ret_id);

/* --- for `renown work` ---------------------------------------------------------- */

/* The oldest unfinished import; NOT_FOUND when there is none. */
enum status import_job_next(struct db *db, struct arena *arena, struct import_job *ret_job);

/*
 * Calls each() for every file that an earlier run has finished, with a struct import_line that has only a path.
 * *ret_last: the number of the last line; 0: none.
 */
enum status import_job_settled(struct db *db, int64_t id, enum status (*each)(void *context, struct arena *arena, void *line),
	void *context, int64_t *ret_last);

/*
 * Inside a write transaction. _try: adds by to the tries: 1 when a run begins, -1 when it does not count. _tell: adds
 * a line to the report. _move: stores the progress, and resets the tries. _end: ends the import; problem "": it is
 * complete.
 */
enum status import_job_try(struct db *db, int64_t id, int64_t by);
enum status import_job_add_line(struct db *db, int64_t id, const struct import_line *line);
enum status import_job_set_progress(struct db *db, int64_t id, int64_t texts, int64_t settled);
enum status import_job_end(struct db *db, int64_t id, int64_t now, const char *problem);

/* OK when the folder belongs to an unfinished import; NOT_FOUND when it can be deleted. */
enum status import_job_folder(struct db *db, const char *folder);

/* Removes imports that ended before that time, with their reports, at most 100. Inside a private transaction. */
enum status import_job_forget(struct db *db, int64_t before);

/* OK when there is such an import; NOT_FOUND otherwise. */
enum status import_job_is_old(struct db *db, int64_t before);

#endif
