/* The connection, shared by db.c, query.c and transaction.c. Private to them. */
#ifndef STORE_DB_INTERNAL_H
#define STORE_DB_INTERNAL_H

#include <sqlite3.h>
#include <sys/types.h>

#include "store/db/db.h"

/* A statement prepared on this connection. */
struct prepared {
	sqlite3_stmt *stmt;    /* NULL: not prepared yet */
	const struct row *row; /* the row type that members was made for */
	int *members;          /* for each result column, its index in row->columns */
};

/* A call to make after the commit. */
struct after_commit {
	void (*run)(struct db *db, int64_t id);
	int64_t id;
};

enum transaction { NO_TRANSACTION, READING, WRITING, WRITING_COMMENT, WRITING_PRIVATE };

struct db {
	sqlite3 *handle;
	char *path;
	dev_t device;
	ino_t inode;
	bool broken;            /* the file was found damaged or unreadable */
	bool query_only;        /* as last set */
	enum transaction transaction;
	bool failed;            /* a statement failed in this transaction; no other may run in it */
	bool refused;           /* a statement was refused for that reason, and this is logged */
	int64_t actor;          /* who makes the changes, see db_set_actor() */
	bool needs_audit, has_audit; /* this transaction changed something that needs an audit log entry; it has one */
	bool comments_changed, steps_changed; /* see db_count_comments() and db_count_steps() */
	const char *expected_table; /* the table that this transaction must write to, see db_expect_row(); or NULL */
	bool expected_saved;        /* it has written to it */
	struct prepared *prepared; /* indexed by query->number - 1 */
	size_t prepared_count;
	struct arena *memory;   /* lives as long as the connection */
	const char *media_folder; /* or NULL, see db_use_media() */
	enum status (*settle_media)(struct db *db, struct arena *arena, int64_t media_id);
	struct after_commit *waiting; /* the calls of db_run_after_commit() in this transaction */
	size_t waiting_count, waiting_room;
};

/* SQLite's update hook, called for each row that changes. Notes what db_commit() checks. In transaction.c. */
void transaction_on_change(void *connection, int operation, const char *schema, const char *table, sqlite3_int64 row);

#endif
