/* The disk fails at each single step of a backup: the backup is complete or does not exist, and the database is unchanged. */
#include "support/fault_kinds.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/db/db_backup.h"

static size_t
files_in_folder(void)
{
	DIR *folder = opendir(store->folder);
	size_t count = 0;

	ck_assert_ptr_nonnull(folder);
	while (readdir(folder) != NULL)
		count++;
	(void)closedir(folder);
	return count;
}

/* True if the copy equals the prepared database byte by byte and has nothing in its log. */
static bool
is_as_prepared(void)
{
	static char here[1 << 16], there[1 << 16];
	FILE *one = fopen(path, "rb"), *other = fopen(prepared, "rb");
	struct stat log;
	size_t length;
	bool same = stat(arena_printf(store->arena, "%s-wal", path), &log) != 0 || log.st_size == 0;

	ck_assert(one != NULL && other != NULL);
	do {
		length = fread(here, 1, sizeof(here), one);
		same = same && length == fread(there, 1, sizeof(there), other) && memcmp(here, there, length) == 0;
	} while (same && length > 0);
	(void)fclose(one);
	(void)fclose(other);
	return same;
}

START_TEST(a_backup_is_complete_or_missing)
{
	const char *target = store_beside(store, "backup.db");
	int nth = 1;

	fresh();
	for (bool happened = true; happened && nth < CALLS_MAX; nth++) {
		struct arena *kept = store->arena;
		const char *problem;
		enum status status;
		struct db *db;
		size_t files;
		store->arena = arena_new();
		ck_assert_int_eq(db_open(path, DB_TOOL, &db, &problem), OK);
		files = files_in_folder();
		arm(_i, nth);
		status = db_backup_write(db, store->arena, target);
		happened = fault_clear();
		/* The status is about the copy or the database. Each of these means that there is no copy. */
		ck_assert_msg(status == OK || status == FULL || status == READ_ONLY || status == BROKEN || status == FAULT, "%s, call %d: %s",
			kind_name(_i), nth, status_name(status));
		db_close(db);
		if (status == OK) {
			assert_intact(target, _i, nth);
			ck_assert_str_eq(store_dump(store->arena, target), before);
			remove_store(target);
		} else {
			ck_assert_msg(access(target, F_OK) != 0, "%s, call %d: a failed backup has its name",
				kind_name(_i), nth);
			/* The log and its shared memory may have been removed with the connection. */
			ck_assert_msg(files_in_folder() <= files, "%s, call %d: something is left over", kind_name(_i), nth);
		}
		/* Nothing was written. While the database equals the prepared one byte by byte, it needs no check. */
		if (!is_as_prepared()) {
			assert_intact(path, _i, nth);
			ck_assert_str_eq(store_dump(store->arena, path), before);
		}
		arena_free(store->arena);
		store->arena = kept;
	}
	ck_assert_int_lt(nth, CALLS_MAX);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = { a_backup_is_complete_or_missing };

	return faults_run("faults_backup", tests, sizeof(tests) / sizeof(*tests));
}
