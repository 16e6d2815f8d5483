/*
 * A connection to the site's database, and how statements are run.
 *
 *     QUERY(by_slug, "SELECT id, title FROM post WHERE slug = :slug");
 *     ...
 *     return query_one(db, arena, by_slug, &post_row, ret_post, BIND(TEXT("slug", slug)));
 *
 * SQL is written beside the function that runs it and is never built at run time. A statement is prepared once per
 * connection. Parameters are bound by name, and all of them must be bound. Each column is read into the struct member
 * of the same name. A column without a member, or a parameter that does not exist, aborts the process in the first
 * test that runs the query. The compiler reports a member of the wrong type.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/status.h"

struct db;

/* "RENW", the application_id in the header of a renown database */
enum { DB_APPLICATION_ID = 0x52454e57 };

enum db_mode {
	DB_SERVE,  /* a web program: the database must exist and have the current schema */
	DB_TOOL,   /* the command line: the same, with a larger cache for many writes */
	DB_CREATE, /* `renown init` and `renown migrate`: any schema; the file may be new */
};

/*
 * Opens a database. On failure *ret_problem is a message that tells the operator what to do. BROKEN: missing, empty,
 * damaged, not accessible, or another schema; BUSY: locked; or another status of db_status(). The caller closes it
 * with db_close().
 */
enum status db_open(const char *path, enum db_mode mode, struct db **ret_db,
	const char **ret_problem);
/* Closes the connection. NULL is allowed. An open transaction is rolled back. */
void db_close(struct db *db);

/*
 * False when the database must be opened again: its file was replaced or emptied, or it was opened read-only and can
 * be written now.
 */
bool db_is_same_file(const struct db *db);

/* True once the file was found damaged or unreadable. The process should then end. */
bool db_is_broken(const struct db *db);

/*
 * Sets the media folder and the function that db_settle_media() calls, which is media_visibility_settle()
 * (store/media/media_visibility.h). A folder without a function aborts the process, since private files would stay in
 * the public folder. folder NULL: the connection moves no files. The path must live as long as the connection.
 */
void db_use_media(struct db *db, const char *folder, enum status (*settle_media)(struct db *db, struct arena *arena, int64_t media_id));
/* The media folder, or NULL. */
const char *db_media_folder(const struct db *db);

/*
 * To be called inside the write transaction when the visibility of a media file may change. A file that is no longer
 * public is moved now; one that became public is moved after the commit. OK without a media folder.
 */
enum status db_settle_media(struct db *db, struct arena *arena, int64_t media_id);

/*
 * Calls run(db, id) after the transaction is committed, outside of it. A rollback drops the call. After 10,000 calls
 * in one transaction, further ones are dropped.
 */
void db_run_after_commit(struct db *db, void (*run)(struct db *db, int64_t id), int64_t id);

/* Refuses all writes (true) or allows them again (false). For GET and HEAD requests. */
enum status db_set_query_only(struct db *db, bool query_only);

/*
 * Begins a read transaction, which sees one snapshot. db_end() ends it. Aborts inside another transaction, as do the
 * functions below.
 */
enum status db_begin_read(struct db *db);

/*
 * Begins a write transaction (BEGIN IMMEDIATE). It waits up to five seconds for others, then returns BUSY.
 * db_commit() increments content_version.counter, on which every page and feed depends, after db_begin_write() only.
 * db_begin_comment() is for comments and votes: only the numbers that db_count_comments() and db_count_steps() ask for are
 * incremented. db_begin_private() promises that nothing changes that readers see; db_commit() returns FAULT when one of
 * those two functions was called.
 *
 * db_commit() ends the transaction in every case. If it does not return OK, nothing was saved. It aborts without a
 * write transaction.
 */
enum status db_begin_write(struct db *db);
enum status db_begin_comment(struct db *db);
enum status db_begin_private(struct db *db);
enum status db_commit(struct db *db);

/*
 * To be called inside a write transaction that changes comments as readers see them, or the rounded number of comments of
 * a post (post.comment_step): db_commit() then increments content_version.comments or .steps.
 */
void db_count_comments(struct db *db);
void db_count_steps(struct db *db);

/*
 * Sets on whose behalf the following changes are made: a user's id, 0 for the command line, DB_VISITOR for a visitor
 * who is not signed in. The audit log (store/audit/audit.h) records it. db_commit() returns FAULT when a setting, a
 * rule of the publishing schedule or a user was changed without an entry in the audit log.
 */
enum { DB_VISITOR = -1 };
void db_set_actor(struct db *db, int64_t user_id);
int64_t db_actor(const struct db *db);

/*
 * Makes this transaction depend on a row: unless a row of that table is inserted or updated after this call,
 * db_commit() returns FAULT and saves nothing. One table per transaction; a second one aborts. table must be a
 * constant.
 */
void db_expect_row(struct db *db, const char *table);

/* Ends the open transaction, if any, without saving. Never fails. */
/*
 * For migrations only: the changes of this transaction so far need no line in the audit log. A migration renames
 * things; nobody changes a value.
 */
void db_skip_audit(struct db *db);

void db_end(struct db *db);

/* Whether a write transaction is open. */
bool db_is_writing(const struct db *db);

/* --- statements ----------------------------------------------------------- */

/*
 * The SQL also runs on PostgreSQL, so the data can move there; docs/DESIGN.md has the rules, "SQL for two databases".
 * One of them is enforced here: after a statement failed in a transaction (CONFLICT is a failure, NOT_FOUND is not),
 * every further statement and db_commit() return FAULT until db_end(). PostgreSQL refuses them too, and would commit
 * nothing.
 *
 * Text that is not valid UTF-8 is not bound: the statement fails with FAULT and a line in the log.
 */

