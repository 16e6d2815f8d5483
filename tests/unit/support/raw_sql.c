#include "raw_sql.h"

#include <check.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "core/str.h"

static int
add_line(void *context, int count, char **values, char **names)
{
	(void)names;
	for (int i = 0; i < count; i++)
		str_printf(context, "%s%s", i == 0 ? "" : "\t", values[i] == NULL ? "NULL" : values[i]);
	str_add_char(context, '\n');
	return 0;
}

static const char *
rows_of(sqlite3 *handle, struct arena *arena, const char *sql)
{
	struct str text = str_init(arena);
	char *error = NULL;

	ck_assert_msg(sqlite3_exec(handle, sql, add_line, &text, &error) == SQLITE_OK, "%s: %s", sql, error);
	return text.bytes;
}

const char *
raw_rows(struct db *db, struct arena *arena, const char *sql)
{
	return rows_of(db_handle(db), arena, sql);
}

int64_t
raw_number(struct db *db, const char *sql)
{
	struct arena *arena = arena_new();
	const char *rows = raw_rows(db, arena, sql);
	char *end;
	int64_t number = strtoll(rows, &end, 10);

	ck_assert_msg(end > rows, "%s: no number: %s", sql, rows);
	arena_free(arena);
	return number;
}

void
raw_damage(struct db *db, const char *sql)
{
	ck_assert_int_eq(sqlite3_db_config(db_handle(db), SQLITE_DBCONFIG_DEFENSIVE, 0, NULL), SQLITE_OK);
	ck_assert_int_eq(db_execute(db, sql), OK);
}

bool
raw_is_in_transaction(struct db *db)
{
	return !sqlite3_get_autocommit(db_handle(db));
}

const char *
raw_rows_of_file(struct arena *arena, const char *path, const char *sql)
{
	sqlite3 *handle;
	const char *rows;

	ck_assert_int_eq(sqlite3_open(path, &handle), SQLITE_OK);
	rows = rows_of(handle, arena, sql);
	ck_assert_int_eq(sqlite3_close(handle), SQLITE_OK);
	return rows;
}

void
raw_run_file(const char *path, const char *sql)
{
	struct arena *arena = arena_new();

	(void)raw_rows_of_file(arena, path, sql);
	arena_free(arena);
}

const char *
raw_rows_or_errors(struct arena *arena, const char *path, const char *const *statements)
{
	struct str text = str_init(arena);
	sqlite3 *handle;

	if (sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		str_add(&text, "cannot be opened\n");
	for (; *statements != NULL; statements++) {
		char *error = NULL;
		if (sqlite3_exec(handle, *statements, add_line, &text, &error) != SQLITE_OK)
			str_printf(&text, "%s: %s\n", *statements, error == NULL ? sqlite3_errmsg(handle) : error);
		sqlite3_free(error);
	}
	(void)sqlite3_close(handle);
	return text.bytes;
}
