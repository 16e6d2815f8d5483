/*
 * The connection: which files are a store, what each problem is called, and
 * that nothing is kept of a transaction that was lost.
 */
#include "store_fixture.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "store/change.h"
#include "store/migrate.h"

static struct store *store;

static void
setup(void)
{
	store = store_open();
	/* Every test here makes faults; their log lines are right, and not worth reading. */
	log_open("test", LOG_ERROR);
}

static void
teardown(void)
{
	store_close(store);
}

/* SQL from another program's connection. */
static void
elsewhere(const char *path, const char *sql)
{
	sqlite3 *handle;
	char *error = NULL;

	ck_assert_int_eq(sqlite3_open(path, &handle), SQLITE_OK);
	ck_assert_msg(sqlite3_exec(handle, sql, NULL, NULL, &error) == SQLITE_OK, "%s: %s", sql, error);
	ck_assert_int_eq(sqlite3_close(handle), SQLITE_OK);
}

static void
write_file(const char *path, const char *bytes, size_t length)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
	ck_assert_int_eq(fclose(file), 0);
}

static const char *
beside(const char *name)
{
	return arena_printf(store->arena, "%s/%s", store->folder, name);
}

/* --- which files are a store --------------------------------------------------- */

static void
assert_refused(const char *path, enum status expected, const char *words)
{
	static const enum db_mode modes[] = { DB_SERVE, DB_TOOL };
	struct stat before, after;
	bool there = stat(path, &before) == 0;

	for (size_t i = 0; i < 2; i++) {
		struct db *db = NULL;
		const char *problem = "";
		enum status status = db_open(path, modes[i], &db, &problem);
		ck_assert_msg(status == expected, "%s: %s", path, status_name(status));
		ck_assert_ptr_null(db);
		ck_assert_msg(strstr(problem, words) != NULL, "%s", problem);
	}
	/* Looking at a file must neither make it nor change it. */
	ck_assert_int_eq(stat(path, &after) == 0, there);
	if (there)
		ck_assert_int_eq(before.st_size, after.st_size);
}

START_TEST(a_store_that_is_not_there_is_not_made)
{
	assert_refused(beside("nothing.db"), BROKEN, "there is no store: run `renown init`");
	assert_refused(beside("no/folder/x.db"), BROKEN, "there is no store");
}
END_TEST

/* SQLite takes a file of no length for a fresh database. */
START_TEST(an_empty_file_is_no_store)
{
	write_file(beside("empty.db"), "", 0);
	assert_refused(beside("empty.db"), BROKEN, "the store is empty: restore a backup");
}
END_TEST

START_TEST(a_file_of_another_kind_is_no_store)
{
	static const char words[] = "Dear diary, this is no database, and it is longer than a header of one hundred bytes is, "
		"so that SQLite looks at it at all.";

	write_file(beside("diary.txt"), words, sizeof(words));
	assert_refused(beside("diary.txt"), BROKEN, "damaged or no SQLite file");
	write_file(beside("short.txt"), "short", 5);
	assert_refused(beside("short.txt"), BROKEN, "damaged or no SQLite file");
}
END_TEST

START_TEST(a_database_of_another_program_is_no_store)
{
	elsewhere(beside("other.db"), "PRAGMA application_id = 7; CREATE TABLE a (b)");
	assert_refused(beside("other.db"), BROKEN, "belongs to another program");
	/* Most programs set no application_id: tables tell. */
	elsewhere(beside("plain.db"), "CREATE TABLE a (b)");
	assert_refused(beside("plain.db"), BROKEN, "belongs to another program");
	elsewhere(beside("stamped.db"), "PRAGMA user_version = 1; CREATE TABLE a (b)");
	assert_refused(beside("stamped.db"), BROKEN, "belongs to another program");
}
END_TEST

START_TEST(an_older_schema_asks_for_migrate)
{
	elsewhere(store->path, "PRAGMA user_version = 0");
	assert_refused(store->path, BROKEN, "older schema: run `renown migrate`");
}
END_TEST

