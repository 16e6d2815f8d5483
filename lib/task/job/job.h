/*
 * Background jobs, which `renown work` runs.
 *
 * A job is a row of the table in cmd_work.c and a function in a file of its own, job_NOUN.c. Every few seconds one
 * process calls all of them, one after the other. A job
 *
 * - first checks, by one look-up in an index, whether anything is due, and returns OK when nothing is; most rounds end
 *   there;
 * - begins and commits its own short transactions; what it leaves open is rolled back;
 * - does slow work (mail, HTTP, image conversion) outside transactions, and only a limited amount of it, so that the
 *   next job is not delayed: the rest is still due in the next round;
 * - may be killed at any moment, and continues correctly when it is called again;
 * - owns nothing after it has returned: the arena is emptied.
 *
 * A failure is logged once, and again when the job succeeds or fails in another way. The other jobs continue. SIGTERM
 * and SIGINT are blocked meanwhile: a long job checks stop_signal_pending(), and a job that starts a program unblocks
 * the signals for it (posix_spawnattr_setsigmask).
 */
#ifndef TASK_JOB_H
#define TASK_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/conf.h"
#include "core/status.h"
#include "store/db/db.h"

/* A row of the table. */
struct job {
	const char *name; /* one word for the log; NULL ends the table */
	enum status (*run)(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);
	bool urgent; /* also run during another long job: see job_run_urgent() */
};

/* Sets the table for job_run() and job_run_urgent(). It must stay valid and unchanged. */
void job_use_table(const struct job *table);

/* Runs the job at this index of the table and rolls back a transaction that it left open. */
enum status job_run(struct db *db, struct arena *arena, const struct conf *conf, size_t number);

/*
 * Runs the urgent jobs, such as sending sign-in emails. A job that takes minutes calls this every few seconds, without
 * an open transaction.
 */
void job_run_urgent(struct db *db, const struct conf *conf);

/*
 * job_auth.c: deletes expired sessions, sign-in links, codes, invitations and form records, old autosaved text, decided
 * summaries from before migration 15, and counts of failed attempts that have not changed for a day.
 */
enum status job_auth(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_reply.c: queues the emails about replies to comments. */
enum status job_reply(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/*
 * job_moderation.c: rejects everything that a banned person wrote, if a moderator decided so. Ends bans whose time is over. Deletes old links
 * to moderators, texts from before an edit (30 days) and digests of commenters' networks (30 days).
 */
enum status job_moderation(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/*
 * job_learn.c: the spam classifier learns from decisions about comments, at most 200 in a run, and unlearns what was undone. Deletes
 * texts that it learned before an edit (30 days).
 */
enum status job_learn(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_digest.c: emails moderators about comments that have been waiting, at most once a day. */
enum status job_digest(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_trash.c: permanently deletes posts that have been in the trash for 30 days. */
enum status job_trash(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_assets.c: renews the copies of the theme's files, plain and compressed, in the site's folder "assets" when a file or the theme has changed. */
enum status job_assets(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_export.c: makes the requested exports, and deletes those that are older than a week. */
enum status job_export(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_import.c: imports uploads, and deletes reports that are older than a month. */
enum status job_import(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_fetch.c: downloads recordings from other sites. */
enum status job_fetch(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_media.c: makes the files of posts public whose publish date has come. */
enum status job_media_visibility(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_media.c: finds the durations of recordings. */
enum status job_media_durations(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_media_variant.c: makes smaller sizes of images, and renders texts whose images were replaced or have new sizes. */
enum status job_media_variants(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/*
 * job_backup.c: writes the backup that was requested in the admin area, if any, to the site's folder "backup". Deletes older ones
 * than the number in the setting backups_kept.
 */
enum status job_backup(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_health.c: runs the health checks that read everything, on request and once a week. */
enum status job_health(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

/* job_mail.c: sends the emails in the outbox. */
enum status job_mail(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

#endif
