#include "store/db/db.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/folder_access.h"
#include "core/log.h"
#include "store/db/db_internal.h"
#include "store/db/schema.h"

enum {
	BUSY_MILLISECONDS = 5000,
	LONGEST_VALUE = 16 * 1024 * 1024,
	CACHE_KIB = 2048,
	TOOL_CACHE_KIB = 16 * 1024,
	WAL_KEPT_BYTES = 16 * 1024 * 1024,
};

enum status
db_status(struct db *db, int code, const char *doing)
{
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return OK;
	case SQLITE_NOMEM:
		abort();
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL: /* too many connections for the locks of the write-ahead log */
		log_line(LOG_WARNING, "store", "%s: locked by another process for %d s", doing, BUSY_MILLISECONDS / 1000);
		return BUSY;
	case SQLITE_READONLY:
		log_line(LOG_ERROR, "store", "%s: the database cannot be written", doing);
		return READ_ONLY;
	case SQLITE_FULL:
		log_line(LOG_ERROR, "store", "%s: no space left", doing);
		return FULL;
	case SQLITE_CONSTRAINT:
		if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
			return CONFLICT;
		break;
	case SQLITE_IOERR:
		/*
		 * A file size limit (RLIMIT_FSIZE) and a file that nobody may change also arrive as a failed write, not as
		 * SQLITE_FULL.
		 */
		if (code == SQLITE_IOERR_WRITE) {
			/* sqlite3_system_errno() is not set when a COMMIT fails, so errno is used. */
			int number = errno;
			log_line(LOG_ERROR, "store", "%s: cannot write (%s)", doing, number == 0 ? "no reason given" : strerror(number));
			return status_of_errno(number) == READ_ONLY ? READ_ONLY : FULL;
		}
		/* fallthrough */
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_CANTOPEN:
		db->broken = true;
		log_line(LOG_ERROR, "store", "%s: %s (%d): run renown doctor", doing, sqlite3_errstr(code), code);
		return BROKEN;
	default:
		break;
	}
	log_line(LOG_ERROR, "store", "%s: %s (%d)", doing, sqlite3_errmsg(db->handle), code);
	return FAULT;
}

struct sqlite3 *
db_handle(struct db *db)
{
	return db->handle;
}

enum status
db_execute(struct db *db, const char *sql)
{
	return db_execute_as(db, sql, sql);
}

enum status
db_execute_as(struct db *db, const char *sql, const char *doing)
{
	errno = 0;
	return db_status(db, sqlite3_exec(db->handle, sql, NULL, NULL, NULL), doing);
}

enum { WAL_TRIES = 100, WAL_PAUSE_MICROSECONDS = 50000 };

/*
 * WAL is a property of the file and cannot be set inside a transaction. While another process sets it, SQLite returns
 * SQLITE_BUSY at once, regardless of the busy timeout, because two processes waiting for each other would deadlock.
 */
enum status
db_use_wal(struct db *db)
{
	int code = SQLITE_BUSY;

	for (int tries = 0; tries < WAL_TRIES && (code & 0xff) == SQLITE_BUSY; tries++) {
		if (tries > 0)
			(void)usleep(WAL_PAUSE_MICROSECONDS);
		errno = 0;
		code = sqlite3_exec(db->handle, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
	}
	return db_status(db, code, "journal_mode");
}

static int
configure(sqlite3 *handle)
{
	static const struct { int what, value; } switches[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
	};

	for (size_t i = 0; i < sizeof(switches) / sizeof(*switches); i++) {
		int code = sqlite3_db_config(handle, switches[i].what, switches[i].value, NULL);
		if (code != SQLITE_OK)
			return code;
	}
	sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
	sqlite3_limit(handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200);
	sqlite3_limit(handle, SQLITE_LIMIT_VARIABLE_NUMBER, 100);
	sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 1); /* VACUUM INTO needs one */
	sqlite3_busy_timeout(handle, BUSY_MILLISECONDS);
	return SQLITE_OK;
}

/* The number that a PRAGMA returns; -1 when it cannot be read. For use in db_open(), before queries can run. */
static long long
pragma(sqlite3 *handle, const char *sql, int *ret_code)
{
	sqlite3_stmt *stmt = NULL;
	long long number = -1;

	*ret_code = sqlite3_prepare_v2(handle, sql, -1, &stmt, NULL);
	if (*ret_code == SQLITE_OK)
		*ret_code = sqlite3_step(stmt);
	if (*ret_code == SQLITE_ROW) {
		number = sqlite3_column_int64(stmt, 0);
		*ret_code = SQLITE_OK;
	}
	(void)sqlite3_finalize(stmt);
	return number;
}

/*
 * Reports a folder above the database that this user may not enter; SQLite would only say that the file cannot be
 * opened. *ret_problem is valid until the next call, because db_close() frees the connection's memory. False: every
 * folder can be entered.
 */
static bool
is_closed(const struct db *db, const char **ret_problem)
{
	static char sentence[1000];
	const char *closed = folder_access_message(db->memory, db->path);

	if (closed == NULL)
		return false;
	(void)snprintf(sentence, sizeof(sentence), "%s", closed);
	*ret_problem = sentence;
	return true;
}

