/* Other processes that use the database: locked, opened exclusively, replaced, damaged during use. */
#include "support/store_case.h"
#include "support/suite.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/log.h"
#include "store/db/content_version.h"

static void
setup(void)
{
	store_setup();
	/* Every test here causes errors, so error lines in the log are expected. */
	log_open("test", LOG_ERROR);
}

QUERY(name_tag, "INSERT INTO tag (slug, name) VALUES (:slug, :name)");
QUERY_WITH(QUERY_SCANS, count_tags, "SELECT count(*) FROM tag");

static int64_t
counter(void)
{
	struct content_version change;

	ck_assert_int_eq(content_version_read(store->db, STORE_NOW, &change), OK);
	return change.counter;
}

struct other {
	pid_t pid;
	int to_child, from_child;
};

/* Another process that locks the database with this SQL until other_end(). */
static struct other
other_holds(const char *sql)
{
	int to[2], from[2];
	struct other other;
	char byte;

	ck_assert_int_eq(pipe(to), 0);
	ck_assert_int_eq(pipe(from), 0);
	other.pid = fork();
	ck_assert_int_ge(other.pid, 0);
	if (other.pid == 0) {
		struct db *db;
		const char *problem;
		(void)close(to[1]);
		(void)close(from[0]);
		if (db_open(store->path, DB_TOOL, &db, &problem) != OK || db_execute(db, sql) != OK)
			_exit(1);
		(void)!write(from[1], "x", 1);
		(void)!read(to[0], &byte, 1);
		db_close(db);
		_exit(0);
	}
	(void)close(to[0]);
	(void)close(from[1]);
	other.to_child = to[1];
	other.from_child = from[0];
	ck_assert_int_eq(read(other.from_child, &byte, 1), 1);
	return other;
}

static void
other_end(struct other *other)
{
	(void)close(other->to_child);
	(void)close(other->from_child);
	ck_assert_int_eq(waitpid(other->pid, NULL, 0), other->pid);
}

START_TEST(a_locked_database_is_busy_after_five_seconds_and_can_be_read)
{
	struct other other = other_holds("BEGIN IMMEDIATE; UPDATE content_version SET counter = counter + 100");
	int64_t began = clock_micros(), before = counter();

	ck_assert_int_eq(db_begin_write(store->db), BUSY);
	ck_assert_int_ge(clock_micros() - began, 4500000);
	ck_assert_int_le(clock_micros() - began, 6000000);
	/* Readers see what was committed, at once. */
	began = clock_micros();
	ck_assert_int_eq(db_begin_read(store->db), OK);
	ck_assert_int_eq(counter(), before);
	db_end(store->db);
	ck_assert_int_le(clock_micros() - began, 1000000);
	ck_assert(!db_is_broken(store->db));
	other_end(&other);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

/*
 * A deferred transaction that becomes a writer fails at once, without waiting. So each
 * writing transaction begins as a writer.
 */
START_TEST(a_writer_waits_for_another)
{
	struct other other = other_holds("BEGIN IMMEDIATE; UPDATE content_version SET counter = counter + 1");
	pid_t helper = fork();

	ck_assert_int_ge(helper, 0);
	if (helper == 0) {
		(void)usleep(700000);
		(void)kill(other.pid, SIGKILL);
		_exit(0);
	}
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(query_run(store->db, name_tag, BIND(TEXT("slug", "after"), TEXT("name", "After the wait"))), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(waitpid(helper, NULL, 0), helper);
	other_end(&other);
}
END_TEST

START_TEST(an_exclusively_locked_database_is_busy_and_not_damaged)
{
	struct other other;
	struct db *db = NULL;
	const char *problem = "";
	int64_t began;

	db_close(store->db);
	other = other_holds("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; UPDATE content_version SET counter = counter + 1");
	began = clock_micros();
	ck_assert_int_eq(db_open(store->path, DB_SERVE, &db, &problem), BUSY);
	ck_assert_int_le(clock_micros() - began, 6000000);
	ck_assert_msg(strstr(problem, "locked") != NULL, "%s", problem);
	other_end(&other);
	ck_assert_int_eq(db_open(store->path, DB_SERVE, &store->db, &problem), OK);
}
END_TEST

START_TEST(a_replaced_database_is_noticed)
{
	ck_assert(db_is_same_file(store->db));
	ck_assert_int_eq(rename(store->path, store_beside(store, "old.db")), 0);
	ck_assert(!db_is_same_file(store->db));
	(void)store_file(store, "renown.db", "", 0);
	ck_assert(!db_is_same_file(store->db));
	ck_assert_int_eq(rename(store_beside(store, "old.db"), store->path), 0);
	ck_assert(db_is_same_file(store->db));
	ck_assert_int_eq(truncate(store->path, 0), 0);
	ck_assert(!db_is_same_file(store->db));
}
END_TEST

START_TEST(damage_during_use_is_reported_as_broken)
{
	struct db *db;
	const char *problem;
	struct stat found;
	int64_t count;
	int file;

	store_elsewhere(store->path, "PRAGMA wal_checkpoint(TRUNCATE)");
	ck_assert_int_eq(db_open(store->path, DB_SERVE, &db, &problem), OK);
	ck_assert_int_eq(stat(store->path, &found), 0);
	file = open(store->path, O_WRONLY);
	for (off_t at = 4096; at < found.st_size; at += 512)
		ck_assert_int_eq(pwrite(file, "rubbish rubbish ", 16, at), 16);
	(void)close(file);
	ck_assert_int_eq(query_integer(db, count_tags, &count, BIND()), BROKEN);
	ck_assert(db_is_broken(db));
	db_close(db);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("db_shared");
	TCase *cases = tcase_create("db_shared");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, a_locked_database_is_busy_after_five_seconds_and_can_be_read);
	tcase_add_test(cases, a_writer_waits_for_another);
	tcase_add_test(cases, an_exclusively_locked_database_is_busy_and_not_damaged);
	tcase_add_test(cases, a_replaced_database_is_noticed);
	tcase_add_test(cases, damage_during_use_is_reported_as_broken);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
