/* A consistent copy of the store while it is in use. */
#ifndef STORE_DB_BACKUP_H
#define STORE_DB_BACKUP_H

#include "store/db/db.h"

/* Writes the store to path, which must not exist, and syncs it. (VACUUM INTO, then quick_check on the copy.) */
enum status db_backup_write(struct db *db, struct arena *arena, const char *path);

/* PRAGMA quick_check, foreign_key_check and the search index's own check; *ret_report is "" when all is well. */
enum status db_backup_check(struct db *db, struct arena *arena, const char **ret_report);

#endif
