#include "store/migrate.h"

#include "core/log.h"
#include "store/connection.h"

static const char *const migrations[] = {
#include "store/migrations.h"
};

QUERY(application_id, "PRAGMA application_id");
QUERY(user_version, "PRAGMA user_version");
/* Not the pages: journal_mode=WAL writes the first one of a file that holds nothing yet. */
QUERY_WITH(QUERY_SCANS, object_count, "SELECT count(*) FROM sqlite_schema");

int
migrate_version(void)
{
	return (int)(sizeof(migrations) / sizeof(*migrations));
}

/* The version of the file: 0 for a new one. */
static enum status
read_version(struct db *db, int64_t *ret_version, const char **ret_problem)
{
	int64_t application, objects;

	TRY(query_integer(db, application_id, &application, BIND()));
	TRY(query_integer(db, user_version, ret_version, BIND()));
	TRY(query_integer(db, object_count, &objects, BIND()));
	if (application != DB_APPLICATION_ID && (application != 0 || objects != 0)) {
		*ret_problem = "the file belongs to another program";
		return BROKEN;
	}
	if (*ret_version > migrate_version()) {
		*ret_problem = "the store has a newer schema than this program knows: update renown";
		return BROKEN;
	}
	return OK;
}

/* One step, all or nothing; two at once end with one that did it and one that found it done. */
static enum status
apply(struct db *db, int64_t number, const char **ret_problem)
{
	char *stamp;
	int64_t version;

	TRY(db_begin_private(db));
	TRY(read_version(db, &version, ret_problem));
	if (version >= number)
		return OK;
	TRY(db_execute(db, migrations[number - 1]));
	stamp = sqlite3_mprintf("PRAGMA application_id=%d; PRAGMA user_version=%lld",
		DB_APPLICATION_ID, (long long)number);
	if (stamp == NULL)
		return FAULT;
	enum status status = db_execute(db, stamp);
	sqlite3_free(stamp);
	TRY(status);
	return db_commit(db);
}

enum status
migrate_run(struct db *db, int *ret_applied, const char **ret_problem)
{
	enum status status;
	int64_t version;
	int applied = 0;

	*ret_problem = "the schema could not be changed; see the log";
	TRY(read_version(db, &version, ret_problem));
	/* WAL is a property of the file; it cannot be set inside a transaction. */
	TRY(db_execute(db, "PRAGMA journal_mode=WAL"));
	for (; version < migrate_version(); version++, applied++) {
		status = apply(db, version + 1, ret_problem);
		db_end(db);
		TRY(status);
	}
	*ret_applied = applied;
	return OK;
}
