#include "store/db/db.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/log.h"
#include "core/str.h"
#include "core/text.h"
#include "store/db/db_internal.h"

/* The start and end of the linker section that holds pointers to all QUERY()s. */
extern struct query *const __start_renown_queries[];
extern struct query *const __stop_renown_queries[];

struct query *const *
query_all(size_t *ret_count)
{
	*ret_count = (size_t)(__stop_renown_queries - __start_renown_queries);
	return __start_renown_queries;
}

/* Aborts for a mistake in the program, not in its input. The first test that runs the query finds it. */
_Noreturn static void
bug(const struct query *query, const char *words, const char *name)
{
	(void)fprintf(stderr, "renown: %s: query %s: %s%s\n", query->file, query->name, words, name);
	abort();
}

static enum status
prepare(struct db *db, const struct query *query, struct prepared **ret_prepared)
{
	struct prepared *prepared;

	if (query->number == 0 || query->number > db->prepared_count)
		bug(query, "is not registered", "");
	prepared = &db->prepared[query->number - 1];
	if (prepared->stmt == NULL)
		TRY(db_status(db, sqlite3_prepare_v3(db->handle, query->sql, -1, SQLITE_PREPARE_PERSISTENT,
			&prepared->stmt, NULL), query->name));
	if (sqlite3_stmt_busy(prepared->stmt))
		bug(query, "runs inside itself", "");
	*ret_prepared = prepared;
	return OK;
}

static enum status
bind(const struct query *query, sqlite3_stmt *stmt, const struct value *values)
{
	int bound = 0, code = SQLITE_OK;

	for (const struct value *value = values; value->name != NULL; value++, bound++) {
		int place = sqlite3_bind_parameter_index(stmt, value->name);
		if (place == 0)
			bug(query, "has no parameter ", value->name);
		if (value->type == VALUE_TEXT && value->text != NULL && !text_is_utf8(value->text)) {
			log_line(LOG_ERROR, "store", "%s: %s is not valid UTF-8", query->name, value->name);
			return FAULT;
		}
		if (value->type == VALUE_INTEGER)
			code = sqlite3_bind_int64(stmt, place, value->integer);
		else if (value->type != VALUE_NULL && value->text != NULL)
			code = sqlite3_bind_text(stmt, place, value->text, -1, SQLITE_STATIC);
		else
			code = sqlite3_bind_null(stmt, place);
		if (code != SQLITE_OK)
			bug(query, "cannot bind ", value->name);
	}
	if (bound != sqlite3_bind_parameter_count(stmt))
		bug(query, "has parameters that are not bound", "");
	return OK;
}

/* Notes that a statement failed. The transaction can then only be rolled back. */
static enum status
note_failure(struct db *db, enum status status)
{
	if (status != OK && db->transaction != NO_TRANSACTION)
		db->failed = true;
	return status;
}

/*
 * Checks that statements may still run. PostgreSQL itself refuses them after a failure. SQLite would run them; after
 * a full disk it has even left the transaction, and each statement would be committed on its own.
 */
static enum status
check_transaction(struct db *db, const struct query *query)
{
	if (db->transaction == NO_TRANSACTION || (!db->failed && !sqlite3_get_autocommit(db->handle)))
		return OK;
	if (!db->refused)
		log_line(LOG_ERROR, "store", "%s: refused, because an earlier statement of the transaction failed", query->name);
	db->refused = true;
	return FAULT;
}

/* Prepares the statement and binds its parameters. */
static enum status
start(struct db *db, const struct query *query, const struct value *values, struct prepared **ret_prepared)
{
	enum status status;

	TRY(check_transaction(db, query));
	status = prepare(db, query, ret_prepared);
	if (status == OK)
		status = bind(query, (*ret_prepared)->stmt, values);
	errno = 0; /* db_status() reads errno when a write has failed */
	return note_failure(db, status);
}

/* Resets the statement and returns the status of its last step. */
static enum status
finish(struct db *db, const struct query *query, struct prepared *prepared, int code)
{
	enum status status = db_status(db, code, query->name);

	(void)sqlite3_reset(prepared->stmt);
	(void)sqlite3_clear_bindings(prepared->stmt);
	return note_failure(db, status);
}

static void
find_members(struct db *db, const struct query *query, struct prepared *prepared, const struct row *row)
{
	int count = sqlite3_column_count(prepared->stmt);

	prepared->members = arena_array(db->memory, (size_t)count + 1, sizeof(int));
	for (int column = 0; column < count; column++) {
		const char *name = sqlite3_column_name(prepared->stmt, column);
		int member = 0;
		while (row->columns[member].name != NULL && !str_equal(row->columns[member].name, name))
			member++;
		if (row->columns[member].name == NULL)
			bug(query, "has a column without a member: ", name);
		prepared->members[column] = member;
	}
	prepared->row = row;
}

/*
 * The same for a list, which must have an ORDER BY or QUERY_UNORDERED. The first test that runs the query finds a
 * mistake.
 */
static void
find_list_members(struct db *db, const struct query *query, struct prepared *prepared, const struct row *row)
{
	if (!(query->flags & QUERY_UNORDERED) && strstr(query->sql, "ORDER BY") == NULL)
		bug(query, "is a list without ORDER BY", "");
	find_members(db, query, prepared, row);
}

static void *
member_of(void *target, const struct column *column)
{
	return (char *)target + column->offset;
}

