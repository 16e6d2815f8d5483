/* The disk fails at every single step of a backup: the backup is complete or does not exist, and the store is unchanged. */
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

/* Whether the copy is the prepared store, byte by byte, with nothing in a log beside it. */
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

START_TEST(a_backup_is_whole_or_not_there)
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
		/* It speaks of the copy as of the store; any of these says that there is none. */
		ck_assert_msg(status == OK || status == FULL || status == READ_ONLY || status == BROKEN || status == FAULT, "%s, call %d: %s",
			kind_name(_i), nth, status_name(status));
		db_close(db);
		if (status == OK) {
			assert_well(target, _i, nth);
			ck_assert_str_eq(store_dump(store->arena, target), before);
			remove_store(target);
		} else {
			ck_assert_msg(access(target, F_OK) != 0, "%s, call %d: a backup that failed has its name",
				kind_name(_i), nth);
			/* The log and its memory may have gone with the connection. */
			ck_assert_msg(files_in_folder() <= files, "%s, call %d: something is left over", kind_name(_i), nth);
		}
		/* Nobody wrote: as long as it is what was prepared to the byte, it is as well as that. */
		if (!is_as_prepared()) {
			assert_well(path, _i, nth);
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
	const TTest *const tests[] = { a_backup_is_whole_or_not_there };

	return faults_run("faults_backup", tests, sizeof(tests) / sizeof(*tests));
}
