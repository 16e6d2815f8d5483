/* What db.c, query.c and transaction.c share about one connection; nobody else includes this. */
#ifndef STORE_DB_INTERNAL_H
#define STORE_DB_INTERNAL_H

#include <sqlite3.h>
#include <sys/types.h>

#include "store/db/db.h"

/* A statement as this connection prepared it. */
struct prepared {
	sqlite3_stmt *stmt;    /* NULL: not yet */
	const struct row *row; /* what the members below were found for */
	int *members;          /* for each result column its place in row->columns */
};

/* A call that waits for the commit. */
struct after_commit {
	void (*run)(struct db *db, int64_t id);
	int64_t id;
};

enum transaction { NO_TRANSACTION, READING, WRITING, WRITING_PRIVATE };

struct db {
	sqlite3 *handle;
	char *path;
	dev_t device;
	ino_t inode;
	bool broken;            /* a damaged or unreadable file was met */
	bool query_only;        /* as last set */
	enum transaction transaction;
	bool failed;            /* a statement failed in this transaction: no other runs in it */
	bool refused;           /* one was refused for that, and the log says so */
	int64_t actor;          /* who changes something, see db_set_actor() */
	bool guarded, witnessed; /* this transaction changed what must have a line in the audit trail; has one */
	const char *expected_table; /* this transaction needs a row of it, see db_expect_row(); or NULL */
	bool expected_saved;        /* it has one */
	struct prepared *prepared; /* by query->number - 1 */
	size_t prepared_count;
	struct arena *memory;   /* as long as the connection */
	const char *media_folder; /* or NULL, see db_use_media() */
	enum status (*settle_media)(struct db *db, struct arena *arena, int64_t media_id);
	struct after_commit *waiting; /* what db_run_after_commit() was given in this transaction */
	size_t waiting_count, waiting_room;
};

/* What SQLite is to tell of each row that changes, for the audit trail's sake: in transaction.c. */
void transaction_on_change(void *connection, int operation, const char *schema, const char *table, sqlite3_int64 row);

#endif
