#include "fault_kinds.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>

#include "core/log.h"

struct store *store;
const char *prepared, *path, *before;
int64_t author, first;

/* What fails, and which status the caller may then get. */
static const struct {
	const char *name;
	unsigned calls;
	int code, error;
	bool sticky;
	enum status expected[3]; /* ended by OK */
} kinds[] = {
	{ "full, once", FAULT_WRITE, SQLITE_FULL, 0, false, { FULL } },
	{ "full from then on", FAULT_WRITE, SQLITE_FULL, 0, true, { FULL } },
	{ "write, once", FAULT_WRITE, SQLITE_IOERR_WRITE, EIO, false, { FULL } },
	{ "immutable from then on", FAULT_WRITE, SQLITE_IOERR_WRITE, EPERM, true, { READ_ONLY } },
	{ "sync, once", FAULT_SYNC, SQLITE_IOERR_FSYNC, 0, false, { BROKEN } },
	{ "sync from then on", FAULT_SYNC, SQLITE_IOERR_FSYNC, 0, true, { BROKEN } },
	{ "read, once", FAULT_READ, SQLITE_IOERR_READ, 0, false, { BROKEN } },
	{ "read from then on", FAULT_READ, SQLITE_IOERR_READ, 0, true, { BROKEN } },
	{ "open, once", FAULT_OPEN, SQLITE_CANTOPEN, 0, false, { BROKEN } },
	{ "open from then on", FAULT_OPEN, SQLITE_CANTOPEN, 0, true, { BROKEN } },
	{ "truncate, once", FAULT_TRUNCATE, SQLITE_IOERR_TRUNCATE, 0, false, { BROKEN } },
	{ "delete, once", FAULT_DELETE, SQLITE_IOERR_DELETE, 0, false, { BROKEN } },
	{ "shared memory, once", FAULT_SHARED, SQLITE_IOERR_SHMMAP, 0, false, { BROKEN } },
	{ "shared memory from then on", FAULT_SHARED, SQLITE_IOERR_SHMSIZE, 0, true, { BROKEN } },
	{ "locks, once", FAULT_LOCK, SQLITE_IOERR_LOCK, 0, false, { BROKEN } },
	{ "everything from then on", FAULT_OPEN | FAULT_READ | FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE | FAULT_SHARED |
		FAULT_LOCK | FAULT_DELETE, SQLITE_IOERR, 0, true, { BROKEN } },
};
_Static_assert(sizeof(kinds) / sizeof(*kinds) == KINDS, "KINDS in the header has this number");

const char *
kind_name(int kind)
{
	return kinds[kind].name;
}

bool
is_expected_status(int kind, enum status status)
{
	if (status == OK)
		return true;
	for (size_t i = 0; i < 3 && kinds[kind].expected[i] != OK; i++)
		if (kinds[kind].expected[i] == status)
			return true;
	return false;
}

void
arm(int kind, int nth)
{
	fault_set(&(struct fault){ .calls = kinds[kind].calls, .nth = nth, .code = kinds[kind].code,
		.error = kinds[kind].error, .sticky = kinds[kind].sticky });
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

void
remove_store(const char *name)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < 4; i++)
		(void)remove(arena_printf(store->arena, "%s%s", name, endings[i]));
}

void
fresh_from(const char *file)
{
	remove_store(path);
	copy(file, path);
}

/* A fresh copy of the prepared database at path. */
void
fresh(void)
{
	fresh_from(prepared);
}

void
faults_setup(void)
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
	path = store_beside(store, "copy.db");
	before = store_dump(store->arena, prepared);
	/* A thousand faults, each with an expected log line. */
	log_open("test", LOG_ERROR);
	ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
}

void
faults_teardown(void)
{
	(void)fault_clear();
	store_close(store);
}

void
assert_intact(const char *file, int kind, int nth)
{
	const char *wrong = store_wrong(store->arena, file);

	ck_assert_msg(*wrong == '\0', "%s, call %d: the database is not intact:\n%s", kinds[kind].name, nth, wrong);
}

int
faults_run(const char *name, const TTest *const *tests, size_t count)
{
	Suite *suite = suite_create(name);
	TCase *cases = tcase_create(name);

	tcase_add_checked_fixture(cases, faults_setup, faults_teardown);
	tcase_set_timeout(cases, 300);
	for (size_t i = 0; i < count; i++)
		tcase_add_loop_test(cases, tests[i], 0, KINDS);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
