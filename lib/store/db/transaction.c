/* The transactions of a connection (store/db/db.h), and the conditions for a commit. */
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/log.h"
#include "store/db/db_internal.h"

enum { WAITING_MAX = 10000 };

QUERY(begin_read, "BEGIN");
QUERY(begin_write, "BEGIN IMMEDIATE");
QUERY(commit, "COMMIT");
QUERY(count_change, "UPDATE content_version SET counter = counter + 1, changed = :now WHERE id = 1");
QUERY(count_comments, "UPDATE content_version SET comments = comments + 1, comments_changed = :now WHERE id = 1");
QUERY(count_steps, "UPDATE content_version SET steps = steps + 1, steps_changed = :now WHERE id = 1");

/* Tables whose changes all need an entry in the audit log. */
static const char *const audited_tables[] = { "setting", "schedule_rule", "site_user", "moderation_rule", "moderation_ban", "moderation_trust", NULL };

void
transaction_on_change(void *connection, int operation, const char *schema, const char *table, sqlite3_int64 row)
{
	struct db *db = connection;

	(void)schema;
	(void)row;
	if (operation == SQLITE_INSERT && strcmp(table, "audit") == 0)
		db->has_audit = true;
	if (operation != SQLITE_DELETE && db->expected_table != NULL && strcmp(table, db->expected_table) == 0)
		db->expected_saved = true;
	for (size_t i = 0; audited_tables[i] != NULL; i++)
		if (strcmp(table, audited_tables[i]) == 0)
			db->needs_audit = true;
}

void
db_set_actor(struct db *db, int64_t user_id)
{
	db->actor = user_id;
}

void
db_skip_audit(struct db *db)
{
	db->needs_audit = false;
}

int64_t
db_actor(const struct db *db)
{
	return db->actor;
}

enum status
db_set_query_only(struct db *db, bool query_only)
{
	if (db->query_only == query_only)
		return OK;
	TRY(db_execute(db, query_only ? "PRAGMA query_only=1" : "PRAGMA query_only=0"));
	db->query_only = query_only;
	return OK;
}

static enum status
begin(struct db *db, const struct query *how, enum transaction transaction)
{
	if (db->transaction != NO_TRANSACTION)
		abort(); /* transactions do not nest */
	TRY(query_run(db, how, BIND()));
	db->transaction = transaction;
	db->needs_audit = db->has_audit = db->failed = db->refused = db->expected_saved = false;
	db->comments_changed = db->steps_changed = false;
	db->expected_table = NULL;
	return OK;
}

enum status
db_begin_read(struct db *db)
{
	return begin(db, begin_read, READING);
}

enum status
db_begin_write(struct db *db)
{
	return begin(db, begin_write, WRITING);
}

enum status
db_begin_comment(struct db *db)
{
	return begin(db, begin_write, WRITING_COMMENT);
}

enum status
db_begin_private(struct db *db)
{
	return begin(db, begin_write, WRITING_PRIVATE);
}

void
db_expect_row(struct db *db, const char *table)
{
	if (db->expected_table != NULL && strcmp(table, db->expected_table) != 0)
		abort(); /* the first table would no longer be checked */
	db->expected_table = table;
}

bool
db_is_writing(const struct db *db)
{
	return db->transaction == WRITING || db->transaction == WRITING_COMMENT || db->transaction == WRITING_PRIVATE;
}

void
db_count_comments(struct db *db)
{
	db->comments_changed = true;
}

void
db_count_steps(struct db *db)
{
	db->steps_changed = true;
}

void
db_run_after_commit(struct db *db, void (*run)(struct db *db, int64_t id), int64_t id)
{
	if (db->waiting_count == WAITING_MAX)
		return;
	if (db->waiting_count == db->waiting_room) {
		db->waiting_room = db->waiting_room == 0 ? 16 : db->waiting_room * 2;
		db->waiting = realloc(db->waiting, db->waiting_room * sizeof(*db->waiting));
		if (db->waiting == NULL)
			abort();
	}
	db->waiting[db->waiting_count++] = (struct after_commit){ run, id };
}

static void
run_waiting(struct db *db)
{
	struct after_commit *waiting = db->waiting;
	size_t count = db->waiting_count;

	/* A call may commit and register further calls. */
	db->waiting = NULL;
	db->waiting_count = db->waiting_room = 0;
	for (size_t i = 0; i < count; i++)
		waiting[i].run(db, waiting[i].id);
	free(waiting);
}

/* Increments the numbers of content_version that stand for what this transaction changed. */
static enum status
count_changes(struct db *db)
{
	int64_t now = clock_now();

	if (db->transaction == WRITING)
		TRY(query_run(db, count_change, BIND(INT("now", now))));
	if (db->comments_changed)
		TRY(query_run(db, count_comments, BIND(INT("now", now))));
	if (db->steps_changed)
		TRY(query_run(db, count_steps, BIND(INT("now", now))));
	return OK;
}

enum status
db_commit(struct db *db)
{
	enum status status = OK;

	if (!db_is_writing(db))
		abort(); /* there is no write transaction */
	if (db->needs_audit && !db->has_audit) {
		log_line(LOG_ERROR, "store", "not saved: a setting, a schedule rule or a user changed without a line in the audit log");
		status = FAULT;
	}
	if (db->expected_table != NULL && !db->expected_saved) {
		log_line(LOG_ERROR, "store", "not saved: the transaction had to write a row of the table %s, but did not", db->expected_table);
		status = FAULT;
	}
	if (db->transaction == WRITING_PRIVATE && (db->comments_changed || db->steps_changed)) {
		log_line(LOG_ERROR, "store", "not saved: a private transaction changed comments that readers see");
		status = FAULT;
	}
	if (status == OK)
		status = count_changes(db);
	if (status == OK)
		status = query_run(db, commit, BIND());
	if (status == OK && !sqlite3_get_autocommit(db->handle))
		status = FAULT;
	if (status != OK)
		db->waiting_count = 0;
	db->transaction = NO_TRANSACTION; /* the registered calls belong to the committed transaction and stay */
	db_end(db);
	if (db->waiting_count > 0)
		run_waiting(db);
	return status;
}

void
db_end(struct db *db)
{
	if (db_is_writing(db))
		db->waiting_count = 0; /* a rollback drops the calls */
	/* After a full disk SQLite has already left the transaction. */
	if (!sqlite3_get_autocommit(db->handle))
		(void)sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	db->transaction = NO_TRANSACTION;
	db->failed = db->refused = false;
}
