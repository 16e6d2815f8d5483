#include "store/db/db_backup.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/log.h"
#include "core/str.h"

enum { PROBLEMS_SHOWN = 20 };

struct line {
	const char *text;
};
static const struct column line_columns[] = {
	COLUMN_TEXT(struct line, text),
	{ 0 },
};
static const struct row line_row = { sizeof(struct line), line_columns };

/* --- checking ----------------------------------------------------------------- */

/* Since SQLite 3.46 a number as the argument would be read as a table name, so LIMIT is used. */
QUERY_WITH(QUERY_SCANS | QUERY_UNORDERED, quick_check, "SELECT quick_check AS text FROM pragma_quick_check LIMIT :most");
QUERY_WITH(QUERY_SCANS | QUERY_UNORDERED, foreign_keys,
	"SELECT 'table ' || \"table\" || ', row ' || coalesce(rowid, '?') || ' names a row of ' || parent"
	" || ' that is not there' AS text FROM pragma_foreign_key_check LIMIT :most");
/* FTS5's own check. It fails with SQLITE_CORRUPT_VTAB when index and text differ. */
QUERY_WITH(QUERY_SCANS, search_check, "INSERT INTO post_search (post_search) VALUES ('integrity-check')");

static void
add_problem(struct str *report, const char *text)
{
	if (report->length > 0)
		str_add_char(report, '\n');
	str_add(report, text);
}

static enum status
add_lines(struct db *db, struct arena *arena, const struct query *query, struct str *report)
{
	struct line *lines;
	size_t count;

	TRY(query_list(db, arena, query, &line_row, &lines, &count, BIND(INT("most", PROBLEMS_SHOWN))));
	for (size_t i = 0; i < count; i++)
		if (!str_equal(lines[i].text, "ok"))
			add_problem(report, lines[i].text);
	return OK;
}

enum status
db_backup_check(struct db *db, struct arena *arena, const char **ret_report)
{
	struct str report = str_init(arena);
	enum status status = add_lines(db, arena, quick_check, &report);

	if (status == BROKEN)
		add_problem(&report, "the database cannot be read completely");
	else
		TRY(status);
	if (status == OK)
		TRY(add_lines(db, arena, foreign_keys, &report));
	/*
	 * SQLite regards this check as a write, although it writes nothing. So it runs without a transaction, which would
	 * stay open.
	 */
	status = query_run(db, search_check, BIND());
	if (status == BROKEN || status == FAULT)
		add_problem(&report, "the search index does not fit the texts: run `renown render --all`");
	else
		TRY(status);
	*ret_report = report.bytes;
	return OK;
}

/* --- copying ------------------------------------------------------------------ */

static enum status
failed(const char *doing, const char *path)
{
	int number = errno;

	log_line(LOG_ERROR, "backup", "%s %s: %s", doing, path, strerror(number));
	return number == ENOSPC || number == EDQUOT || number == EFBIG ? FULL : FAULT;
}

static enum status
sync_path(const char *path, int flags)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | flags), code;

	if (file < 0)
		return failed("open", path);
	code = fsync(file);
	(void)close(file);
	return code == 0 ? OK : failed("sync", path);
}

static const char *
folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return slash == path ? "/" : arena_bytes(arena, path, (size_t)(slash - path));
}

static bool
says(sqlite3 *handle, const char *pragma, const char *answer)
{
	sqlite3_stmt *stmt = NULL;
	bool same = sqlite3_prepare_v2(handle, pragma, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW
		&& str_equal((const char *)sqlite3_column_text(stmt, 0), answer);

	(void)sqlite3_finalize(stmt);
	return same;
}

/* Opens the copy on its own and checks it. VACUUM INTO does not keep the journal mode, so it is set again. */
static enum status
check_copy(const char *path)
{
	sqlite3 *handle = NULL;
	bool well = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK
		&& says(handle, "PRAGMA quick_check(1)", "ok") && says(handle, "PRAGMA journal_mode=WAL", "wal");

	(void)sqlite3_close(handle);
	if (well)
		return OK;
	log_line(LOG_ERROR, "backup", "the copy %s is damaged", path);
	return FAULT;
}

QUERY(copy_into, "VACUUM INTO :path");

/*
 * Writes the copy under its temporary name, checks it and syncs it. VACUUM INTO accepts an existing file if it is
 * empty.
 */
static enum status
make_copy(struct db *db, const char *path)
{
	TRY(query_run(db, copy_into, BIND(FILE_PATH("path", path))));
	TRY(check_copy(path));
	return sync_path(path, 0);
}

enum status
db_backup_write(struct db *db, struct arena *arena, const char *path)
{
	/* Created here with mode 0600, so that nobody who may not read the database can read its copy. */
	char *temporary = arena_printf(arena, "%s.XXXXXX", path);
	struct stat found;
	enum status status;
	int file;

	if (lstat(path, &found) == 0)
		return CONFLICT;
	file = mkostemp(temporary, O_CLOEXEC);
	if (file < 0)
		return errno == ENOENT || errno == ENOTDIR ? NOT_FOUND : failed("create", temporary);
	(void)close(file);
	status = make_copy(db, temporary);
	if (status == OK && rename(temporary, path) != 0)
		status = failed("rename to", path);
	if (status == OK)
		return sync_path(folder_of(arena, path), O_DIRECTORY);
	(void)unlink(temporary);
	return status;
}
