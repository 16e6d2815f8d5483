/* Which files are accepted as a database, and the message for each problem. */
#include "support/store_case.h"
#include "support/suite.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/log.h"
#include "store/db/content_version.h"
#include "store/db/db_location.h"
#include "store/db/schema.h"
#include "store/media/media_visibility.h"

static void
setup(void)
{
	store_setup();
	/* The write-ahead log is not empty, as on a site in use. */
	(void)store_user(store, "Mo Li", "owner");
	/* Every test here causes errors, so error lines in the log are expected. */
	log_open("test", LOG_ERROR);
}

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
	/* Opening a file must neither create nor change it. */
	ck_assert_int_eq(stat(path, &after) == 0, there);
	if (there)
		ck_assert_int_eq(before.st_size, after.st_size);
}

START_TEST(a_missing_database_is_not_created)
{
	assert_refused(store_beside(store, "nothing.db"), BROKEN, "there is no database: run `renown init`");
	assert_refused(store_beside(store, "no/folder/x.db"), BROKEN, "there is no database");
}
END_TEST

/* The message says neither "cannot be opened" nor "missing". */
START_TEST(a_folder_without_access_is_named)
{
	char *closed = arena_printf(store->arena, "%s", store_beside(store, "closed")), *name = strrchr(closed, '/');
	struct db *db = NULL;
	const char *problem = "";

	ck_assert_int_eq(mkdir(closed, 0700), 0);
	*name = '\0';
	ck_assert_int_eq(chmod(closed, 0755), 0);
	*name = '/';
	if (geteuid() != 0)
		ck_assert_int_eq(chmod(closed, 0), 0);
	else
		ck_assert_int_eq(setegid(65534) + seteuid(65534), 0);
	for (int mode = DB_SERVE; mode <= DB_CREATE; mode++) {
		ck_assert_int_eq(db_open(arena_printf(store->arena, "%s/renown.db", closed), (enum db_mode)mode, &db, &problem), BROKEN);
		ck_assert_msg(strstr(problem, arena_printf(store->arena, "the folder %s is closed to the user ", closed)) != NULL, "%s", problem);
	}
	ck_assert_int_eq(seteuid(getuid()) + setegid(getgid()), 0);
	ck_assert_int_eq(chmod(closed, 0700), 0);
}
END_TEST

/* SQLite accepts an empty file as a new database. */
START_TEST(an_empty_file_is_not_a_database)
{
	(void)store_file(store, "empty.db", "", 0);
	assert_refused(store_beside(store, "empty.db"), BROKEN, "the database is empty: restore a backup");
}
END_TEST

START_TEST(a_file_of_another_kind_is_refused)
{
	static const char words[] = "Dear diary, this is no database, and it is longer than a header of one hundred bytes is, "
		"so that SQLite looks at it at all.";

	(void)store_file(store, "diary.txt", words, sizeof(words));
	assert_refused(store_beside(store, "diary.txt"), BROKEN, "damaged or not an SQLite file");
	(void)store_file(store, "short.txt", "short", 5);
	assert_refused(store_beside(store, "short.txt"), BROKEN, "damaged or not an SQLite file");
}
END_TEST

START_TEST(a_database_of_another_program_is_refused)
{
	store_elsewhere(store_beside(store, "other.db"), "PRAGMA application_id = 7; CREATE TABLE a (b)");
	assert_refused(store_beside(store, "other.db"), BROKEN, "belongs to another program");
	/* Most programs set no application_id. Their tables show that the file is theirs. */
	store_elsewhere(store_beside(store, "plain.db"), "CREATE TABLE a (b)");
	assert_refused(store_beside(store, "plain.db"), BROKEN, "belongs to another program");
	store_elsewhere(store_beside(store, "stamped.db"), "PRAGMA user_version = 1; CREATE TABLE a (b)");
	assert_refused(store_beside(store, "stamped.db"), BROKEN, "belongs to another program");
}
END_TEST

