/*
 * Exports of all posts of an author: requested in the studio, made by `renown work`, available for download for a
 * week. Times are Unix seconds.
 */
#ifndef STORE_JOB_EXPORT_JOB_H
#define STORE_JOB_EXPORT_JOB_H

#include "store/db/db.h"

/* The folder of exports, below the site's folder. */
#define EXPORT_FOLDER "export"
enum { EXPORT_SECONDS = 7 * 24 * 3600 };

struct export_job {
	int64_t user_id, requested;
	int64_t finished;          /* when the file was ready, or the export failed; 0: not yet */
	const char *name;      /* of the file in the folder of exports; "" before, and when it failed */
	int64_t bytes, posts;
	const char *problem;   /* why it failed, or "" */
};

/* A user's export; NOT_FOUND when none was requested. */
enum status export_job_read(struct db *db, struct arena *arena, int64_t user_id, struct export_job *ret_job);

/* Requests a new export, inside a private transaction. A request that is waiting stays as it is. */
enum status export_job_ask(struct db *db, int64_t user_id, int64_t now);

/* The oldest waiting request; NOT_FOUND when there is none. */
enum status export_job_next(struct db *db, struct arena *arena, struct export_job *ret_job);

/* Stores the result of an export, inside a private transaction. */
enum status export_job_done(struct db *db, const struct export_job *job);

/* Lists exports made before that time, at most 100, so that their files can be deleted. In the arena. */
enum status export_job_old(struct db *db, struct arena *arena, int64_t before, struct export_job **ret_jobs, size_t *ret_count);
/* Removes a user's export, inside a private transaction. */
enum status export_job_remove(struct db *db, int64_t user_id);

/* A former slug of a post. */
struct export_job_slug {
	const char *slug;
};
/* Lists the former slugs of a post, oldest first. In the arena. */
enum status export_job_former(struct db *db, struct arena *arena, int64_t post_id, struct export_job_slug **ret_slugs, size_t *ret_count);

/* Lists the posts of a user by id, above after_id, without the trash; at most limit. In the arena. */
struct post;
enum status export_job_posts(struct db *db, struct arena *arena, int64_t user_id, int64_t after_id, int64_t limit,
	struct post **ret_posts, size_t *ret_count);

#endif
