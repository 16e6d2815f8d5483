#include "store/job/import_job.h"

static const struct column job_columns[] = {
	COLUMN_INT(struct import_job, id),
	COLUMN_INT(struct import_job, user_id),
	COLUMN_INT(struct import_job, requested),
	COLUMN_TEXT(struct import_job, folder),
	COLUMN_INT(struct import_job, publish),
	COLUMN_INT(struct import_job, total),
	COLUMN_INT(struct import_job, processed),
	COLUMN_INT(struct import_job, tries),
	COLUMN_INT(struct import_job, finished),
	COLUMN_TEXT(struct import_job, problem),
	{ 0 },
};
static const struct row job_row = { sizeof(struct import_job), job_columns };

static const struct column line_columns[] = {
	COLUMN_INT(struct import_line, number),
	COLUMN_TEXT(struct import_line, path),
	COLUMN_TEXT(struct import_line, outcome),
	COLUMN_INT(struct import_line, post_id),
	COLUMN_INT(struct import_line, line),
	COLUMN_TEXT(struct import_line, words),
	COLUMN_TEXT(struct import_line, about),
	COLUMN_TEXT(struct import_line, title),
	COLUMN_INT(struct import_line, author_id),
	{ 0 },
};
static const struct row line_row = { sizeof(struct import_line), line_columns };

#define JOB "SELECT id, user_id, requested, folder, publish, total, processed, tries, finished, problem FROM import_job"

/* --- for the author ------------------------------------------------------------- */

QUERY(of_user, JOB " WHERE id = :id AND user_id = :user");

enum status
import_job_read(struct db *db, struct arena *arena, int64_t user_id, int64_t id, struct import_job *ret_job)
{
	return query_one(db, arena, of_user, &job_row, ret_job, BIND(INT("id", id), INT("user", user_id)));
}

QUERY(newest, JOB " WHERE user_id = :user ORDER BY id DESC LIMIT :limit");

enum status
import_job_list(struct db *db, struct arena *arena, int64_t user_id, struct import_job **ret_jobs, size_t *ret_count)
{
	return query_list(db, arena, newest, &job_row, ret_jobs, ret_count, BIND(INT("user", user_id), INT("limit", IMPORT_JOB_SHOWN)));
}

QUERY(unfinished, "SELECT count(*) FROM import_job WHERE user_id = :user AND finished = 0");

enum status
import_job_waiting(struct db *db, int64_t user_id, int64_t *ret_count)
{
	return query_integer(db, unfinished, ret_count, BIND(INT("user", user_id)));
}

QUERY(lines,
	"SELECT l.number, l.path, l.outcome, coalesce(l.post_id, 0) AS post_id, l.line, l.words, l.about, coalesce(p.title, '') AS title,"
	" coalesce(p.author_id, 0) AS author_id FROM import_line AS l LEFT JOIN post AS p ON p.id = l.post_id"
	" WHERE l.job_id = :job AND l.number > :after ORDER BY l.number LIMIT :limit");

enum status
import_job_lines(struct db *db, struct arena *arena, int64_t id, int64_t after, struct import_line **ret_lines, size_t *ret_count)
{
	return query_list(db, arena, lines, &line_row, ret_lines, ret_count,
		BIND(INT("job", id), INT("after", after), INT("limit", IMPORT_JOB_LINES + 1)));
}

QUERY(count_outcome, "SELECT count(*) FROM import_line WHERE job_id = :job AND outcome = :outcome");

enum status
import_job_count(struct db *db, int64_t id, const char *outcome, int64_t *ret_count)
{
	return query_integer(db, count_outcome, ret_count, BIND(INT("job", id), TEXT("outcome", outcome)));
}

QUERY(add, "INSERT INTO import_job (user_id, requested, folder, publish) VALUES (:user, :now, :folder, :publish) RETURNING id");

enum status
import_job_add(struct db *db, int64_t user_id, int64_t now, const char *folder, bool publish, int64_t *ret_id)
{
	return query_insert(db, add, ret_id,
		BIND(INT("user", user_id), INT("now", now), TEXT("folder", folder), INT("publish", publish)));
}

/* --- for `renown work` ---------------------------------------------------------- */

QUERY(waiting, JOB " WHERE finished = 0 AND id > 0 ORDER BY id LIMIT 1");

enum status
import_job_next(struct db *db, struct arena *arena, struct import_job *ret_job)
{
	return query_one(db, arena, waiting, &job_row, ret_job, BIND());
}

static const struct column path_columns[] = {
	COLUMN_TEXT(struct import_line, path),
	{ 0 },
};
static const struct row path_row = { sizeof(struct import_line), path_columns };

QUERY_WITH(QUERY_UNORDERED, settled, "SELECT path FROM import_line WHERE job_id = :job AND outcome <> 'note'");
QUERY(last_number, "SELECT coalesce(max(number), 0) FROM import_line WHERE job_id = :job");

enum status
import_job_settled(struct db *db, int64_t id, enum status (*each)(void *context, struct arena *arena, void *line), void *context,
	int64_t *ret_last)
{
	TRY(query_each(db, settled, &path_row, each, context, BIND(INT("job", id))));
	return query_integer(db, last_number, ret_last, BIND(INT("job", id)));
}

QUERY(insert_line,
	"INSERT INTO import_line (job_id, number, path, outcome, post_id, line, words, about)"
	" VALUES (:job, :number, :path, :outcome, :post, :line, :words, :about)");

enum status
import_job_add_line(struct db *db, int64_t id, const struct import_line *line)
{
	return query_run(db, insert_line, BIND(INT("job", id), INT("number", line->number), TEXT("path", line->path), TEXT("outcome", line->outcome),
		REFERENCE("post", line->post_id), INT("line", line->line), TEXT("words", line->words), TEXT("about", line->about)));
}

QUERY(begun, "UPDATE import_job SET tries = CASE WHEN tries + :by < 0 THEN 0 ELSE tries + :by END WHERE id = :id");

enum status
import_job_try(struct db *db, int64_t id, int64_t by)
{
	return query_run(db, begun, BIND(INT("id", id), INT("by", by)));
}

QUERY(move, "UPDATE import_job SET total = :total, processed = :processed, tries = 0 WHERE id = :id");

enum status
import_job_set_progress(struct db *db, int64_t id, int64_t texts, int64_t settled_texts)
{
	return query_run(db, move, BIND(INT("id", id), INT("total", texts), INT("processed", settled_texts)));
}

QUERY(end, "UPDATE import_job SET finished = :now, problem = :problem WHERE id = :id");

enum status
import_job_end(struct db *db, int64_t id, int64_t now, const char *problem)
{
	return query_run(db, end, BIND(INT("id", id), INT("now", now), TEXT("problem", problem)));
}

QUERY(by_folder, "SELECT id FROM import_job WHERE folder = :folder AND finished = 0");

enum status
import_job_folder(struct db *db, const char *folder)
{
	int64_t id;

	return query_integer(db, by_folder, &id, BIND(TEXT("folder", folder)));
}

QUERY(forget, "DELETE FROM import_job WHERE id IN (SELECT id FROM import_job WHERE finished > 0 AND finished < :before LIMIT 100)");

enum status
import_job_forget(struct db *db, int64_t before)
{
	return query_run(db, forget, BIND(INT("before", before)));
}

QUERY(old, "SELECT id FROM import_job WHERE finished > 0 AND finished < :before LIMIT 1");

enum status
import_job_is_old(struct db *db, int64_t before)
{
	int64_t id;

	return query_integer(db, old, &id, BIND(INT("before", before)));
}
