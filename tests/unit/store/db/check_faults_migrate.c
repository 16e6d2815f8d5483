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

/* The schema after so many whole steps. */
static const char *
schema_after(size_t count)
{
	const char *file = store_beside(store, arena_printf(store->arena, "steps-%zu.db", count));

	for (size_t i = 0; i < count; i++)
		raw_run_file(file, steps[i]);
	raw_run_file(file, arena_printf(store->arena, "PRAGMA application_id=%d; PRAGMA user_version=%zu", count == 0 ? 0 : DB_APPLICATION_ID,
		count));
	return schema(file);
}

START_TEST(a_migration_is_whole_or_not_at_all)
{
	const char *whole = schema(prepared), *after[STEPS + 1];
	size_t earlier = STEPS + 1;
	int nth = 1;

	for (size_t i = 0; i <= STEPS; i++)
		after[i] = schema_after(i);
	for (bool happened = true; happened && nth < CALLS_MAX; nth++) {
		struct arena *kept = store->arena;
		const char *problem = "", *made;
		enum status status;
		size_t step = 0;
		store->arena = arena_new();
		remove_store(path);
		arm(_i, nth);
		status = migrate(&problem);
		happened = fault_clear();
		ck_assert_msg(may_be_told(_i, status), "%s, call %d: %s", kind_name(_i), nth, status_name(status));
		ck_assert(status == OK || *problem != '\0');
		made = schema(path);
		ck_assert_msg(status != OK || str_equal(made, whole), "%s, call %d: OK, but not whole", kind_name(_i), nth);
		while (step <= STEPS && !str_equal(made, after[step]))
			step++;
		ck_assert_msg(step <= STEPS, "%s, call %d: half a step", kind_name(_i), nth);
		/*
		 * Schema and stamps are those of a whole step, and it can be written: going on from there to the end is
		 * tried at the first fault in each step and at every tenth. All of them took half of the suite.
		 */
		if (step != earlier || nth % 10 == 0) {
			ck_assert_msg(migrate(&problem) == OK, "%s, call %d: then %s", kind_name(_i), nth, problem);
			ck_assert_str_eq(schema(path), whole);
		}
		earlier = step;
		arena_free(store->arena);
		store->arena = kept;
	}
	ck_assert_int_lt(nth, CALLS_MAX);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = { a_migration_is_whole_or_not_at_all };

	return faults_run("faults_migrate", tests, sizeof(tests) / sizeof(*tests));
}
