/*
 * The disk fails at every single step of what writes: saving a post, migrating,
 * backing up; and of reading. Never a crash, always a status that says so, and
 * afterwards the store is well and holds the whole of it or nothing.
 */
#include "fault_vfs.h"
#include "store_fixture.h"
#include "store_invariants.h"
#include "suite.h"

#include <dirent.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/log.h"
#include "core/str.h"
#include "store/backup.h"
#include "store/change.h"
#include "store/migrate.h"
#include "store/search.h"

/* Far beyond what any of these takes: a loop that does not end is a fault of its own. */
enum { MOST_CALLS = 3000 };

static struct store *store;
static const char *prepared, *path, *before;

/* What fails, and what the caller may be told then. */
static const struct {
	const char *name;
	unsigned calls;
	int code;
	bool sticky;
	enum status told[3]; /* ended by OK */
} kinds[] = {
	{ "full, once", FAULT_WRITE, SQLITE_FULL, false, { FULL } },
	{ "full from then on", FAULT_WRITE, SQLITE_FULL, true, { FULL } },
	{ "write, once", FAULT_WRITE, SQLITE_IOERR_WRITE, false, { FULL } },
	{ "sync, once", FAULT_SYNC, SQLITE_IOERR_FSYNC, false, { BROKEN } },
	{ "sync from then on", FAULT_SYNC, SQLITE_IOERR_FSYNC, true, { BROKEN } },
	{ "read, once", FAULT_READ, SQLITE_IOERR_READ, false, { BROKEN } },
	{ "read from then on", FAULT_READ, SQLITE_IOERR_READ, true, { BROKEN } },
	{ "open, once", FAULT_OPEN, SQLITE_CANTOPEN, false, { BROKEN } },
	{ "open from then on", FAULT_OPEN, SQLITE_CANTOPEN, true, { BROKEN } },
	{ "truncate, once", FAULT_TRUNCATE, SQLITE_IOERR_TRUNCATE, false, { BROKEN } },
	{ "delete, once", FAULT_DELETE, SQLITE_IOERR_DELETE, false, { BROKEN } },
	{ "shared memory, once", FAULT_SHARED, SQLITE_IOERR_SHMMAP, false, { BROKEN } },
	{ "shared memory from then on", FAULT_SHARED, SQLITE_IOERR_SHMSIZE, true, { BROKEN } },
	{ "locks, once", FAULT_LOCK, SQLITE_IOERR_LOCK, false, { BROKEN } },
	{ "everything from then on", FAULT_OPEN | FAULT_READ | FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE | FAULT_SHARED |
		FAULT_LOCK | FAULT_DELETE, SQLITE_IOERR, true, { BROKEN } },
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

static bool
may_be_told(int kind, enum status status)
{
	if (status == OK)
		return true;
	for (size_t i = 0; i < 3 && kinds[kind].told[i] != OK; i++)
		if (kinds[kind].told[i] == status)
			return true;
	return false;
}

static void
arm(int kind, int nth)
{
	fault_set(&(struct fault){ .calls = kinds[kind].calls, .nth = nth, .code = kinds[kind].code,
		.sticky = kinds[kind].sticky });
}

/* --- files ---------------------------------------------------------------------- */

static const char *
beside(const char *name)
{
	return arena_printf(store->arena, "%s/%s", store->folder, name);
}

static void
copy(const char *from, const char *to)
{
	static char bytes[1 << 16];
	FILE *source = fopen(from, "r"), *target = fopen(to, "w");
	size_t length;

	ck_assert(source != NULL && target != NULL);
	while ((length = fread(bytes, 1, sizeof(bytes), source)) > 0)
		ck_assert_uint_eq(fwrite(bytes, 1, length, target), length);
	ck_assert_int_eq(fclose(source) + fclose(target), 0);
}

static void
remove_store(const char *name)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < 4; i++)
		(void)remove(arena_printf(store->arena, "%s%s", name, endings[i]));
}

/* A fresh copy of the prepared store at path. */
static void
fresh(void)
{
	remove_store(path);
	copy(prepared, path);
}

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