START_TEST(an_older_schema_asks_for_migrate)
{
	store_elsewhere(store->path, "PRAGMA user_version = 0");
	assert_refused(store->path, BROKEN, "older schema: run `renown migrate`");
}
END_TEST

START_TEST(a_newer_schema_asks_for_an_update)
{
	store_elsewhere(store->path, arena_printf(store->arena, "PRAGMA user_version = %d", schema_version() + 1));
	assert_refused(store->path, BROKEN, "newer schema than this program knows: update renown");
}
END_TEST

START_TEST(a_damaged_header_is_reported)
{
	int file = open(store->path, O_WRONLY);

	/* Empties the write-ahead log, which has a copy of the first page. */
	store_elsewhere(store->path, "PRAGMA wal_checkpoint(TRUNCATE)");
	ck_assert_int_eq(pwrite(file, "garbage garbage ", 16, 0), 16);
	(void)close(file);
	assert_refused(store->path, BROKEN, "damaged or not an SQLite file: restore a backup");
}
END_TEST

START_TEST(a_folder_is_not_a_database)
{
	ck_assert_int_eq(mkdir(store_beside(store, "folder.db"), 0700), 0);
	assert_refused(store_beside(store, "folder.db"), BROKEN, "cannot be opened: check the permissions");
}
END_TEST

/* Runs a test body as the user nobody, so that file modes apply. Returns false if the process is not root. */
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

START_TEST(a_file_without_permission_is_not_reported_as_damaged)
{
	ck_assert_int_eq(chmod(store->folder, 0755), 0);
	ck_assert_int_eq(chmod(store->path, 0), 0);
	(void)as_nobody(open_closed_file);
	ck_assert_int_eq(chmod(store->path, 0644), 0);
	/* WAL needs two files beside the database. A folder that cannot be written is not damage either. */
	db_close(store->db);
	ck_assert_int_eq(access(store_beside(store, "renown.db-wal"), F_OK), -1);
	(void)as_nobody(open_closed_file);
	store->db = NULL;
}
END_TEST

static void
use_read_only_store(void)
{
	struct db *db;
	struct content_version change;
	const char *problem = "";
	enum status status;

	EXPECT(db_open(store->path, DB_SERVE, &db, &problem) == OK);
	EXPECT(content_version_read(db, STORE_NOW, &change) == OK);
	/* SQLite may report it at the beginning or only at the first change. */
	status = db_begin_write(db);
	EXPECT((status == OK ? db_commit(db) : status) == READ_ONLY);
	EXPECT(content_version_read(db, STORE_NOW, &change) == OK);
	EXPECT(!db_is_broken(db));
	db_close(db);
}

