/*
 * One connection to the one store, and the way every statement runs.
 *
 *     QUERY(by_slug, "SELECT id, title FROM post WHERE slug = :slug");
 *     ...
 *     return query_one(db, arena, by_slug, &post_row, ret_post, BIND(TEXT("slug", slug)));
 *
 * SQL stands beside its function and is never built at run time. A statement is
 * prepared once per connection. Parameters are bound by name and all of them
 * must be bound; columns land in the struct member of the same name, and a
 * column without a member, or a member of the wrong type, ends the process in
 * the first test that meets it.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/status.h"

struct db;

/* "RENW": what says that a SQLite file is a store of ours. */
enum { DB_APPLICATION_ID = 0x52454e57 };

enum db_mode {
	DB_SERVE,  /* a page program: an existing store of exactly our schema */
	DB_TOOL,   /* the command line: the same, and it may write much */
	DB_CREATE, /* `renown init` and migrate: any schema, the file may be new */
};

/*
 * Opens the store. On failure *ret_problem says what to do about it, for the
 * operator: BROKEN (missing, empty, damaged, another schema), BUSY or FAULT.
 */
enum status db_open(const char *path, enum db_mode mode, struct db **ret_db,
	const char **ret_problem);
void db_close(struct db *db);

/*
 * True while the file at the path is the one that was opened, and may be no more than it was: a store that was
 * replaced, or opened read-only and may be written by now, must be opened anew.
 */
bool db_is_same_file(const struct db *db);

/* True once the store proved damaged: whoever holds the connection should end. */
bool db_is_broken(const struct db *db);

/*
 * Tells the connection where files lie, so that they move with the posts that show them (store/media/media_visibility.h). The path must live
 * as long as the connection.
 */
void db_use_media(struct db *db, const char *folder);
/* That folder, or NULL. */
const char *db_media_folder(const struct db *db);

/*
 * Has a file opened (media_visibility_open_waiting()) once the transaction is committed; a rollback forgets it. Of more than 10,000 in
 * one transaction the others stay closed until media_visibility_repair().
 */
void db_open_after_commit(struct db *db, int64_t media_id);

/* Refuses every write from now on (true) until told otherwise: for GET and HEAD. */
enum status db_set_query_only(struct db *db, bool query_only);

/* A snapshot for one reading request; db_end() gives it back. */
enum status db_begin_read(struct db *db);

/*
 * A writing transaction (BEGIN IMMEDIATE; waits up to five seconds, then BUSY).
 * db_commit() moves change.counter on unless the transaction was begun as
 * private, that is: it cannot change any public page.
 */
enum status db_begin_write(struct db *db);
enum status db_begin_private(struct db *db);
enum status db_commit(struct db *db);

/*
 * Who what follows is done for: a user's id, 0 for the command line, DB_VISITOR for somebody who has not signed in. It stands in the
 * audit trail (store/audit/audit.h). db_commit() refuses, with FAULT, what changed a setting or a person without a line there.
 */
enum { DB_VISITOR = -1 };
void db_set_actor(struct db *db, int64_t user_id);
int64_t db_actor(const struct db *db);

/* For migrations only: what this transaction has changed so far needs no line there. A migration renames; the values stay those that somebody set. */
void db_skip_audit(struct db *db);

/* Ends whatever transaction is open, without keeping anything. Never fails. */
void db_end(struct db *db);

/* Whether a transaction that may write is open. */
bool db_is_writing(const struct db *db);

/* --- statements ----------------------------------------------------------- */

/*
 * The SQL also runs on PostgreSQL, so the store can move there; docs/DESIGN.md has the rules, "SQL for two databases".
 * One of them is kept here: after a statement failed in a transaction (CONFLICT is a failure, NOT_FOUND is not), every
 * further one and db_commit() return FAULT until db_end(). PostgreSQL refuses them too, and would commit nothing.
 *
 * Text that is not valid UTF-8 is not bound: the statement fails with FAULT and a line in the log.
 */

