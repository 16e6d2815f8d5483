/*
 * Recordings that lie elsewhere. Whoever writes a post gives the address; `renown work` fetches the file into their library and makes it
 * the post's recording, so that readers are sent to nobody else, and what is for members only can be.
 */
#ifndef STORE_JOB_FETCH_JOB_H
#define STORE_JOB_FETCH_JOB_H

#include <stdbool.h>

#include "store/db/db.h"

enum {
	FETCH_TRIES = 5,
	FETCH_TRY_SECONDS = 60,            /* until the second try; then twice as long each time */
	FETCH_KEPT = 30 * 24 * 3600,       /* seconds that one which was given up can be read about */
	FETCH_ADDRESS_MOST = 500,          /* characters */
};

struct fetch_job {
	int64_t post_id, user_id;
	const char *address;
	int64_t requested, tries, next_try, finished;
	const char *problem, *detail; /* in English for lang_text(); in the words of the other side */
};

/* http or https, a host, and nothing that ends an address. */
bool fetch_job_is_address(const char *address);

/* That of a post; NOT_FOUND when it waits for none. */
enum status fetch_job_read(struct db *db, struct arena *arena, int64_t post_id, struct fetch_job *ret_fetch);

/* --- writing (inside a write transaction) ------------------------------------------ */

/* Asks for one, in place of what the post waited for before. The same address again is a new try of it. */
enum status fetch_job_ask(struct db *db, const struct fetch_job *fetch);

/* Nothing is to be fetched for that post any more: it is there, or another recording is. */
enum status fetch_job_forget(struct db *db, int64_t post_id);

/* --- for renown work ---------------------------------------------------------------- */

/* The next one that is due; NOT_FOUND. Reads only. */
enum status fetch_job_next(struct db *db, struct arena *arena, int64_t now, struct fetch_job *ret_fetch);

/* Counts a try and puts the next one off, and commits that, before anything is fetched: what ends the process does not come at once again. */
enum status fetch_job_begin(struct db *db, struct fetch_job *fetch, int64_t now);

/* How a try failed, and commits it. again: it is tried once more, unless it was for FETCH_TRIES times. */
enum status fetch_job_failed(struct db *db, const struct fetch_job *fetch, bool again, const char *problem, const char *detail, int64_t now);

/* Whether any was given up before that time; and removes those, and commits it. */
enum status fetch_job_is_old(struct db *db, int64_t before, bool *ret_old);
enum status fetch_job_sweep(struct db *db, int64_t before);

#endif