enum query_flag {
	QUERY_SCANS = 1, /* for command-line tools: reads or sorts a whole table, which its author accepts */
	QUERY_SORTS = 2, /* for pages: sorts, or reads whole tables that do not grow with the posts */
	QUERY_UNORDERED = 4, /* a list whose caller does not need an order */
};

/*
 * SQL that only SQLite's planner needs: INDEXED BY …, CROSS before JOIN, + before a column. Another database runs the
 * text without it and must return the same rows. The markers make it possible to remove it from a query's text:
 * tests/unit/store/db/check_sql_rules.c does so, and refuses such words outside of HINT().
 */
#define HINT(text) "/*hint*/" text "/*end*/"

struct query {
	const char *name, *file, *sql;
	unsigned flags;
	size_t number; /* index + 1 in a connection's table of statements, set by db_open() */
};

/*
 * Puts every QUERY() of the program into one linker section, so that query_all() finds them. A test checks the plan
 * of each.
 */
#define QUERY_WITH(flag, id, text) \
	static struct query id##_query_ = { .name = #id, .file = __FILE__, .sql = text, .flags = flag }; \
	static struct query *const id __attribute__((used, section("renown_queries"))) = &id##_query_
#define QUERY(id, text) QUERY_WITH(0, id, text)

enum value_type { VALUE_NULL, VALUE_INTEGER, VALUE_TEXT, VALUE_PATH };

struct value {
	const char *name; /* with the colon */
	enum value_type type;
	long long integer;
	const char *text;
};

#define INT(parameter, number) { .name = ":" parameter, .type = VALUE_INTEGER, .integer = (number) }
#define TEXT(parameter, string) { .name = ":" parameter, .type = VALUE_TEXT, .text = (string) }
/* A file's path, which may contain any bytes. Only for SQLite itself; it must not be stored. */
#define FILE_PATH(parameter, string) { .name = ":" parameter, .type = VALUE_PATH, .text = (string) }
/* Stores an id of 0 as NULL. */
#define REFERENCE(parameter, number) \
	{ .name = ":" parameter, .type = (number) == 0 ? VALUE_NULL : VALUE_INTEGER, .integer = (number) }
#define BIND(...) (const struct value[]){ __VA_ARGS__ __VA_OPT__(,) { 0 } }

struct column {
	const char *name;
	enum value_type type;
	size_t offset;
};
struct row {
	size_t size;                  /* of the struct */
	const struct column *columns; /* ended by a NULL name */
};

/* Declares a column with its member, which must be an int64_t or a const char *. NULL is read as 0 or "". */
#define COLUMN_INT(type_name, member) \
	{ #member, VALUE_INTEGER, offsetof(type_name, member) + 0 * sizeof(&((type_name *)0)->member == (int64_t *)0) }
#define COLUMN_TEXT(type_name, member) \
	{ #member, VALUE_TEXT, offsetof(type_name, member) + 0 * sizeof(&((type_name *)0)->member == (const char **)0) }

/* Reads the first row into *ret_row; its strings are in the arena. NOT_FOUND when there is none. */
enum status query_one(struct db *db, struct arena *arena, const struct query *query,
	const struct row *row, void *ret_row, const struct value *values);

/*
 * Reads all rows into an array in the arena. No rows: an empty array and OK. A list needs an ORDER BY, since no
 * database promises an order without it, or the flag QUERY_UNORDERED. The same holds for query_each().
 */
enum status query_list(struct db *db, struct arena *arena, const struct query *query,
	const struct row *row, void *ret_rows, size_t *ret_count, const struct value *values);

/*
 * Calls each(context, arena, row) for every row. The arena is reset between rows. A status other than OK ends the
 * loop and is returned.
 */
enum status query_each(struct db *db, const struct query *query, const struct row *row,
	enum status (*each)(void *context, struct arena *arena, void *row), void *context,
	const struct value *values);

/* Reads one number, the first column of the first row. NOT_FOUND when there is no row. */
enum status query_integer(struct db *db, const struct query *query, int64_t *ret_number,
	const struct value *values);

/* Whether the query has a row, and its first column is not 0. So it works for "SELECT 1 …" and for "SELECT EXISTS (…)". */
enum status query_exists(struct db *db, const struct query *query, bool *ret_exists, const struct value *values);

/* Runs a statement that returns no rows. CONFLICT when it violates a UNIQUE constraint or a primary key. */
enum status query_run(struct db *db, const struct query *query, const struct value *values);

/*
 * Runs an INSERT of one row that ends in RETURNING id, and returns the id. CONFLICT as in query_run(), and also when
 * ON CONFLICT DO NOTHING kept the existing row; the latter does not count as a failed statement.
 */
enum status query_insert(struct db *db, const struct query *query, int64_t *ret_id,
	const struct value *values);

/* The number of rows that the last INSERT, UPDATE or DELETE changed. */
int64_t db_changed_rows(const struct db *db);

/* --- for migrate.c, db_backup.c and tests, which run other SQL ---------------- */

struct sqlite3;
struct sqlite3 *db_handle(struct db *db);
/* SQLite's own handle. It belongs to the connection. */
enum status db_execute(struct db *db, const char *sql);
/*
 * Runs statements without results. doing: what a log line calls them, when the text itself is too long for the log.
 */
enum status db_execute_as(struct db *db, const char *sql, const char *doing);
/*
 * Sets the journal mode of the file to WAL, a write-ahead log. Call it outside of a transaction. Waits up to five
 * seconds while another process does the same, then returns BUSY.
 */
enum status db_use_wal(struct db *db);
/* The status for an SQLite result code. Logs every error except CONFLICT. doing: the statement's name in the log. */
enum status db_status(struct db *db, int code, const char *doing);
/* All QUERY()s that are linked into the program. */
struct query *const *query_all(size_t *ret_count);

#endif
