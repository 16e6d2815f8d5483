/* Writes a consistent copy of the database while it is in use, and checks a database. */
#ifndef STORE_DB_BACKUP_H
#define STORE_DB_BACKUP_H

#include "store/db/db.h"

/*
 * Writes a copy to path and syncs it (VACUUM INTO, then quick_check on the copy). It appears under that name
 * only when it is complete. CONFLICT: path exists; NOT_FOUND: its folder does not exist; FULL: no space; FAULT,
 * logged: another error.
 */
enum status db_backup_write(struct db *db, struct arena *arena, const char *path);

/*
 * Runs PRAGMA quick_check, foreign_key_check and the search index's own check. *ret_report holds one problem per
 * line, at most 20 of each check, in the arena; "" when there are none.
 */
enum status db_backup_check(struct db *db, struct arena *arena, const char **ret_report);

#endif
