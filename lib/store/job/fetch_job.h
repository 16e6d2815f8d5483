/*
 * Recordings on other sites. The author gives a URL; `renown work` downloads the file into the author's media library
 * and makes it the post's recording. So readers send no request to other sites, and a recording can be restricted to
 * members. Times are Unix seconds.
 */
#ifndef STORE_JOB_FETCH_JOB_H
#define STORE_JOB_FETCH_JOB_H

#include <stdbool.h>

#include "store/db/db.h"

enum {
	FETCH_TRIES = 5,
	FETCH_TRY_SECONDS = 60,            /* seconds until the second try; then twice as long each time */
	FETCH_KEPT = 30 * 24 * 3600,       /* seconds for which a failed download is shown */
	FETCH_ADDRESS_MAX = 500,          /* characters */
};

struct fetch_job {
	int64_t post_id, user_id;
	const char *address;
	int64_t requested, tries, next_try, finished;
	const char *problem, *detail; /* in English for lang_text(); the text of the server or the network */
};

/*
 * Whether it is an http or https URL with a host, without user name, password, spaces and characters that end a URL.
 */
bool fetch_job_is_address(const char *address);

/* The download of a post; NOT_FOUND when there is none. */
enum status fetch_job_read(struct db *db, struct arena *arena, int64_t post_id, struct fetch_job *ret_fetch);

/* --- writing (inside a write transaction) ------------------------------------------ */

/* Requests a download, in place of the post's former one; the same URL starts it again. INVALID: not such a URL. */
enum status fetch_job_ask(struct db *db, const struct fetch_job *fetch);

/* Removes a post's download because it is done, or the post has another recording. */
enum status fetch_job_forget(struct db *db, int64_t post_id);

/* --- for `renown work` -------------------------------------------------------------- */

/* The next download that is due; NOT_FOUND when there is none. Reads only. */
enum status fetch_job_next(struct db *db, struct arena *arena, int64_t now, struct fetch_job *ret_fetch);

/*
 * Counts a try and schedules the next one, and commits this before the download begins. So a download that crashes
 * the process is not repeated at once.
 */
enum status fetch_job_begin(struct db *db, struct fetch_job *fetch, int64_t now);

/* Stores why a try failed, and commits it. again: try again later, unless this was try number FETCH_TRIES. */
enum status fetch_job_failed(struct db *db, const struct fetch_job *fetch, bool again, const char *problem, const char *detail, int64_t now);

/* Whether a download failed for good before that time; removes such downloads, and commits. */
enum status fetch_job_is_old(struct db *db, int64_t before, bool *ret_old);
enum status fetch_job_sweep(struct db *db, int64_t before);

#endif
