/*
 * Backups that were requested or made, the last results of slow checks, and counts for the dashboard. Functions that
 * write must be called inside a write transaction. Times are Unix seconds.
 */
#ifndef STORE_JOB_BACKUP_JOB_H
#define STORE_JOB_BACKUP_JOB_H

#include "store/db/db.h"

/* --- backups ------------------------------------------------------------------------- */

struct backup {
	int64_t id, requested, user_id, finished, bytes;
	const char *name, *problem; /* name of its file, "" for none; why it failed, or "" */
};

/* The folder of backups, below the site's folder. Only the program admin serves files from it. */
#define BACKUP_FOLDER "backup"

/* Requests a backup. CONFLICT: one is already waiting. */
enum status backup_job_ask(struct db *db, int64_t now);

/* The oldest waiting request; NOT_FOUND when there is none. */
enum status backup_job_waiting(struct db *db, struct arena *arena, struct backup *ret_backup);

/* Stores that a backup was made, with the name of its file, or why it failed. */
enum status backup_job_made(struct db *db, int64_t id, const char *name, int64_t bytes, int64_t now);
enum status backup_job_failed(struct db *db, int64_t id, const char *problem);

/* Stores that the command line wrote a backup to a file of its own. */
enum status backup_job_note(struct db *db, int64_t bytes, int64_t now);

/* Stores that the file of a backup is gone. */
enum status backup_job_forget(struct db *db, int64_t id);

/* One backup; NOT_FOUND when there is none. */
enum status backup_job_by_id(struct db *db, struct arena *arena, int64_t id, struct backup *ret_backup);

/* Lists backups whose file exists, newest first, without the first skip ones; looks at 100 at most. In the arena. */
enum status backup_job_list(struct db *db, struct arena *arena, int64_t skip, struct backup **ret_backups, size_t *ret_count);

/* The newest backup or request, whatever its result; NOT_FOUND when there is none. */
enum status backup_job_newest(struct db *db, struct arena *arena, struct backup *ret_backup);

/* When the last backup was made, by form or command line; 0: never. */
enum status backup_job_last(struct db *db, int64_t *ret_time);

/* --- slow checks ---------------------------------------------------------------------- */

struct health_check {
	int64_t checked, bytes, requested;
	const char *report; /* one problem per line; "" when there is none */
};

/* The last result of a check; all zero, with report "", when it never ran. */
enum status health_check_read(struct db *db, struct arena *arena, const char *name, struct health_check *ret_health_check);

/* Stores the result of a check. bytes: what it measured, or 0. */
enum status health_check_save(struct db *db, const char *name, const char *report, int64_t bytes, int64_t now);

/* Requests that a check runs soon. */
enum status health_check_request(struct db *db, const char *name);

/* --- for the dashboard ----------------------------------------------------------------- */

/* How much is waiting; each count stops at 100. */
struct waiting {
	int64_t comments, posts; /* waiting for a moderator; scheduled */
};
enum status waiting_read(struct db *db, int64_t now, struct waiting *ret_waiting);

/* The newest sign-ins, newest first, at most limit. In the arena. */
struct recent_sign_in {
	int64_t user_id, created;
	const char *name, *agent;
};
enum status session_list_recent(struct db *db, struct arena *arena, int64_t limit, struct recent_sign_in **ret_sign_ins, size_t *ret_count);

#endif