static void
read_row(struct prepared *prepared, struct arena *arena, const struct row *row, void *target)
{
	memset(target, 0, row->size);
	for (const struct column *column = row->columns; column->name != NULL; column++)
		if (column->type == VALUE_TEXT)
			*(const char **)member_of(target, column) = "";
	for (int i = 0; i < sqlite3_column_count(prepared->stmt); i++) {
		const struct column *column = &row->columns[prepared->members[i]];
		void *member = member_of(target, column);
		if (column->type == VALUE_INTEGER) {
			*(int64_t *)member = sqlite3_column_int64(prepared->stmt, i);
		} else {
			const void *text = sqlite3_column_text(prepared->stmt, i);
			int length = sqlite3_column_bytes(prepared->stmt, i);
			*(const char **)member = length == 0 ? "" : arena_bytes(arena, text, (size_t)length);
		}
	}
}

enum status
query_one(struct db *db, struct arena *arena, const struct query *query, const struct row *row,
	void *ret_row, const struct value *values)
{
	struct prepared *prepared;
	int code;

	TRY(start(db, query, values, &prepared));
	if (prepared->row != row)
		find_members(db, query, prepared, row);
	code = sqlite3_step(prepared->stmt);
	if (code == SQLITE_ROW)
		read_row(prepared, arena, row, ret_row);
	TRY(finish(db, query, prepared, code));
	return code == SQLITE_ROW ? OK : NOT_FOUND;
}

enum status
query_list(struct db *db, struct arena *arena, const struct query *query, const struct row *row,
	void *ret_rows, size_t *ret_count, const struct value *values)
{
	struct prepared *prepared;
	size_t count = 0, room = 32;
	char *rows = arena_array(arena, room, row->size);
	int code;

	TRY(start(db, query, values, &prepared));
	if (prepared->row != row)
		find_list_members(db, query, prepared, row);
	while ((code = sqlite3_step(prepared->stmt)) == SQLITE_ROW) {
		if (count == room) {
			char *more = arena_array(arena, room * 2, row->size);
			memcpy(more, rows, room * row->size);
			rows = more;
			room *= 2;
		}
		read_row(prepared, arena, row, rows + count++ * row->size);
	}
	TRY(finish(db, query, prepared, code));
	*(void **)ret_rows = rows;
	*ret_count = count;
	return OK;
}

enum status
query_each(struct db *db, const struct query *query, const struct row *row,
	enum status (*each)(void *context, struct arena *arena, void *row), void *context,
	const struct value *values)
{
	/* A separate arena, so that each() can call query_each() too. */
	struct arena *arena = arena_new();
	struct prepared *prepared;
	enum status status = start(db, query, values, &prepared), ended;
	int code = SQLITE_DONE;

	if (status != OK) {
		arena_free(arena);
		return status;
	}
	if (prepared->row != row)
		find_list_members(db, query, prepared, row);
	while (status == OK && (code = sqlite3_step(prepared->stmt)) == SQLITE_ROW) {
		void *target = arena_alloc(arena, row->size);
		read_row(prepared, arena, row, target);
		status = each(context, arena, target);
		arena_reset(arena);
	}
	ended = finish(db, query, prepared, code);
	arena_free(arena);
	return status != OK ? status : ended;
}

enum status
query_integer(struct db *db, const struct query *query, int64_t *ret_number, const struct value *values)
{
	struct prepared *prepared;
	int64_t number = 0;
	int code;

	TRY(start(db, query, values, &prepared));
	code = sqlite3_step(prepared->stmt);
	if (code == SQLITE_ROW)
		number = sqlite3_column_int64(prepared->stmt, 0);
	TRY(finish(db, query, prepared, code));
	if (code != SQLITE_ROW)
		return NOT_FOUND;
	*ret_number = number;
	return OK;
}

enum status
query_exists(struct db *db, const struct query *query, bool *ret_exists, const struct value *values)
{
	int64_t number = 0;
	enum status status = query_integer(db, query, &number, values);

	if (status != NOT_FOUND)
		TRY(status);
	*ret_exists = number != 0;
	return OK;
}

enum status
query_run(struct db *db, const struct query *query, const struct value *values)
{
	struct prepared *prepared;
	int code;

	TRY(start(db, query, values, &prepared));
	code = sqlite3_step(prepared->stmt);
	if (code == SQLITE_ROW)
		bug(query, "returns rows", "");
	return finish(db, query, prepared, code);
}

enum status
query_insert(struct db *db, const struct query *query, int64_t *ret_id, const struct value *values)
{
	struct prepared *prepared;
	int64_t id = 0;
	bool inserted;
	int code;

	TRY(start(db, query, values, &prepared));
	if (sqlite3_column_count(prepared->stmt) != 1)
		bug(query, "does not end in RETURNING id", "");
	code = sqlite3_step(prepared->stmt);
	inserted = code == SQLITE_ROW;
	if (inserted) {
		id = sqlite3_column_int64(prepared->stmt, 0);
		/* The statement is complete only after a further step. */
		code = sqlite3_step(prepared->stmt);
		if (code == SQLITE_ROW)
			bug(query, "inserts more than one row", "");
	}
	TRY(finish(db, query, prepared, code));
	if (!inserted)
		return CONFLICT;
	*ret_id = id;
	return OK;
}

int64_t
db_changed_rows(const struct db *db)
{
	return sqlite3_changes64(db->handle);
}