enum query_flag {
	QUERY_SCANS = 1, /* a tool's: reads a whole table or sorts it, and its author says that this is right */
	QUERY_SORTS = 2, /* a page's: sorts, or reads whole what does not grow with the posts */
	QUERY_UNORDERED = 4, /* a list whose caller does not care about the order of its rows */
};

/*
 * SQL that only SQLite's planner needs: INDEXED BY …, CROSS before JOIN, + before a column. Another database runs the
 * text without it, and must give the same rows. The comments make it possible to take it out of a finished text:
 * tests/unit/store/db/check_sql_rules.c does, and refuses such words outside of HINT().
 */
#define HINT(text) "/*hint*/" text "/*end*/"

struct query {
	const char *name, *file, *sql;
	unsigned flags;
	size_t number; /* place in a connection's table of statements, set by db_open() */
};

/* Every QUERY of the program is found through this section; the plan test walks it. */
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
/* The path of a file, which may hold any bytes: for SQLite itself, never to be stored. */
#define FILE_PATH(parameter, string) { .name = ":" parameter, .type = VALUE_PATH, .text = (string) }
/* An id of 0 is stored as NULL. */
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

/* The member must be an int64_t or a const char *; NULL reads as 0 or "". */
#define COLUMN_INT(type_name, member) \
	{ #member, VALUE_INTEGER, offsetof(type_name, member) + 0 * sizeof(&((type_name *)0)->member == (int64_t *)0) }
#define COLUMN_TEXT(type_name, member) \
	{ #member, VALUE_TEXT, offsetof(type_name, member) + 0 * sizeof(&((type_name *)0)->member == (const char **)0) }

/* The first row; NOT_FOUND when there is none. */
enum status query_one(struct db *db, struct arena *arena, const struct query *query,
	const struct row *row, void *ret_row, const struct value *values);

/*
 * All rows as an array in the arena; no row is an empty array and OK. A list has an ORDER BY, since no database promises
 * an order without it, or the mark QUERY_UNORDERED; query_each() asks for the same.
 */
enum status query_list(struct db *db, struct arena *arena, const struct query *query,
	const struct row *row, void *ret_rows, size_t *ret_count, const struct value *values);

/* Calls each(context, row) for every row, with an arena that is reset between rows. */
enum status query_each(struct db *db, const struct query *query, const struct row *row,
	enum status (*each)(void *context, struct arena *arena, void *row), void *context,
	const struct value *values);

/* One number: the first column of the first row; NOT_FOUND when there is none. */
enum status query_integer(struct db *db, const struct query *query, int64_t *ret_number,
	const struct value *values);

/* Runs a statement that returns no row. A violated UNIQUE constraint is CONFLICT. */
enum status query_run(struct db *db, const struct query *query, const struct value *values);

/*
 * The same for an INSERT of one row that ends in RETURNING id, with that id. CONFLICT as well when ON CONFLICT DO NOTHING
 * kept the row that was there; that is not a failed statement.
 */
enum status query_insert(struct db *db, const struct query *query, int64_t *ret_id,
	const struct value *values);

/* Rows that the last query_run() changed. */
int64_t db_changed_rows(const struct db *db);

/* --- for migrate.c, db_backup.c and tests, which run SQL of their own --------- */

struct sqlite3;
struct sqlite3 *db_handle(struct db *db);
enum status db_execute(struct db *db, const char *sql);
/* The same for a text that is too long for the log, which gets a name for it instead. */
enum status db_execute_as(struct db *db, const char *sql, const char *doing);
/* Sets the file's journal mode to a write-ahead log (WAL), outside of a transaction; waits while another does. */
enum status db_use_wal(struct db *db);
/* The status for a SQLite result code; logs faults once. */
enum status db_status(struct db *db, int code, const char *doing);
/* Every QUERY that is linked in. */
struct query *const *query_all(size_t *ret_count);

#endif
