/* The schema as numbered .sql files (lib/store/sql), which travel inside the program. migrate.c applies them. */
#ifndef STORE_DB_SCHEMA_H
#define STORE_DB_SCHEMA_H

/* The schema that this program speaks: how many migrations there are. PRAGMA user_version holds it. */
int schema_version(void);

/* The SQL of a migration, from 1 to schema_version(). */
const char *schema_migration(int number);

#endif
