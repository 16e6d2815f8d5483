#include "store/db/migrate.h"

#include "store/db/schema.h"
#include "store/db/site_key.h"

QUERY(application_id, "PRAGMA application_id");
QUERY(user_version, "PRAGMA user_version");
/* Counts objects, not pages: journal_mode=WAL already writes the first page of an empty file. */
QUERY_WITH(QUERY_SCANS, object_count, "SELECT count(*) FROM sqlite_schema");

/* Reads the schema version of the file; 0 for a new one. */
static enum status
read_version(struct db *db, int64_t *ret_version, const char **ret_problem)
{
	int64_t application, objects;

	TRY(query_integer(db, application_id, &application, BIND()));
	TRY(query_integer(db, user_version, ret_version, BIND()));
	TRY(query_integer(db, object_count, &objects, BIND()));
	if (application != DB_APPLICATION_ID && (application != 0 || objects != 0 || *ret_version != 0)) {
		*ret_problem = "the file belongs to another program";
		return BROKEN;
	}
	if (*ret_version > schema_version()) {
		*ret_problem = "the store has a newer schema than this program knows: update renown";
		return BROKEN;
	}
	return OK;
}

/*
 * Applies one migration in one transaction. If two processes do this at once, the second finds it done and changes
 * nothing.
 */
static enum status
apply(struct db *db, struct arena *arena, int64_t number, int *applied, const char **ret_problem)
{
	int64_t version;

	TRY(db_begin_private(db));
	TRY(read_version(db, &version, ret_problem));
	if (version >= number)
		return OK;
	TRY(db_execute_as(db, schema_migration((int)number), "migration"));
	TRY(db_execute(db, arena_printf(arena, "PRAGMA application_id=%d; PRAGMA user_version=%lld", DB_APPLICATION_ID, (long long)number)));
	if (number == schema_version())
		TRY(site_key_make(db, arena));
	TRY(db_commit(db));
	++*applied;
	return OK;
}

enum status
migrate_run(struct db *db, int *ret_applied, const char **ret_problem)
{
	enum status status;
	int64_t version;
	int applied = 0;

	*ret_problem = "the schema could not be changed; see the log";
	/* All values are read in one snapshot, because another process may migrate at the same time. */
	TRY(db_begin_read(db));
	status = read_version(db, &version, ret_problem);
	db_end(db);
	TRY(status);
	TRY(db_use_wal(db));
	for (; version < schema_version(); version++) {
		struct arena *arena = arena_new();
		status = apply(db, arena, version + 1, &applied, ret_problem);
		db_end(db);
		arena_free(arena);
		TRY(status);
	}
	*ret_applied = applied;
	return OK;
}