START_TEST(a_newer_schema_asks_for_an_update)
{
	elsewhere(store->path, arena_printf(store->arena, "PRAGMA user_version = %d", migrate_version() + 1));
	assert_refused(store->path, BROKEN, "newer schema than this program knows: update renown");
}
END_TEST

START_TEST(a_damaged_header_is_named)
{
	int file = open(store->path, O_WRONLY);

	/* Without the log, which holds the first page again. */
	elsewhere(store->path, "PRAGMA wal_checkpoint(TRUNCATE)");
	ck_assert_int_eq(pwrite(file, "garbage garbage ", 16, 0), 16);
	(void)close(file);
	assert_refused(store->path, BROKEN, "damaged or no SQLite file: restore a backup");
}
END_TEST

START_TEST(a_folder_is_no_store)
{
	ck_assert_int_eq(mkdir(beside("folder.db"), 0700), 0);
	assert_refused(beside("folder.db"), BROKEN, "cannot be opened: check the permissions");
}
END_TEST

/* Runs a test body as somebody without rights, whom file modes bind; false where that cannot be. */
static bool
as_nobody(void (*body)(void))
{
	int ended = 0;
	pid_t child;

	if (geteuid() != 0)
		return false;
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		if (setgid(65534) != 0 || setuid(65534) != 0)
			_exit(99);
		body();
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &ended, 0), child);
	ck_assert_msg(WIFEXITED(ended) && WEXITSTATUS(ended) == 0, "status %x", (unsigned)ended);
	return true;
}

#define EXPECT(condition) \
	do { \
		if (!(condition)) { \
			(void)fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			_exit(1); \
		} \
	} while (0)

static void
open_closed_file(void)
{
	struct db *db;
	const char *problem = "";

	EXPECT(db_open(store->path, DB_SERVE, &db, &problem) == BROKEN);
	EXPECT(strstr(problem, "check the permissions") != NULL);
}

START_TEST(a_file_without_permission_is_no_damage)
{
	ck_assert_int_eq(chmod(store->folder, 0755), 0);
	ck_assert_int_eq(chmod(store->path, 0), 0);
	(void)as_nobody(open_closed_file);
	ck_assert_int_eq(chmod(store->path, 0644), 0);
	/* WAL needs its two files beside it: a folder that cannot be written is no damage either. */
	db_close(store->db);
	ck_assert_int_eq(access(beside("renown.db-wal"), F_OK), -1);
	(void)as_nobody(open_closed_file);
	ck_assert_int_eq(chmod(store->folder, 0700), 0);
	(void)as_nobody(open_closed_file);
	store->db = NULL;
}
END_TEST

static void
use_read_only_store(void)
{
	struct db *db;
	struct change change;
	const char *problem = "";
	enum status status;

	EXPECT(db_open(store->path, DB_SERVE, &db, &problem) == OK);
	EXPECT(change_read(db, STORE_NOW, &change) == OK);
	/* SQLite may say so when it begins, or only at the first change. */
	status = db_begin_write(db);
	EXPECT((status == OK ? db_commit(db) : status) == READ_ONLY);
	EXPECT(change_read(db, STORE_NOW, &change) == OK);
	EXPECT(!db_is_broken(db));
	db_close(db);
}

/* While another holds the log open, a store that cannot be written is read all the same. */
START_TEST(a_read_only_store_is_read)
{
	ck_assert_int_eq(chmod(store->folder, 0777), 0);
	ck_assert_int_eq(chmod(store->path, 0444), 0);
	ck_assert_int_eq(chmod(beside("renown.db-wal"), 0444), 0);
	ck_assert_int_eq(chmod(beside("renown.db-shm"), 0444), 0);
	(void)as_nobody(use_read_only_store);
}
END_TEST

static void
use_store_that_becomes_writable(void)
{
	struct db *db;
	const char *problem = "";

	EXPECT(chmod(store->path, 0444) == 0);
	EXPECT(db_open(store->path, DB_SERVE, &db, &problem) == OK);
	EXPECT(db_is_same_file(db));
	EXPECT(chmod(store->path, 0644) == 0);
	EXPECT(!db_is_same_file(db));
	db_close(db);
	EXPECT(db_open(store->path, DB_SERVE, &db, &problem) == OK);
	EXPECT(db_is_same_file(db));
	EXPECT(db_begin_write(db) == OK);
	EXPECT(db_commit(db) == OK);
	db_close(db);
}

