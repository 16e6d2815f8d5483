/* The disk fails at each single step of a migration: each step is done completely or not at all, and the next run continues. */
#include "support/fault_kinds.h"

#include "support/raw_sql.h"
#include "core/str.h"
#include "store/db/migrate.h"

/* The schema and the version numbers as text, after an integrity check and a test write. */
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

/* A database after this number of complete steps. */
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

/* How many calls of the next step are tried before the loop ends. The next step has its own turn, from its own database. */
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
 * Each step begins from a database that has all earlier ones, and each of its calls fails once. To begin from an empty database each
 * time would take the square of the number of steps.
 */
START_TEST(each_step_of_a_migration_is_complete_or_has_no_effect)
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
			ck_assert_msg(is_expected_status(_i, status), "%s, step %zu, call %d: %s", kind_name(_i), from, nth, status_name(status));
			ck_assert(status == OK || *problem != '\0');
			made = schema(path);
			ck_assert_msg(status != OK || str_equal(made, whole), "%s, step %zu, call %d: OK, but not complete", kind_name(_i), from, nth);
			while (step <= STEPS && !str_equal(made, after[step]))
				step++;
			ck_assert_msg(step <= STEPS, "%s, step %zu, call %d: half a step", kind_name(_i), from, nth);
			/* The schema is that of a complete step. The next run continues: tried at the first fault of a step and at some others. */
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
	const TTest *const tests[] = { each_step_of_a_migration_is_complete_or_has_no_effect };

	return faults_run("faults_migrate", tests, sizeof(tests) / sizeof(*tests));
}
