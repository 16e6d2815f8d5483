/*
 * What must be true for every store at every moment, whatever was interrupted:
 * SQLite's own checks pass, and rows that repeat the same fact agree.
 */
#ifndef TESTS_STORE_INVARIANTS_H
#define TESTS_STORE_INVARIANTS_H

#include "store_fixture.h"

/*
 * Opens the file by itself, as sqlite3 would, and looks through it. "" when all
 * is well, else one line for each thing that is wrong.
 */
const char *store_wrong(struct arena *arena, const char *path);

/* Every row of every table as text, but for the counter and the time of a save: equal before and after means untouched. */
const char *store_dump(struct arena *arena, const char *path);

/* store_close(), after a look whether all is well. */
void store_close_well(struct store *store);

#endif