/* A connection that was opened read-only stays so for ever: it would refuse to save until its worker is replaced. */
START_TEST(a_store_that_may_be_written_again_is_opened_anew)
{
	static const char *const files[] = { "renown.db", "renown.db-wal", "renown.db-shm" };

	ck_assert_int_eq(chmod(store->folder, 0777), 0);
	if (geteuid() == 0)
		for (size_t i = 0; i < 3; i++)
			ck_assert_int_eq(chown(beside(files[i]), 65534, 65534), 0);
	(void)as_nobody(use_store_that_becomes_writable);
}
END_TEST

/* --- what SQLite is told --------------------------------------------------------- */

static int64_t
pragma_number(struct db *db, const char *sql)
{
	sqlite3_stmt *stmt;
	int64_t number;

	ck_assert_int_eq(sqlite3_prepare_v2(db_handle(db), sql, -1, &stmt, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
	number = sqlite3_column_int64(stmt, 0);
	ck_assert_int_eq(sqlite3_finalize(stmt), SQLITE_OK);
	return number;
}

static void
assert_refuses(struct db *db, const char *sql)
{
	ck_assert_msg(db_execute(db, sql) == FAULT, "%s", sql);
}

START_TEST(the_connection_is_strict)
{
	struct db *db;
	const char *problem = "";

	ck_assert_int_eq(db_open(store->path, DB_SERVE, &db, &problem), OK);
	ck_assert_int_eq(pragma_number(db, "PRAGMA foreign_keys"), 1);
	ck_assert_int_eq(pragma_number(db, "PRAGMA trusted_schema"), 0);
	/* NORMAL would forget the last commits when the power fails. */
	ck_assert_int_eq(pragma_number(db, "PRAGMA synchronous"), 2);
	ck_assert_int_eq(pragma_number(db, "PRAGMA busy_timeout"), 5000);
	ck_assert_int_gt(pragma_number(db, "PRAGMA journal_size_limit"), 0);
	/* Double quotes are names, never strings: a misspelt column must not become a constant. */
	assert_refuses(db, "SELECT \"no such column\"");
	assert_refuses(db, "SELECT load_extension('x')");
	assert_refuses(db, "PRAGMA writable_schema = 1; DELETE FROM sqlite_schema");
	db_close(db);
}
END_TEST

/* The authorizer is asked at prepare only; query_only stops a statement that was prepared before. */
QUERY(name_tag, "INSERT INTO tag (slug, name) VALUES (:slug, :name)");
QUERY_WITH(QUERY_SCANS, count_tags, "SELECT count(*) FROM tag");

static enum status
add_tag(const char *slug)
{
	return query_run(store->db, name_tag, BIND(TEXT("slug", slug), TEXT("name", slug)));
}

static int64_t
tags_elsewhere(void)
{
	struct db *db;
	const char *problem;
	int64_t count = -1;

	ck_assert_int_eq(db_open(store->path, DB_SERVE, &db, &problem), OK);
	ck_assert_int_eq(query_integer(db, count_tags, &count, BIND()), OK);
	db_close(db);
	return count;
}

START_TEST(query_only_refuses_what_was_prepared_before)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(add_tag("before"), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(db_set_query_only(store->db, true), OK);
	ck_assert_int_eq(add_tag("after"), READ_ONLY);
	ck_assert_int_eq(db_begin_read(store->db), OK);
	ck_assert_int_eq(add_tag("after"), READ_ONLY);
	db_end(store->db);
	ck_assert(!db_is_broken(store->db));
	ck_assert_int_eq(db_set_query_only(store->db, false), OK);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(add_tag("later"), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(tags_elsewhere(), 2);
}
END_TEST

/* --- transactions ---------------------------------------------------------------- */

static int64_t
counter(void)
{
	struct change change;

	ck_assert_int_eq(change_read(store->db, STORE_NOW, &change), OK);
	return change.counter;
}

START_TEST(only_public_writes_move_the_counter)
{
	int64_t before = counter();
	struct change change;

	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(add_tag("a"), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(counter(), before);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(add_tag("b"), OK);
	db_end(store->db);
	ck_assert_int_eq(counter(), before);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(counter(), before + 1);
	ck_assert_int_eq(change_read(store->db, STORE_NOW, &change), OK);
	ck_assert_int_le(llabs(change.changed - clock_now()), 5);
	ck_assert_int_eq(tags_elsewhere(), 1);
}
END_TEST

START_TEST(a_name_that_is_taken_is_a_conflict_and_no_more)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(add_tag("same"), OK);
	ck_assert_int_eq(add_tag("same"), CONFLICT);
	ck_assert_int_eq(add_tag("other"), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(tags_elsewhere(), 2);
}
END_TEST

QUERY(wrong_user, "INSERT INTO session (id, user_id, created, expires) VALUES ('x', 99, 0, 0)");

START_TEST(a_reference_to_nothing_is_a_fault)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(query_run(store->db, wrong_user, BIND()), FAULT);
	db_end(store->db);
}
END_TEST

/*
 * A full disk makes SQLite leave the transaction: the next statement would
 * be kept alone, half of a save or a charge that nobody asked for.
 */
START_TEST(nothing_is_kept_after_a_full_disk)
{
	char *words = arena_alloc(store->arena, 300001);
	int64_t pages = pragma_number(store->db, "PRAGMA page_count");

	memset(words, 'x', 300000);
	ck_assert_int_eq(db_execute(store->db, arena_printf(store->arena, "PRAGMA max_page_count = %lld",
		(long long)pages + 4)), OK);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(add_tag("first"), OK);
	ck_assert_int_eq(query_run(store->db, name_tag, BIND(TEXT("slug", "big"), TEXT("name", words))), FULL);
	ck_assert_msg(sqlite3_get_autocommit(db_handle(store->db)), "SQLite kept the transaction: the trap is gone");
	ck_assert_int_eq(add_tag("second"), FAULT);
	ck_assert_int_eq(db_commit(store->db), FAULT);
	ck_assert_int_eq(tags_elsewhere(), 0);
	/* With room again, work goes on over the same connection. */
	ck_assert_int_eq(db_execute(store->db, "PRAGMA max_page_count = 1000000"), OK);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(add_tag("third"), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(tags_elsewhere(), 1);
	ck_assert(!db_is_broken(store->db));
}
END_TEST

/* A limit on file size kills by SIGXFSZ unless it is ignored, and then comes as a failed write. */
START_TEST(a_limit_on_file_size_is_no_damage)
{
	char *words = arena_alloc(store->arena, 3000001);
	struct rlimit limit;

	memset(words, 'x', 3000000);
	ck_assert(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = 1000000;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	{
		enum status status = query_run(store->db, name_tag, BIND(TEXT("slug", "big"), TEXT("name", words)));
		if (status == OK)
			status = db_commit(store->db);
		else
			db_end(store->db);
		ck_assert_int_eq(status, FULL);
	}
	limit.rlim_cur = limit.rlim_max;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert(!db_is_broken(store->db));
	ck_assert_int_eq(tags_elsewhere(), 0);
}
END_TEST

/* --- others at the same store ------------------------------------------------------ */

struct other {
	pid_t pid;
	int to_child, from_child;
};

/* Another process that holds the store by some SQL until other_end(). */
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
		sqlite3 *handle;
		(void)close(to[1]);
		(void)close(from[0]);
		if (sqlite3_open(store->path, &handle) != SQLITE_OK || sqlite3_busy_timeout(handle, 1000) != SQLITE_OK ||
			sqlite3_exec(handle, sql, NULL, NULL, NULL) != SQLITE_OK)
			_exit(1);
		(void)!write(from[1], "x", 1);
		(void)!read(to[0], &byte, 1);
		(void)sqlite3_close(handle);
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

START_TEST(a_locked_store_is_busy_after_five_seconds_and_still_read)
{
	struct other other = other_holds("BEGIN IMMEDIATE; UPDATE change SET counter = counter + 100");
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
 * A deferred transaction that turns into a writer fails at once, whatever the
 * time to wait: so every writer begins as one.
 */
START_TEST(a_writer_waits_for_another)
{
	struct other other = other_holds("BEGIN IMMEDIATE; UPDATE change SET counter = counter + 1");
	pid_t helper = fork();

	ck_assert_int_ge(helper, 0);
	if (helper == 0) {
		(void)usleep(700000);
		(void)kill(other.pid, SIGKILL);
		_exit(0);
	}
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(add_tag("after-the-wait"), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(waitpid(helper, NULL, 0), helper);
	other_end(&other);
}
END_TEST

START_TEST(a_store_held_alone_is_busy_and_not_damaged)
{
	struct other other;
	struct db *db = NULL;
	const char *problem = "";
	int64_t began;

	db_close(store->db);
	other = other_holds("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; UPDATE change SET counter = counter + 1");
	began = clock_micros();
	ck_assert_int_eq(db_open(store->path, DB_SERVE, &db, &problem), BUSY);
	ck_assert_int_le(clock_micros() - began, 6000000);
	ck_assert_msg(strstr(problem, "locked") != NULL, "%s", problem);
	other_end(&other);
	ck_assert_int_eq(db_open(store->path, DB_SERVE, &store->db, &problem), OK);
}
END_TEST

START_TEST(a_replaced_store_is_noticed)
{
	ck_assert(db_is_same_file(store->db));
	ck_assert_int_eq(rename(store->path, beside("old.db")), 0);
	ck_assert(!db_is_same_file(store->db));
	write_file(store->path, "", 0);
	ck_assert(!db_is_same_file(store->db));
	ck_assert_int_eq(rename(beside("old.db"), store->path), 0);
	ck_assert(db_is_same_file(store->db));
	ck_assert_int_eq(truncate(store->path, 0), 0);
	ck_assert(!db_is_same_file(store->db));
}
END_TEST

START_TEST(damage_under_way_is_broken)
{
	struct db *db;
	const char *problem;
	struct stat found;
	int64_t count;
	int file;

	elsewhere(store->path, "PRAGMA wal_checkpoint(TRUNCATE)");
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
	Suite *suite = suite_create("db");
	TCase *cases = tcase_create("db");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, a_store_that_is_not_there_is_not_made);
	tcase_add_test(cases, an_empty_file_is_no_store);
	tcase_add_test(cases, a_file_of_another_kind_is_no_store);
	tcase_add_test(cases, a_database_of_another_program_is_no_store);
	tcase_add_test(cases, an_older_schema_asks_for_migrate);
	tcase_add_test(cases, a_newer_schema_asks_for_an_update);
	tcase_add_test(cases, a_damaged_header_is_named);
	tcase_add_test(cases, a_folder_is_no_store);
	tcase_add_test(cases, a_file_without_permission_is_no_damage);
	tcase_add_test(cases, a_read_only_store_is_read);
	tcase_add_test(cases, a_store_that_may_be_written_again_is_opened_anew);
	tcase_add_test(cases, the_connection_is_strict);
	tcase_add_test(cases, query_only_refuses_what_was_prepared_before);
	tcase_add_test(cases, only_public_writes_move_the_counter);
	tcase_add_test(cases, a_name_that_is_taken_is_a_conflict_and_no_more);
	tcase_add_test(cases, a_reference_to_nothing_is_a_fault);
	tcase_add_test(cases, nothing_is_kept_after_a_full_disk);
	tcase_add_test(cases, a_limit_on_file_size_is_no_damage);
	tcase_add_test(cases, a_locked_store_is_busy_after_five_seconds_and_still_read);
	tcase_add_test(cases, a_writer_waits_for_another);
	tcase_add_test(cases, a_store_held_alone_is_busy_and_not_damaged);
	tcase_add_test(cases, a_replaced_store_is_noticed);
	tcase_add_test(cases, damage_under_way_is_broken);
	suite_add_tcase(suite, cases);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