static int64_t author, first;

static void
setup(void)
{
	static const char *const tags[] = { "Craft", "Money" };
	struct post_save save;

	fault_install();
	store = store_open();
	author = store_user(store, "Mo Li", "author");
	save = store_post(author, "first", "First", "Open words of the first.", "Closed words.");
	save.tags = tags;
	save.tag_count = 2;
	first = store_save(store, &save);
	for (int i = 0; i < 20; i++)
		(void)store_save(store, &(struct post_save){ .post = save.post, .text = save.text, .reason = "test" });
	db_close(store->db);
	store->db = NULL;
	prepared = store->path;
	path = beside("copy.db");
	before = store_dump(store->arena, prepared);
	/* A thousand faults, each with a line that is right. */
	log_open("test", LOG_ERROR);
	ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
}

static void
teardown(void)
{
	(void)fault_clear();
	store_close(store);
}

static void
assert_well(const char *file, int kind, int nth)
{
	const char *wrong = store_wrong(store->arena, file);

	ck_assert_msg(*wrong == '\0', "%s, call %d: the store is not well:\n%s", kinds[kind].name, nth, wrong);
}

/* --- saving ----------------------------------------------------------------------- */

/* A save that touches every table: another address, other tags, a link, a longer text. */
static enum status
save_again(struct db *db)
{
	static const char *const tags[] = { "Money", "Letters", "New" };
	static const struct post_link link = { .address = "a.png", .target = "/media/a.png" };
	static char words[9000];
	struct post_save save = store_post(author, "moved", "Moved", words, "Other closed words.");
	int64_t id;

	for (size_t i = 0; i + 1 < sizeof(words); i++)
		words[i] = i % 7 == 6 ? ' ' : (char)('a' + i * i % 26);
	save.post.id = first;
	save.post.published += 60;
	save.tags = tags;
	save.tag_count = 3;
	save.links = &link;
	save.link_count = 1;
	save.expected_revision = 1;
	TRY(db_begin_write(db));
	TRY(post_save(db, store->arena, &save, &id));
	return db_commit(db);
}

static const char *
dump_after_save(void)
{
	const char *problem;
	struct db *db;

	fresh();
	ck_assert_int_eq(db_open(path, DB_TOOL, &db, &problem), OK);
	ck_assert_int_eq(save_again(db), OK);
	db_close(db);
	return store_dump(store->arena, path);
}

/* The same connection goes on, or a new one where this one must end. */
static void
save_once_more(struct db *db, const char *after, int kind, int nth)
{
	const char *problem;
	enum status status;

	if (db_is_broken(db)) {
		db_close(db);
		ck_assert_msg(db_open(path, DB_TOOL, &db, &problem) == OK, "%s, call %d: %s", kinds[kind].name, nth, problem);
	}
	status = save_again(db);
	db_end(db);
	/* Where the last step of a commit failed, it may turn out to be kept: then it must be all of it. */
	ck_assert_msg(status == OK || status == CONFLICT, "%s, call %d: then %s", kinds[kind].name, nth, status_name(status));
	db_close(db);
	ck_assert_str_eq(store_dump(store->arena, path), after);
}

START_TEST(a_save_is_whole_or_not_at_all)
{
	const char *after = dump_after_save();
	int nth = 1;

	ck_assert_str_ne(after, before);
	for (bool happened = true; happened && nth < MOST_CALLS; nth++) {
		struct arena *kept = store->arena;
		const char *problem, *dump;
		enum status status;
		struct db *db;
		store->arena = arena_new();
		fresh();
		ck_assert_int_eq(db_open(path, DB_TOOL, &db, &problem), OK);
		arm(_i, nth);
		status = save_again(db);
		db_end(db);
		happened = fault_clear();
		ck_assert_msg(may_be_told(_i, status), "%s, call %d: %s", kinds[_i].name, nth, status_name(status));
		ck_assert(happened || status == OK);
		assert_well(path, _i, nth);
		dump = store_dump(store->arena, path);
		if (status == OK)
			ck_assert_str_eq(dump, after);
		else
			ck_assert_msg(str_equal(dump, before) || str_equal(dump, after), "%s, call %d: half a post",
				kinds[_i].name, nth);
		save_once_more(db, after, _i, nth);
		assert_well(path, _i, nth);
		arena_free(store->arena);
		store->arena = kept;
	}
	ck_assert_int_lt(nth, MOST_CALLS);
}
END_TEST

