/*
 * What is done in the background, while nobody waits: `renown work`.
 *
 * A job is a row of the table in cmd_work.c and a function in a file of its own, work_NOUN.c. Every few seconds all of them are
 * called one after the other, by one process at a time. A job
 *
 *   - asks first, by one look-up in an index, whether anything is due, and returns OK when nothing is: most rounds end there;
 *   - begins and commits its own transactions, short ones; whatever it leaves open is given up;
 *   - does slow work (mail, HTTP, a picture) outside of them, and a bounded amount of it, so that the next job gets its turn: what
 *     is left is still due in the next round;
 *   - may be killed at any moment, and finds its way when it is called again;
 *   - owns nothing after it has returned: the arena is emptied.
 *
 * When it fails, that is written once, and again when it works or fails in another way; the other jobs go on.
 * SIGTERM and SIGINT are held back meanwhile: a job that runs for long asks stop_signal_pending(), and one that starts a
 * program lets that one have the signals again (posix_spawnattr_setsigmask).
 */
#ifndef TASK_JOB_H
#define TASK_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/conf.h"
#include "core/status.h"
#include "store/db/db.h"

struct job {
	const char *name; /* one word for the log; NULL ends the table */
	enum status (*run)(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);
	bool meanwhile; /* done while another one takes long: see job_run_urgent() */
};

/* The table that job_run() and job_run_urgent() take their jobs from. It must stay as it is. */
void job_use_table(const struct job *table);

/* Runs the job in that place of the table, and gives up what it left open. */
enum status job_run(struct db *db, struct arena *arena, const struct conf *conf, size_t place);

/*
 * For a job that takes minutes, every few seconds, with no transaction open: does what somebody waits for, such as a mail that lets
 * them in.
 */
void job_run_urgent(struct db *db, const struct conf *conf);

/* job_auth.c: removes sessions, links and invitations that are over, and counts of wrong passwords that were quiet for a day. */
enum status job_auth(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_trash.c: deletes for good what has been in the bin for thirty days. */
enum status job_trash(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_export.c: makes the files that were asked for at the desk, and removes those that are older than a week. */
enum status job_export(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_import.c: brings in what authors sent at the desk, and removes reports of last month. */
enum status job_import(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_fetch.c: brings recordings that lie elsewhere. */
enum status job_fetch(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_media.c: opens files whose posts have become due. */
enum status job_media_visibility(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_media.c: finds how long recordings last. */
enum status job_media_durations(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_media.c: makes smaller sizes of pictures, and renders texts that show what was replaced or has got its sizes. */
enum status job_media_variants(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/*
 * job_backup.c: writes the backup that somebody asked for in a form, if any, into the site's folder "backup". Older ones than the
 * setting backups_kept keeps are removed.
 */
enum status job_backup(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_health.c: the checks that read everything, when somebody asked for them, and once a week. */
enum status job_health(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_mail.c: sends the mail that waits in the outbox. */
enum status job_mail(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

#endif
