/* The disk fails at every single step of a migration: each step is done completely or not at all, and the next run continues. */
#include "support/fault_kinds.h"

#include "support/raw_sql.h"
#include "core/str.h"
#include "store/db/migrate.h"

/* Its schema and its stamps as text, after a look through it; and it can be written. */
static const char *
schema(const char *file)
{
	const char *text = raw_rows_of_file(store->arena, file, "SELECT sql FROM sqlite_schema ORDER BY type, name;"
		" PRAGMA user_version; PRAGMA application_id; PRAGMA integrity_check");

	raw_run_file(file, "BEGIN IMMEDIATE; CREATE TABLE probe (a); ROLLBACK");
	return text;
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

/* A store after so many whole steps. */
static const char *
store_after(size_t count)
{
	const char *file = store_beside(store, arena_printf(store->arena, "steps-%zu.db", count));

	for (size_t i = 0; i < count; i++)
		raw_run_file(file, steps[i]);
	raw_run_file(file, arena_printf(store->arena, "PRAGMA application_id=%d; PRAGMA user_version=%zu", count == 0 ? 0 : DB_APPLICATION_ID,
		count));
	return file;
}

/* Calls of the next step that are tried before the loop ends; the next step is tried from its own store. */
enum { CALLS_BEHIND = 6 };

/*
 * A run to the end takes a tenth of a second, so not every call of every step is tried with every kind. The first calls of a
 * step are all tried; of the others, which write one page after another, each kind tries every STRIDE-th, and kinds that fail
 * the same call begin at different ones. The first step and the two last ones are tried with every kind, each other step with
 * one kind of SHARE, in turn.
 */
#ifdef __SANITIZE_ADDRESS__
enum { FIRST_CALLS = 4, STRIDE = 32, SHARE = 8 };
#else
enum { FIRST_CALLS = 12, STRIDE = 8, SHARE = 4 };
#endif

/*
 * Each step begins from a store that has all earlier ones, and every call of it fails once. To begin from an empty store each time
 * would take the square of the number of steps.
 */
START_TEST(a_migration_is_whole_or_not_at_all)
{
	const char *whole = schema(prepared), *file[STEPS + 1], *after[STEPS + 1];

	for (size_t i = 0; i <= STEPS; i++) {
		file[i] = store_after(i);
		after[i] = schema(file[i]);
	}
	ck_assert_str_eq(after[STEPS], whole);
	for (size_t from = 0; from < STEPS; from++) {
		size_t earlier = from;
		int nth = 1, behind = 0;
		if (from > 0 && from + 2 < STEPS && (from + (size_t)_i) % SHARE != 0)
			continue;
		for (bool happened = true; happened && behind < CALLS_BEHIND && nth < CALLS_MAX; nth += nth < FIRST_CALLS + _i % STRIDE ? 1 : STRIDE) {
			struct arena *kept = store->arena;
			const char *problem = "", *made;
			enum status status;
			size_t step = from;
			store->arena = arena_new();
			if (from == 0)
				remove_store(path);
			else
				fresh_from(file[from]);
			arm(_i, nth);
			status = migrate(&problem);
			happened = fault_clear();
			ck_assert_msg(may_be_told(_i, status), "%s, step %zu, call %d: %s", kind_name(_i), from, nth, status_name(status));
			ck_assert(status == OK || *problem != '\0');
			made = schema(path);
			ck_assert_msg(status != OK || str_equal(made, whole), "%s, step %zu, call %d: OK, but not whole", kind_name(_i), from, nth);
			while (step <= STEPS && !str_equal(made, after[step]))
				step++;
			ck_assert_msg(step <= STEPS, "%s, step %zu, call %d: half a step", kind_name(_i), from, nth);
			/* The schema is that of a whole step. The next run continues: tried at the first fault of a step and at some others. */
			if (step != earlier || nth % 16 == 0) {
				ck_assert_msg(migrate(&problem) == OK, "%s, step %zu, call %d: then %s", kind_name(_i), from, nth, problem);
				ck_assert_str_eq(schema(path), whole);
			}
			if (step > from)
				behind++;
			earlier = step;
			arena_free(store->arena);
			store->arena = kept;
		}
		ck_assert_int_lt(nth, CALLS_MAX);
	}
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = { a_migration_is_whole_or_not_at_all };

	return faults_run("faults_migrate", tests, sizeof(tests) / sizeof(*tests));
}