/* While another process has the log open, a read-only database can still be read. */
START_TEST(a_read_only_database_can_be_read)
{
	ck_assert_int_eq(chmod(store->folder, 0777), 0);
	ck_assert_int_eq(chmod(store->path, 0444), 0);
	ck_assert_int_eq(chmod(store_beside(store, "renown.db-wal"), 0444), 0);
	ck_assert_int_eq(chmod(store_beside(store, "renown.db-shm"), 0444), 0);
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

/* A connection that was opened read-only stays read-only: it would refuse writes until its worker is replaced. */
START_TEST(a_database_that_became_writable_is_opened_again)
{
	static const char *const files[] = { "renown.db", "renown.db-wal", "renown.db-shm" };

	ck_assert_int_eq(chmod(store->folder, 0777), 0);
	if (geteuid() == 0)
		for (size_t i = 0; i < 3; i++)
			ck_assert_int_eq(chown(store_beside(store, files[i]), 65534, 65534), 0);
	(void)as_nobody(use_store_that_becomes_writable);
}
END_TEST

/* --- location and size -------------------------------------------- */

START_TEST(a_site_knows_where_its_database_is)
{
	struct conf conf = { .store = store->path, .media = store->media }, none = { 0 };
	const char *problem = "";
	struct stat found;
	struct db *db;
	uid_t user = 0;

	ck_assert_int_eq(stat(store->path, &found), 0);
	ck_assert(db_exists(&conf));
	ck_assert_int_eq(db_bytes(&conf), found.st_size);
	ck_assert(db_owner(&conf, &user));
	ck_assert_int_eq(user, found.st_uid);
	ck_assert_str_eq(db_location(&conf), store->path);
	ck_assert_str_eq(db_file(store->arena, &conf, 0), store->path);
	ck_assert_str_eq(db_file(store->arena, &conf, 1), store_beside(store, "renown.db-wal"));
	ck_assert_str_eq(db_file(store->arena, &conf, DB_FILES - 1), store_beside(store, "renown.db-shm"));
	ck_assert_ptr_null(db_unreachable_reason(store->arena, &conf));
	ck_assert_str_eq(db_folder(store->arena, &conf), store->folder);
	(void)store_user(store, "Anna", "member");
	ck_assert_int_gt(db_log_bytes(store->arena, &conf), 0);
	ck_assert_int_eq(db_open_site(&conf, DB_SERVE, media_visibility_settle, &db, &problem), OK);
	ck_assert_str_eq(db_media_folder(db), store->media);
	db_close(db);
	/* A database in the root folder, and a missing one. */
	none.store = "/renown.db";
	ck_assert_str_eq(db_folder(store->arena, &none), "/");
	db_set_location(&none, store->arena, store_beside(store, "new"));
	ck_assert_str_eq(none.store, store_beside(store, "new/renown.db"));
	ck_assert(!db_exists(&none));
	ck_assert(!db_owner(&none, &user));
	ck_assert_int_eq(db_bytes(&none), 0);
	ck_assert_int_eq(db_log_bytes(store->arena, &none), 0);
	ck_assert_int_eq(db_open_site(&none, DB_SERVE, media_visibility_settle, &db, &problem), BROKEN);
	/* An empty file is no database. */
	none.store = store_file(store, "empty.db", "", 0);
	ck_assert(!db_exists(&none));
}
END_TEST

START_TEST(the_work_lock_is_beside_the_database)
{
	struct conf conf = { .store = store->path }, none = { .store = store_beside(store, "missing/renown.db") };
	int lock = db_open_work_lock(store->arena, &conf);

	ck_assert_int_ge(lock, 0);
	ck_assert_int_eq(access(store_beside(store, "renown.db.work"), F_OK), 0);
	ck_assert_int_eq(close(lock), 0);
	ck_assert(!db_worker_is_stopped(store->arena, &conf, clock_now()));
	ck_assert(db_worker_is_stopped(store->arena, &none, clock_now()));
	ck_assert_int_eq(db_open_work_lock(store->arena, &none), -1);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("db_file");
	TCase *cases = tcase_create("db_file");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, a_missing_database_is_not_created);
	tcase_add_test(cases, a_folder_without_access_is_named);
	tcase_add_test(cases, an_empty_file_is_not_a_database);
	tcase_add_test(cases, a_file_of_another_kind_is_refused);
	tcase_add_test(cases, a_database_of_another_program_is_refused);
	tcase_add_test(cases, an_older_schema_asks_for_migrate);
	tcase_add_test(cases, a_newer_schema_asks_for_an_update);
	tcase_add_test(cases, a_damaged_header_is_reported);
	tcase_add_test(cases, a_folder_is_not_a_database);
	tcase_add_test(cases, a_file_without_permission_is_not_reported_as_damaged);
	tcase_add_test(cases, a_read_only_database_can_be_read);
	tcase_add_test(cases, a_database_that_became_writable_is_opened_again);
	tcase_add_test(cases, a_site_knows_where_its_database_is);
	tcase_add_test(cases, the_work_lock_is_beside_the_database);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
