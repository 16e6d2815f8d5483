/*
 * Migrations: all or nothing, one process at a time, and never on a file of another program. Readers see the old schema
 * or the new one meanwhile.
 */
#include "support/store_case.h"
#include "support/suite.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/str.h"
#include "support/raw_sql.h"
#include "store/db/migrate.h"
#include "store/db/schema.h"

/* The whole schema with its version numbers, as text. */
static const char *
schema(const char *path)
{
	return raw_rows_of_file(store->arena, path, "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name;"
		" PRAGMA application_id; PRAGMA user_version; PRAGMA journal_mode; PRAGMA integrity_check");
}

/* Opens the file and migrates it. Returns the status. */
static enum status
migrate(const char *path, int *ret_applied, const char **ret_problem)
{
	struct db *db;
	enum status status = db_open(path, DB_CREATE, &db, ret_problem);

	if (status != OK)
		return status;
	status = migrate_run(db, ret_applied, ret_problem);
	db_close(db);
	return status;
}

START_TEST(a_new_database_is_created_once)
{
	int applied = -1;
	const char *problem = "";

	ck_assert_int_eq(migrate(store_beside(store, "new.db"), &applied, &problem), OK);
	ck_assert_int_eq(applied, schema_version());
	ck_assert_int_eq(migrate(store_beside(store, "new.db"), &applied, &problem), OK);
	ck_assert_int_eq(applied, 0);
	ck_assert_str_eq(schema(store_beside(store, "new.db")), schema(store->path));
	ck_assert_ptr_nonnull(strstr(schema(store->path), "\nwal\nok\n"));
}
END_TEST

START_TEST(a_newer_database_is_not_changed)
{
	int applied = -1;
	const char *problem = "", *before;

	db_close(store->db);
	store->db = NULL;
	store_elsewhere(store->path, arena_printf(store->arena, "PRAGMA user_version = %d", schema_version() + 1));
	before = schema(store->path);
	ck_assert_int_eq(migrate(store->path, &applied, &problem), BROKEN);
	ck_assert_ptr_nonnull(strstr(problem, "newer schema than this program knows"));
	ck_assert_int_eq(applied, -1);
	ck_assert_str_eq(schema(store->path), before);
}
END_TEST

static const struct {
	const char *sql;
} foreign[] = {
	{ "PRAGMA application_id = 7" },
	{ "PRAGMA application_id = 7; CREATE TABLE a (b)" },
	{ "CREATE TABLE a (b)" },
	{ "PRAGMA user_version = 1; CREATE TABLE a (b)" },
	{ "PRAGMA user_version = 9; CREATE TABLE a (b)" },
	/* No table and no application_id, but a version number: the migration would seem to be done, and no table would be created. */
	{ "PRAGMA user_version = 1" },
};

START_TEST(a_file_of_another_program_is_not_changed)
{
	const char *path = store_beside(store, "other.db"), *problem = "", *before;
	int applied = -1;

	store_elsewhere(path, foreign[_i].sql);
	before = schema(path);
	ck_assert_msg(migrate(path, &applied, &problem) == BROKEN, "%s", foreign[_i].sql);
	ck_assert_msg(strstr(problem, "belongs to another program") != NULL, "%s", problem);
	/* Not even its journal mode is changed. */
	ck_assert_str_eq(schema(path), before);
}
END_TEST

enum { AT_ONCE = 6 };

/* Runs several processes at the same time. Returns the sum of the migrations that they applied. */
static int
migrate_at_once(const char *path)
{
	int start[2], total = 0;
	pid_t children[AT_ONCE];
	char byte;

	ck_assert_int_eq(pipe(start), 0);
	for (int i = 0; i < AT_ONCE; i++) {
		children[i] = fork();
		ck_assert_int_ge(children[i], 0);
		if (children[i] == 0) {
			int applied = 0;
			const char *problem = "";
			enum status status;
			(void)close(start[1]);
			(void)!read(start[0], &byte, 1);
			status = migrate(path, &applied, &problem);
			if (status != OK)
				(void)fprintf(stderr, "%s: %s\n", status_name(status), problem);
			_exit(status == OK ? applied : 99);
		}
	}
	(void)close(start[0]);
	(void)usleep(20000);
	(void)close(start[1]);
	for (int i = 0; i < AT_ONCE; i++) {
		int ended;
		ck_assert_int_eq(waitpid(children[i], &ended, 0), children[i]);
		ck_assert_msg(WIFEXITED(ended) && WEXITSTATUS(ended) < 99, "one of them failed: %x", (unsigned)ended);
		total += WEXITSTATUS(ended);
	}
	return total;
}

