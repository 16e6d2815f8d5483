/*
 * What must be true for each database at any time, also after an interruption:
 * SQLite's own checks pass, and rows that repeat the same fact agree.
 */
#ifndef TESTS_STORE_INVARIANTS_H
#define TESTS_STORE_INVARIANTS_H

#include "store_fixture.h"

/*
 * Opens the file separately, as sqlite3 would, and checks it. Returns "" if it
 * finds no error, else one line for each error.
 */
const char *store_wrong(struct arena *arena, const char *path);

/* Returns every row of every table as text, without the counter and the time of a save: equal dumps mean that nothing changed. */
const char *store_dump(struct arena *arena, const char *path);

/* store_close(), after a check with store_wrong(). */
void store_close_checked(struct store *store);

#endif
