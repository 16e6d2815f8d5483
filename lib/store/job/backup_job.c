#include "store/job/backup_job.h"

#include "store/audit/audit.h"

/* --- backups ------------------------------------------------------------------------- */

static const struct column backup_columns[] = {
	COLUMN_INT(struct backup, id),
	COLUMN_INT(struct backup, requested),
	COLUMN_INT(struct backup, user_id),
	COLUMN_INT(struct backup, finished),
	COLUMN_INT(struct backup, bytes),
	COLUMN_TEXT(struct backup, name),
	COLUMN_TEXT(struct backup, problem),
	{ 0 },
};
static const struct row backup_row = { sizeof(struct backup), backup_columns };

#define SELECT_BACKUP "SELECT id, requested, user_id, finished, bytes, name, problem FROM backup_job"

QUERY(one_waiting, SELECT_BACKUP " WHERE finished = 0 AND problem = '' ORDER BY id LIMIT 1");

enum status
backup_job_waiting(struct db *db, struct arena *arena, struct backup *ret_backup)
{
	return query_one(db, arena, one_waiting, &backup_row, ret_backup, BIND());
}

QUERY(is_waiting, "SELECT id FROM backup_job WHERE finished = 0 AND problem = '' LIMIT 1");
QUERY(ask, "INSERT INTO backup_job (requested, user_id) VALUES (:now, :user)");

enum status
backup_job_ask(struct db *db, int64_t now)
{
	int64_t other;
	enum status status = query_integer(db, is_waiting, &other, BIND());

	if (status != NOT_FOUND)
		return status == OK ? CONFLICT : status;
	TRY(query_run(db, ask, BIND(INT("now", now), INT("user", db_actor(db)))));
	return audit_add(db, AUDIT_BACKUP_REQUESTED, "", NULL, NULL);
}

QUERY(made_it, "UPDATE backup_job SET finished = :now, name = :name, bytes = :bytes WHERE id = :id");

enum status
backup_job_made(struct db *db, int64_t id, const char *name, int64_t bytes, int64_t now)
{
	TRY(query_run(db, made_it, BIND(INT("id", id), TEXT("name", name), INT("bytes", bytes), INT("now", now))));
	return audit_add(db, AUDIT_BACKUP_MADE, "", NULL, NULL);
}

QUERY(failed_it, "UPDATE backup_job SET problem = :problem WHERE id = :id");

enum status
backup_job_failed(struct db *db, int64_t id, const char *problem)
{
	return query_run(db, failed_it, BIND(INT("id", id), TEXT("problem", problem)));
}

QUERY(note, "INSERT INTO backup_job (requested, user_id, finished, bytes) VALUES (:now, :user, :now, :bytes)");

enum status
backup_job_note(struct db *db, int64_t bytes, int64_t now)
{
	TRY(query_run(db, note, BIND(INT("user", db_actor(db)), INT("bytes", bytes), INT("now", now))));
	return audit_add(db, AUDIT_BACKUP_MADE, "", NULL, NULL);
}

QUERY(forget, "UPDATE backup_job SET name = '' WHERE id = :id");

enum status
backup_job_forget(struct db *db, int64_t id)
{
	return query_run(db, forget, BIND(INT("id", id)));
}

QUERY(by_id, SELECT_BACKUP " WHERE id = :id");

enum status
backup_job_by_id(struct db *db, struct arena *arena, int64_t id, struct backup *ret_backup)
{
	return query_one(db, arena, by_id, &backup_row, ret_backup, BIND(INT("id", id)));
}

QUERY(kept, SELECT_BACKUP " WHERE name <> '' AND id > 0 ORDER BY id DESC LIMIT 100");

enum status
backup_job_list(struct db *db, struct arena *arena, int64_t skip, struct backup **ret_backups, size_t *ret_count)
{
	struct backup *backups;
	size_t count, left_out;

	TRY(query_list(db, arena, kept, &backup_row, &backups, &count, BIND()));
	left_out = skip < (int64_t)count ? (size_t)skip : count;
	*ret_backups = backups + left_out;
	*ret_count = count - left_out;
	return OK;
}