/* The status and message for a file that cannot be read. A lock or a missing permission is not reported as damage. */
static enum status
unreadable(int code, const char **ret_problem)
{
	switch (code & 0xff) {
	case SQLITE_NOMEM:
		abort();
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL:
		*ret_problem = "the database is locked by another program: wait until that has ended";
		return BUSY;
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_PERM:
		*ret_problem = "the database cannot be opened: check the permissions of the file and its folder";
		return BROKEN;
	case SQLITE_IOERR:
		*ret_problem = "the database cannot be read: check the disk";
		return BROKEN;
	default:
		*ret_problem = "the database is damaged or not an SQLite file: restore a backup";
		return BROKEN;
	}
}

/* Checks before the first use that the file is a renown database with the program's schema. */
static enum status
check_identity(struct db *db, const char **ret_problem)
{
	int code;
	long long application = pragma(db->handle, "PRAGMA application_id", &code), objects = 0, version = 0;

	if (code == SQLITE_OK)
		objects = pragma(db->handle, "SELECT count(*) FROM sqlite_schema", &code);
	if (code == SQLITE_OK)
		version = pragma(db->handle, "PRAGMA user_version", &code);
	if (code != SQLITE_OK)
		return unreadable(code, ret_problem);
	if (application != DB_APPLICATION_ID) {
		*ret_problem = application == 0 && objects == 0
			? "the database is empty: restore a backup, or run `renown init` for a new site"
			: "the file belongs to another program";
		return BROKEN;
	}
	if (version < schema_version()) {
		*ret_problem = "the database has an older schema: run `renown migrate`";
		return BROKEN;
	}
	if (version > schema_version()) {
		*ret_problem = "the database has a newer schema than this program knows: update renown";
		return BROKEN;
	}
	return OK;
}

/* No program here has threads, so SQLite needs no mutexes. It also does not need to count allocations. */
static void
configure_library(void)
{
	static bool done;

	/*
	 * SQLite refuses this when it is already in use. That happens only with the file system of a test, and does no
	 * harm.
	 */
	if (!done) {
		(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
		(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	}
	done = true;
}

static enum status
open_file(struct db *db, enum db_mode mode, const char **ret_problem)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0);
	struct stat found;
	int code;

	if (is_closed(db, ret_problem))
		return BROKEN;
	if (mode != DB_CREATE && stat(db->path, &found) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
		*ret_problem = "there is no database: run `renown init`, or check `store` in renown.conf";
		return BROKEN;
	}
	code = sqlite3_open_v2(db->path, &db->handle, flags, NULL);
	if (code == SQLITE_OK)
		code = configure(db->handle);
	if (code == SQLITE_OK && stat(db->path, &found) != 0)
		code = SQLITE_CANTOPEN;
	if (code != SQLITE_OK)
		return unreadable(code, ret_problem);
	db->device = found.st_dev;
	db->inode = found.st_ino;
	sqlite3_extended_result_codes(db->handle, 1);
	(void)sqlite3_update_hook(db->handle, transaction_on_change, db);
	return OK;
}

static enum status
settle(struct db *db, enum db_mode mode)
{
	char *pragmas = arena_printf(db->memory,
		"PRAGMA synchronous=FULL; PRAGMA cache_size=-%d; PRAGMA journal_size_limit=%d; PRAGMA temp_store=MEMORY",
		mode == DB_SERVE ? CACHE_KIB : TOOL_CACHE_KIB, WAL_KEPT_BYTES);

	return db_execute(db, pragmas);
}

enum status
db_open(const char *path, enum db_mode mode, struct db **ret_db, const char **ret_problem)
{
	struct db *db = calloc(1, sizeof(*db));
	struct query *const *queries = query_all(&(size_t){ 0 });
	enum status status;

	if (db == NULL)
		abort();
	configure_library();
	db->memory = arena_new();
	db->path = arena_dup(db->memory, path);
	(void)query_all(&db->prepared_count);
	db->prepared = arena_array(db->memory, db->prepared_count, sizeof(*db->prepared));
	for (size_t i = 0; i < db->prepared_count; i++)
		queries[i]->number = i + 1;
	status = open_file(db, mode, ret_problem);
	if (status == OK && mode != DB_CREATE)
		status = check_identity(db, ret_problem);
	if (status == OK) {
		*ret_problem = "the database cannot be used now; see the log";
		status = settle(db, mode);
	}
	if (status != OK) {
		db_close(db);
		return status;
	}
	*ret_db = db;
	return OK;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (size_t i = 0; i < db->prepared_count; i++)
		(void)sqlite3_finalize(db->prepared[i].stmt);
	(void)sqlite3_close(db->handle);
	free(db->waiting);
	arena_free(db->memory);
	free(db);
}

bool
db_is_same_file(const struct db *db)
{
	struct stat found;

	if (stat(db->path, &found) != 0 || found.st_dev != db->device || found.st_ino != db->inode || found.st_size == 0)
		return false;
	/* SQLite does not check again whether it may write. */
	return sqlite3_db_readonly(db->handle, "main") != 1 || access(db->path, W_OK) != 0;
}

bool
db_is_broken(const struct db *db)
{
	return db->broken;
}

void
db_use_media(struct db *db, const char *folder, enum status (*settle_media)(struct db *db, struct arena *arena, int64_t media_id))
{
	if (folder != NULL && settle_media == NULL)
		abort();
	db->media_folder = folder;
	db->settle_media = settle_media;
}

enum status
db_settle_media(struct db *db, struct arena *arena, int64_t media_id)
{
	return db->media_folder == NULL ? OK : db->settle_media(db, arena, media_id);
}

const char *
db_media_folder(const struct db *db)
{
	return db->media_folder;
}
