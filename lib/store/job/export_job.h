/* Files with everything that somebody wrote: asked for at the desk, made by `renown work`, fetched once or more, kept for a week. */
#ifndef STORE_JOB_EXPORT_JOB_H
#define STORE_JOB_EXPORT_JOB_H

#include "store/db/db.h"

/* Below the site's folder. */
#define EXPORT_FOLDER "export"
enum { EXPORT_SECONDS = 7 * 24 * 3600 };

struct export_job_job {
	int64_t user_id, requested;
	int64_t finished;          /* when the file was ready; 0: it is not */
	const char *name;      /* of the file, in conf's folder of exports; "" until then, and when it could not be made */
	int64_t bytes, posts;
	const char *problem;   /* why it could not be made, or "" */
};

/* NOT_FOUND when this user asked for none. */
enum status export_job_read(struct db *db, struct arena *arena, int64_t user_id, struct export_job_job *ret_job);

/* Asks for a new one. One that still waits stays as it is. In a private transaction. */
enum status export_job_ask(struct db *db, int64_t user_id, int64_t now);

/* The one that waits longest; NOT_FOUND. */
enum status export_job_next(struct db *db, struct arena *arena, struct export_job_job *ret_job);

/* What became of it. */
enum status export_job_done(struct db *db, const struct export_job_job *job);

/* Those that were made before that time: their files may go. */
enum status export_job_old(struct db *db, struct arena *arena, int64_t before, struct export_job_job **ret_jobs, size_t *ret_count);
enum status export_job_remove(struct db *db, int64_t user_id);

/* A former address of a post. */
struct export_job_slug {
	const char *slug;
};
enum status export_job_former(struct db *db, struct arena *arena, int64_t post_id, struct export_job_slug **ret_slugs, size_t *ret_count);

/* The posts that somebody wrote, by id above after_id, none from the bin; at most limit. */
struct post;
enum status export_job_posts(struct db *db, struct arena *arena, int64_t user_id, int64_t after_id, int64_t limit,
	struct post **ret_posts, size_t *ret_count);

#endif