START_TEST(parallel_migrations_apply_each_step_once)
{
	const char *path = arena_printf(store->arena, "%s/at-once-%d.db", store->folder, _i);

	/* One process applied the steps; the others found them applied. */
	ck_assert_int_eq(migrate_at_once(path), schema_version());
	ck_assert_str_eq(schema(path), schema(store->path));
}
END_TEST

/* kill -9 at any time: the next run ends as if there had been no first one. */
START_TEST(a_killed_migration_is_completed_by_the_next_run)
{
	const char *path = store_beside(store, "killed.db"), *problem = "";
	int applied;

	for (useconds_t wait = 0; wait < 144000; wait += 6000) {
		pid_t child = fork();
		ck_assert_int_ge(child, 0);
		if (child == 0) {
			(void)migrate(path, &applied, &problem);
			_exit(0);
		}
		(void)usleep(wait);
		(void)kill(child, SIGKILL);
		ck_assert_int_eq(waitpid(child, NULL, 0), child);
		ck_assert_msg(migrate(path, &applied, &problem) == OK, "after %d us: %s", (int)wait, problem);
		ck_assert_str_eq(schema(path), schema(store->path));
		(void)remove(path);
		(void)remove(store_beside(store, "killed.db-wal"));
		(void)remove(store_beside(store, "killed.db-shm"));
		(void)remove(store_beside(store, "killed.db-journal"));
	}
}
END_TEST

/* A partial step must not be stored. An existing table makes the first step fail in the middle. */
START_TEST(a_failed_step_changes_nothing)
{
	const char *path = store_beside(store, "half.db"), *problem = "", *before;
	int applied = -1;

	store_elsewhere(path, arena_printf(store->arena, "PRAGMA application_id = %d; CREATE TABLE tag (a)", DB_APPLICATION_ID));
	ck_assert_int_eq(migrate(path, &applied, &problem), FAULT);
	before = schema(path);
	ck_assert_ptr_null(strstr(before, "post_text"));
	ck_assert_ptr_nonnull(strstr(before, "CREATE TABLE tag (a)"));
	ck_assert_int_eq(applied, -1);
	ck_assert_ptr_nonnull(strstr(problem, "see the log"));
}
END_TEST

START_TEST(a_locked_database_is_busy)
{
	const char *problem = "";
	struct db *db;
	int applied = -1;
	int64_t began = clock_micros();

	ck_assert_int_eq(db_open(store->path, DB_CREATE, &db, &problem), OK);
	store_elsewhere(store->path, "PRAGMA user_version = 0");
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(migrate_run(db, &applied, &problem), BUSY);
	ck_assert_int_ge(clock_micros() - began, 4500000);
	ck_assert_int_eq(applied, -1);
	db_end(store->db);
	db_close(db);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("migrate");
	TCase *cases = tcase_create("migrate");

	tcase_add_checked_fixture(cases, store_setup, store_teardown);
	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, a_new_database_is_created_once);
	tcase_add_test(cases, a_newer_database_is_not_changed);
	tcase_add_loop_test(cases, a_file_of_another_program_is_not_changed, 0, sizeof(foreign) / sizeof(*foreign));
	tcase_add_loop_test(cases, parallel_migrations_apply_each_step_once, 0, 10);
	tcase_add_test(cases, a_killed_migration_is_completed_by_the_next_run);
	tcase_add_test(cases, a_failed_step_changes_nothing);
	tcase_add_test(cases, a_locked_database_is_busy);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