QUERY(newest, SELECT_BACKUP " WHERE id > 0 ORDER BY id DESC LIMIT 1");

enum status
backup_job_newest(struct db *db, struct arena *arena, struct backup *ret_backup)
{
	return query_one(db, arena, newest, &backup_row, ret_backup, BIND());
}

QUERY(last, "SELECT coalesce(max(finished), 0) FROM backup_job WHERE finished > 0");

enum status
backup_job_last(struct db *db, int64_t *ret_time)
{
	return query_integer(db, last, ret_time, BIND());
}

/* --- slow checks ---------------------------------------------------------------------- */

static const struct column health_check_columns[] = {
	COLUMN_INT(struct health_check, checked),
	COLUMN_INT(struct health_check, bytes),
	COLUMN_INT(struct health_check, requested),
	COLUMN_TEXT(struct health_check, report),
	{ 0 },
};
static const struct row health_check_row = { sizeof(struct health_check), health_check_columns };

QUERY(health_check_by_name, "SELECT checked, bytes, requested, report FROM health_check WHERE name = :name");

enum status
health_check_read(struct db *db, struct arena *arena, const char *name, struct health_check *ret_health_check)
{
	struct health_check health_check = { .report = "" };
	enum status status = query_one(db, arena, health_check_by_name, &health_check_row, &health_check, BIND(TEXT("name", name)));

	if (status != NOT_FOUND)
		TRY(status);
	*ret_health_check = health_check;
	return OK;
}

QUERY(save_health_check,
	"INSERT INTO health_check (name, checked, report, bytes) VALUES (:name, :now, :report, :bytes) ON CONFLICT (name)"
	" DO UPDATE SET checked = excluded.checked, report = excluded.report, bytes = excluded.bytes, requested = 0");

enum status
health_check_save(struct db *db, const char *name, const char *report, int64_t bytes, int64_t now)
{
	return query_run(db, save_health_check, BIND(TEXT("name", name), TEXT("report", report), INT("bytes", bytes), INT("now", now)));
}

QUERY(request_health_check,
	"INSERT INTO health_check (name, checked, report, requested) VALUES (:name, 0, '', 1) ON CONFLICT (name) DO UPDATE SET requested = 1");

enum status
health_check_request(struct db *db, const char *name)
{
	TRY(query_run(db, request_health_check, BIND(TEXT("name", name))));
	return audit_add(db, AUDIT_CHECK_REQUESTED, "", NULL, NULL);
}

/* --- for the dashboard ----------------------------------------------------------------- */

QUERY(waiting_comments, "SELECT count(*) FROM (SELECT id FROM comment WHERE state = 'held' LIMIT 100) AS few");
QUERY(waiting_posts,
	"SELECT count(*) FROM (SELECT id FROM post WHERE state = 'published' AND kind <> 'page' AND published > :now LIMIT 100) AS few");

enum status
waiting_read(struct db *db, int64_t now, struct waiting *ret_waiting)
{
	struct waiting waiting;

	TRY(query_integer(db, waiting_comments, &waiting.comments, BIND()));
	TRY(query_integer(db, waiting_posts, &waiting.posts, BIND(INT("now", now))));
	*ret_waiting = waiting;
	return OK;
}

static const struct column recent_sign_in_columns[] = {
	COLUMN_INT(struct recent_sign_in, user_id),
	COLUMN_INT(struct recent_sign_in, created),
	COLUMN_TEXT(struct recent_sign_in, name),
	COLUMN_TEXT(struct recent_sign_in, agent),
	{ 0 },
};
static const struct row recent_sign_in_row = { sizeof(struct recent_sign_in), recent_sign_in_columns };

QUERY(recent_sign_ins,
	"SELECT s.user_id, s.created, u.name, s.agent FROM session AS s JOIN site_user AS u ON u.id = s.user_id WHERE s.created > 0"
	" ORDER BY s.created DESC LIMIT :most");

enum status
session_list_recent(struct db *db, struct arena *arena, int64_t limit, struct recent_sign_in **ret_sign_ins, size_t *ret_count)
{
	return query_list(db, arena, recent_sign_ins, &recent_sign_in_row, ret_sign_ins, ret_count, BIND(INT("most", limit)));
}