/* --- migrating ---------------------------------------------------------------------- */

static int
add_line(void *context, int count, char **values, char **names)
{
	(void)names;
	for (int i = 0; i < count; i++)
		str_printf(context, "%s\n", values[i] == NULL ? "" : values[i]);
	return 0;
}

static const char *
schema(const char *file)
{
	struct str text = str_init(store->arena);
	sqlite3 *handle;

	ck_assert_int_eq(sqlite3_open(file, &handle), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(handle, "SELECT sql FROM sqlite_schema ORDER BY type, name; PRAGMA user_version;"
		" PRAGMA application_id; PRAGMA integrity_check", add_line, &text, NULL), SQLITE_OK);
	(void)sqlite3_close(handle);
	return text.bytes;
}

static enum status
migrate(const char **ret_problem)
{
	struct db *db;
	int applied;
	enum status status;

	TRY(db_open(path, DB_CREATE, &db, ret_problem));
	status = migrate_run(db, &applied, ret_problem);
	db_close(db);
	return status;
}

static const char *const steps[] = {
#include "store/migrations.h"
};
enum { STEPS = sizeof(steps) / sizeof(*steps) };

/* The schema after so many whole steps. */
static const char *
schema_after(size_t count)
{
	const char *file = beside(arena_printf(store->arena, "steps-%zu.db", count));
	sqlite3 *handle;

	ck_assert_int_eq(sqlite3_open(file, &handle), SQLITE_OK);
	for (size_t i = 0; i < count; i++)
		ck_assert_int_eq(sqlite3_exec(handle, steps[i], NULL, NULL, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(handle, arena_printf(store->arena, "PRAGMA application_id=%d; PRAGMA user_version=%zu",
		count == 0 ? 0 : DB_APPLICATION_ID, count), NULL, NULL, NULL), SQLITE_OK);
	(void)sqlite3_close(handle);
	return schema(file);
}

START_TEST(a_migration_is_whole_or_not_at_all)
{
	const char *whole = schema(prepared), *after[STEPS + 1];
	int nth = 1;

	for (size_t i = 0; i <= STEPS; i++)
		after[i] = schema_after(i);
	for (bool happened = true; happened && nth < MOST_CALLS; nth++) {
		struct arena *kept = store->arena;
		const char *problem = "", *made;
		enum status status;
		size_t step = 0;
		store->arena = arena_new();
		remove_store(path);
		arm(_i, nth);
		status = migrate(&problem);
		happened = fault_clear();
		ck_assert_msg(may_be_told(_i, status), "%s, call %d: %s", kinds[_i].name, nth, status_name(status));
		ck_assert(status == OK || *problem != '\0');
		made = schema(path);
		ck_assert_msg(status != OK || str_equal(made, whole), "%s, call %d: OK, but not whole", kinds[_i].name, nth);
		while (step <= STEPS && !str_equal(made, after[step]))
			step++;
		ck_assert_msg(step <= STEPS, "%s, call %d: half a step", kinds[_i].name, nth);
		ck_assert_msg(migrate(&problem) == OK, "%s, call %d: then %s", kinds[_i].name, nth, problem);
		ck_assert_str_eq(schema(path), whole);
		arena_free(store->arena);
		store->arena = kept;
	}
	ck_assert_int_lt(nth, MOST_CALLS);
}
END_TEST

/* --- backing up ------------------------------------------------------------------------ */

START_TEST(a_backup_is_whole_or_not_there)
{
	const char *target = beside("backup.db");
	int nth = 1;

	fresh();
	for (bool happened = true; happened && nth < MOST_CALLS; nth++) {
		struct arena *kept = store->arena;
		const char *problem;
		enum status status;
		struct db *db;
		size_t files;
		store->arena = arena_new();
		ck_assert_int_eq(db_open(path, DB_TOOL, &db, &problem), OK);
		files = files_in_folder();
		arm(_i, nth);
		status = backup_store(db, store->arena, target);
		happened = fault_clear();
		/* It speaks of the copy as of the store; any of these says that there is none. */
		ck_assert_msg(status == OK || status == FULL || status == BROKEN || status == FAULT, "%s, call %d: %s",
			kinds[_i].name, nth, status_name(status));
		db_close(db);
		if (status == OK) {
			assert_well(target, _i, nth);
			ck_assert_str_eq(store_dump(store->arena, target), before);
			remove_store(target);
		} else {
			ck_assert_msg(access(target, F_OK) != 0, "%s, call %d: a backup that failed has its name",
				kinds[_i].name, nth);
			/* The log and its memory may have gone with the connection. */
			ck_assert_msg(files_in_folder() <= files, "%s, call %d: something is left over", kinds[_i].name, nth);
		}
		assert_well(path, _i, nth);
		ck_assert_str_eq(store_dump(store->arena, path), before);
		arena_free(store->arena);
		store->arena = kept;
	}
	ck_assert_int_lt(nth, MOST_CALLS);
}
END_TEST

/* --- reading ----------------------------------------------------------------------------- */

/* What a page asks for, from the opening of the store on. */
static enum status
read_pages(struct db **ret_db)
{
	struct post_filter filter = { .lang = "en" };
	struct cursor start = { 0 };
	struct viewer viewer = { .now = STORE_NOW };
	struct search_result result;
	struct post_list list;
	struct change change;
	struct post post;
	const char *problem = "", *xhtml, *contents;

	TRY(db_open(path, DB_SERVE, ret_db, &problem));
	TRY(db_set_query_only(*ret_db, true));
	TRY(db_begin_read(*ret_db));
	TRY(change_read(*ret_db, STORE_NOW, &change));
	TRY(post_list(*ret_db, store->arena, &filter, &start, STORE_NOW, 20, &list));
	ck_assert_uint_eq(list.count, 20);
	TRY(post_by_slug(*ret_db, store->arena, "first", &post));
	TRY(post_part(*ret_db, store->arena, post.id, true, &xhtml, &contents));
	ck_assert_str_eq(xhtml, "Closed words.");
	TRY(search_posts(*ret_db, store->arena, &viewer, "words", NULL, 0, &result));
	ck_assert_int_eq(result.total, 21);
	return OK;
}

START_TEST(reading_fails_with_a_status_or_is_right)
{
	int nth = 1;

	fresh();
	for (bool happened = true; happened && nth < MOST_CALLS; nth++) {
		struct arena *kept = store->arena;
		struct db *db = NULL;
		enum status status;
		store->arena = arena_new();
		arm(_i, nth);
		status = read_pages(&db);
		happened = fault_clear();
		/* Nothing is written for a reader but the memory of the log. */
		ck_assert_msg(status == OK || status == BROKEN || status == FULL, "%s, call %d: %s", kinds[_i].name, nth,
			status_name(status));
		db_close(db);
		db = NULL;
		ck_assert_msg(read_pages(&db) == OK, "%s, call %d: not well again", kinds[_i].name, nth);
		db_close(db);
		arena_free(store->arena);
		store->arena = kept;
	}
	ck_assert_int_lt(nth, MOST_CALLS);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("faults");
	TCase *cases = tcase_create("faults");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_set_timeout(cases, 300);
	tcase_add_loop_test(cases, a_save_is_whole_or_not_at_all, 0, KINDS);
	tcase_add_loop_test(cases, a_migration_is_whole_or_not_at_all, 0, KINDS);
	tcase_add_loop_test(cases, a_backup_is_whole_or_not_there, 0, KINDS);
	tcase_add_loop_test(cases, reading_fails_with_a_status_or_is_right, 0, KINDS);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
