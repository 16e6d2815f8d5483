/*
 * The migrations (schema.h), each applied in one transaction, only by
 * `renown init` and `renown migrate`. PRAGMA user_version holds the number of
 * the last one; application_id says that the file is ours.
 */
#ifndef STORE_DB_MIGRATE_H
#define STORE_DB_MIGRATE_H

#include "store/db/db.h"

/* Brings the store to schema_version(). BROKEN when it is newer or not ours. ret_applied: how many ran. */
enum status migrate_run(struct db *db, int *ret_applied, const char **ret_problem);

#endif
