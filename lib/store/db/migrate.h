/*
 * Runs the migrations (schema.h), each in one transaction. Only `renown init` and `renown migrate` do so.
 * PRAGMA user_version holds the number of the last one; application_id marks the file as a renown
 * database.
 */
#ifndef STORE_DB_MIGRATE_H
#define STORE_DB_MIGRATE_H

#include "store/db/db.h"

/*
 * Migrates the database to schema_version(). *ret_applied: the number of migrations that ran. BROKEN: its
 * schema is newer, or the file belongs to another program. On failure *ret_problem is a message for the
 * operator.
 */
enum status migrate_run(struct db *db, int *ret_applied, const char **ret_problem);

#endif
