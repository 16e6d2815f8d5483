#include "store/job/export_job.h"

#include "store/post/post_columns.h"

static const struct column job_columns[] = {
	COLUMN_INT(struct export_job, user_id),
	COLUMN_INT(struct export_job, requested),
	COLUMN_INT(struct export_job, finished),
	COLUMN_TEXT(struct export_job, name),
	COLUMN_INT(struct export_job, bytes),
	COLUMN_INT(struct export_job, posts),
	COLUMN_TEXT(struct export_job, problem),
	{ 0 },
};
static const struct row job_row = { sizeof(struct export_job), job_columns };

#define JOB "SELECT user_id, requested, finished, name, bytes, posts, problem FROM export_job"

QUERY(of_user, JOB " WHERE user_id = :user");

enum status
export_job_read(struct db *db, struct arena *arena, int64_t user_id, struct export_job *ret_job)
{
	return query_one(db, arena, of_user, &job_row, ret_job, BIND(INT("user", user_id)));
}

QUERY(ask,
	"INSERT INTO export_job (user_id, requested) VALUES (:user, :now) ON CONFLICT (user_id) DO UPDATE SET"
	" requested = excluded.requested, finished = 0, bytes = 0, posts = 0, problem = '' WHERE export_job.finished > 0");

enum status
export_job_ask(struct db *db, int64_t user_id, int64_t now)
{
	return query_run(db, ask, BIND(INT("user", user_id), INT("now", now)));
}

QUERY(waiting, JOB " WHERE finished = 0 AND requested > 0 ORDER BY requested LIMIT 1");

enum status
export_job_next(struct db *db, struct arena *arena, struct export_job *ret_job)
{
	return query_one(db, arena, waiting, &job_row, ret_job, BIND());
}

QUERY(done,
	"UPDATE export_job SET finished = :finished, name = :name, bytes = :bytes, posts = :posts, problem = :problem"
	" WHERE user_id = :user");

enum status
export_job_done(struct db *db, const struct export_job *job)
{
	return query_run(db, done, BIND(INT("user", job->user_id), INT("finished", job->finished), TEXT("name", job->name),
		INT("bytes", job->bytes), INT("posts", job->posts), TEXT("problem", job->problem)));
}

QUERY(old, JOB " WHERE finished > 0 AND finished < :before ORDER BY finished LIMIT 100");

enum status
export_job_old(struct db *db, struct arena *arena, int64_t before, struct export_job **ret_jobs, size_t *ret_count)
{
	return query_list(db, arena, old, &job_row, ret_jobs, ret_count, BIND(INT("before", before)));
}

QUERY(forget, "DELETE FROM export_job WHERE user_id = :user");

enum status
export_job_remove(struct db *db, int64_t user_id)
{
	return query_run(db, forget, BIND(INT("user", user_id)));
}

QUERY(written,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.author_id = :user AND p.id > :after AND p.trashed = 0"
	" ORDER BY p.id LIMIT :limit");

enum status
export_job_posts(struct db *db, struct arena *arena, int64_t user_id, int64_t after_id, int64_t limit, struct post **ret_posts,
	size_t *ret_count)
{
	return post_many(db, arena, written, ret_posts, ret_count,
		BIND(INT("user", user_id), INT("after", after_id), INT("limit", limit)));
}

static const struct column slug_columns[] = {
	COLUMN_TEXT(struct export_job_slug, slug),
	{ 0 },
};
static const struct row slug_row = { sizeof(struct export_job_slug), slug_columns };

QUERY_WITH(QUERY_SORTS, former, "SELECT slug FROM post_slug WHERE post_id = :post ORDER BY created, slug");

enum status
export_job_former(struct db *db, struct arena *arena, int64_t post_id, struct export_job_slug **ret_slugs, size_t *ret_count)
{
	return query_list(db, arena, former, &slug_row, ret_slugs, ret_count, BIND(INT("post", post_id)));
}
