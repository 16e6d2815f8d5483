/*
 * The schema as numbered .sql files (lib/store/sql), which are compiled into the program. migrate.c applies
 * them.
 */
#ifndef STORE_DB_SCHEMA_H
#define STORE_DB_SCHEMA_H

/*
 * The schema version of this program: the number of migrations. PRAGMA user_version of a current database holds
 * it.
 */
int schema_version(void);

/* The SQL of a migration. number: from 1 to schema_version(). */
const char *schema_migration(int number);

#endif
