/* What keeps the site: backups that were asked for or made, and what slow checks said the last time. */
#ifndef STORE_JOB_BACKUP_JOB_H
#define STORE_JOB_BACKUP_JOB_H

#include "store/db/db.h"

/* --- backups ------------------------------------------------------------------------- */

struct backup {
	int64_t id, requested, user_id, finished, bytes;
	const char *name, *problem; /* see table backup */
};

/* The folder of backups below a site's folder; nothing but the program admin lets anybody have what is in it. */
#define BACKUP_FOLDER "backup"

/* Asks for one, inside a write transaction; CONFLICT while another waits. */
enum status backup_job_ask(struct db *db, int64_t now);

/* The one that waits; NOT_FOUND when none does. */
enum status backup_job_waiting(struct db *db, struct arena *arena, struct backup *ret_backup);

/* It is made, under that name; or could not be, for that reason. Inside a write transaction. */
enum status backup_job_made(struct db *db, int64_t id, const char *name, int64_t bytes, int64_t now);
enum status backup_job_failed(struct db *db, int64_t id, const char *problem);

/* One that the command line wrote to a file of its own. Inside a write transaction. */
enum status backup_job_note(struct db *db, int64_t bytes, int64_t now);

/* Its file is gone. Inside a write transaction. */
enum status backup_job_forget(struct db *db, int64_t id);

enum status backup_job_by_id(struct db *db, struct arena *arena, int64_t id, struct backup *ret_backup);

/* Those whose file is there, newest first, without the first few. */
enum status backup_job_list(struct db *db, struct arena *arena, int64_t skip, struct backup **ret_backups, size_t *ret_count);

/* The newest that was asked for, whatever became of it; NOT_FOUND. */
enum status backup_job_newest(struct db *db, struct arena *arena, struct backup *ret_backup);

/* When the last one was made, by form or command line; 0: never. */
enum status backup_job_last(struct db *db, int64_t *ret_time);

/* --- checks that take long ------------------------------------------------------------ */

struct health_check {
	int64_t checked, bytes, requested;
	const char *report; /* "" when all was well */
};

/* All zero when it was never made. */
enum status health_check_read(struct db *db, struct arena *arena, const char *name, struct health_check *ret_health_check);

/* Keeps what it said, inside a write transaction. bytes: what it measured, or 0. */
enum status health_check_save(struct db *db, const char *name, const char *report, int64_t bytes, int64_t now);

/* Asks for it to be made soon, inside a write transaction. */
enum status health_check_request(struct db *db, const char *name);

/* --- at a glance ----------------------------------------------------------------------- */

/* What waits; each count stops at 100. */
struct waiting {
	int64_t comments, posts; /* for a moderator; for their time */
};
enum status waiting_read(struct db *db, int64_t now, struct waiting *ret_waiting);

/* Who signed in, newest first. */
struct recent_sign_in {
	int64_t user_id, created;
	const char *name, *agent;
};
enum status session_list_recent(struct db *db, struct arena *arena, int64_t limit, struct recent_sign_in **ret_sign_ins, size_t *ret_count);

#endif
