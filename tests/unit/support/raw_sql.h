/*
 * SQL that a test runs directly, without the functions of lib/store. Among the unit tests only this file calls sqlite3_…
 * for that; tests/static/layers.sh lists the few others that include sqlite3.h, and why. A statement that returns no rows
 * can use db_execute() instead. An error ends the test, unless a function says otherwise.
 */
#ifndef TESTS_RAW_SQL_H
#define TESTS_RAW_SQL_H

#include <stdbool.h>
#include <stdint.h>

#include "store/db/db.h"

/* Returns all rows of one or more statements: one line per row, tabs between columns, "NULL" for NULL. */
const char *raw_rows(struct db *db, struct arena *arena, const char *sql);

/* Returns the first column of the first row. There must be a row. */
int64_t raw_number(struct db *db, const char *sql);

/* Runs SQL that the connection normally refuses, such as writing to SQLite's own tables. */
void raw_damage(struct db *db, const char *sql);

/* True when SQLite itself is in a transaction, whatever struct db says. */
bool raw_is_in_transaction(struct db *db);

/* The same through a separate connection, as another program would open the file. The file is created if it does not exist. */
void raw_run_file(const char *path, const char *sql);
const char *raw_rows_of_file(struct arena *arena, const char *path, const char *sql);

/* Returns the rows of several statements (the list ends with NULL) on an existing file. A failed statement gives a line with its error. */
const char *raw_rows_or_errors(struct arena *arena, const char *path, const char *const *statements);

#endif
