/*
 * SQL that a test runs by itself, past the functions of lib/store. The only file of the unit tests that calls sqlite3_…
 * for it; tests/static/layers.sh names the few others that include sqlite3.h, and why. What must change rows and give none
 * back can use db_execute(). An error ends the test, where nothing else is said.
 */
#ifndef TESTS_RAW_SQL_H
#define TESTS_RAW_SQL_H

#include <stdbool.h>
#include <stdint.h>

#include "store/db/db.h"

/* All rows of one or more statements: a line each, tabs between columns, "NULL" for NULL. */
const char *raw_rows(struct db *db, struct arena *arena, const char *sql);

/* The first column of the first row, which must be there. */
int64_t raw_number(struct db *db, const char *sql);

/* Runs SQL that the connection's own rules refuse, such as writing to what belongs to SQLite. */
void raw_damage(struct db *db, const char *sql);

/* Whether SQLite itself is in a transaction, whatever the connection believes. */
bool raw_is_in_transaction(struct db *db);

/* The same over a connection of its own, as another program would open the file; it is made if there is none. */
void raw_run_file(const char *path, const char *sql);
const char *raw_rows_of_file(struct arena *arena, const char *path, const char *sql);

/* The rows of several statements of a file that is there; what fails is a line too. Ended by NULL. */
const char *raw_rows_or_errors(struct arena *arena, const char *path, const char *const *statements);

#endif
