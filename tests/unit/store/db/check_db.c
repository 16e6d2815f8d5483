/* The connection: how SQLite is configured, and that no part of a failed transaction is stored. */
#include "support/raw_sql.h"
#include "support/store_case.h"
#include "support/suite.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
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

/* --- the configuration of SQLite --------------------------------------------------------- */

static void
assert_refuses(struct db *db, const char *sql)
{
	ck_assert_msg(db_execute(db, sql) == FAULT, "%s", sql);
}

START_TEST(the_connection_has_strict_settings)
{
	struct db *db;
	const char *problem = "";

	ck_assert_int_eq(db_open(store->path, DB_SERVE, &db, &problem), OK);
	ck_assert_int_eq(raw_number(db, "PRAGMA foreign_keys"), 1);
	ck_assert_int_eq(raw_number(db, "PRAGMA trusted_schema"), 0);
	/* NORMAL would lose the last commits in a power failure. */
	ck_assert_int_eq(raw_number(db, "PRAGMA synchronous"), 2);
	ck_assert_int_eq(raw_number(db, "PRAGMA busy_timeout"), 5000);
	ck_assert_int_gt(raw_number(db, "PRAGMA journal_size_limit"), 0);
	/* Double quotes enclose names, never strings: a misspelt column must not become a constant. */
	assert_refuses(db, "SELECT \"no such column\"");
	assert_refuses(db, "SELECT load_extension('x')");
	assert_refuses(db, "PRAGMA writable_schema = 1; DELETE FROM sqlite_schema");
	db_close(db);
}
END_TEST

/* The authorizer is called at prepare only; query_only stops a statement that was prepared before. */
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

QUERY_WITH(QUERY_SCANS, any_tag, "SELECT 1 FROM tag LIMIT 1");
QUERY_WITH(QUERY_SCANS, tag_exists, "SELECT EXISTS (SELECT 1 FROM tag)");

START_TEST(a_row_exists_or_not_in_either_form_of_the_query)
{
	bool any = true, exists = true;

	ck_assert_int_eq(query_exists(store->db, any_tag, &any, BIND()), OK);
	ck_assert_int_eq(query_exists(store->db, tag_exists, &exists, BIND()), OK);
	ck_assert(!any && !exists);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(add_tag("one"), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(query_exists(store->db, any_tag, &any, BIND()), OK);
	ck_assert_int_eq(query_exists(store->db, tag_exists, &exists, BIND()), OK);
	ck_assert(any && exists);
}
END_TEST

START_TEST(query_only_refuses_statements_prepared_before)
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
	struct content_version change;

	ck_assert_int_eq(content_version_read(store->db, STORE_NOW, &change), OK);
	return change.counter;
}

START_TEST(only_public_writes_increase_the_counter)
{
	int64_t before = counter();
	struct content_version change;

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
	ck_assert_int_eq(content_version_read(store->db, STORE_NOW, &change), OK);
	ck_assert_int_le(llabs(change.changed - clock_now()), 5);
	ck_assert_int_eq(tags_elsewhere(), 1);
}
END_TEST

/* PostgreSQL aborts a transaction at its first failed statement; so that tests find code that goes on, SQLite does too. */
START_TEST(nothing_runs_after_a_failed_statement)
{
	int64_t count;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(add_tag("same"), OK);
	ck_assert_int_eq(add_tag("same"), CONFLICT);
	ck_assert_int_eq(add_tag("other"), FAULT);
	ck_assert_int_eq(query_integer(store->db, count_tags, &count, BIND()), FAULT);
	ck_assert_int_eq(db_commit(store->db), FAULT);
	ck_assert_int_eq(tags_elsewhere(), 0);
	/* Private transactions write nothing of their own at the end, and are refused as well. */
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(add_tag("same"), OK);
	ck_assert_int_eq(add_tag("same"), CONFLICT);
	ck_assert_int_eq(db_commit(store->db), FAULT);
	ck_assert_int_eq(tags_elsewhere(), 0);
	/* Rolled back, the connection works again. */
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(add_tag("same"), OK);
	ck_assert_int_eq(add_tag("same"), CONFLICT);
	db_end(store->db);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(add_tag("other"), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(tags_elsewhere(), 1);
	/* Outside a transaction each statement is independent. */
	ck_assert_int_eq(add_tag("other"), CONFLICT);
	ck_assert_int_eq(add_tag("alone"), OK);
	ck_assert_int_eq(tags_elsewhere(), 2);
}
END_TEST

QUERY(add_once, "INSERT INTO tag (slug, name) VALUES (:slug, :name) ON CONFLICT (slug) DO NOTHING RETURNING id");

START_TEST(an_insert_returns_its_id)
{
	int64_t first = 0, second = 0, untouched = -1;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(query_insert(store->db, add_once, &first, BIND(TEXT("slug", "a"), TEXT("name", "a"))), OK);
	ck_assert_int_gt(first, 0);
	/* A conflict that the statement itself expects is no failure. */
	ck_assert_int_eq(query_insert(store->db, add_once, &untouched, BIND(TEXT("slug", "a"), TEXT("name", "b"))), CONFLICT);
	ck_assert_int_eq(untouched, -1);
	ck_assert_int_eq(query_insert(store->db, add_once, &second, BIND(TEXT("slug", "b"), TEXT("name", "b"))), OK);
	ck_assert_int_gt(second, first);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(tags_elsewhere(), 2);
}
END_TEST

struct name {
	const char *name;
};
static const struct column name_columns[] = { COLUMN_TEXT(struct name, name), { 0 } };
static const struct row name_row = { sizeof(struct name), name_columns };
QUERY_WITH(QUERY_SCANS, names, "SELECT name FROM tag");
QUERY_WITH(QUERY_SCANS | QUERY_UNORDERED, some_names, "SELECT name FROM tag");

static void
insert_without_returning(struct db *db)
{
	int64_t id;

	(void)query_insert(db, name_tag, &id, BIND(TEXT("slug", "a"), TEXT("name", "a")));
}

static void
list_without_order(struct db *db)
{
	struct name *rows;
	size_t count;

	(void)query_list(db, store->arena, names, &name_row, &rows, &count, BIND());
}

static void
list_with_mark(struct db *db)
{
	struct name *rows;
	size_t count;

	(void)query_list(db, store->arena, some_names, &name_row, &rows, &count, BIND());
}

/* Runs this in a process with its own connection, and returns the status of the process. */
static int
end_of(void (*work)(struct db *db))
{
	pid_t child = fork();
	struct db *db;
	const char *problem;
	int status;

	if (child == 0) {
		if (db_open(store->path, DB_SERVE, &db, &problem) != OK)
			_exit(1);
		work(db);
		_exit(0);
	}
	ck_assert_int_gt(child, 0);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return status;
}

/* A mistake in a query ends the process in the first test that runs it. */
START_TEST(mistakes_in_queries_end_the_process)
{
	int status = end_of(insert_without_returning);

	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	status = end_of(list_without_order);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	status = end_of(list_with_mark);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
END_TEST

/* SQLite would store such bytes as they are; PostgreSQL refuses them. */
START_TEST(text_that_is_not_utf8_is_refused)
{
	static const char *const invalid[] = { "\xff", "caf\xe9", "\xc0\x80", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80" };

	for (size_t i = 0; i < sizeof(invalid) / sizeof(invalid[0]); i++) {
		ck_assert_int_eq(add_tag(invalid[i]), FAULT);
		ck_assert_int_eq(db_begin_write(store->db), OK);
		ck_assert_int_eq(add_tag(invalid[i]), FAULT);
		ck_assert_int_eq(add_tag("after"), FAULT);
		ck_assert_int_eq(db_commit(store->db), FAULT);
	}
	ck_assert_int_eq(tags_elsewhere(), 0);
	ck_assert_int_eq(add_tag("caf\xc3\xa9 \xf0\x9f\x8c\xb2"), OK);
}
END_TEST

QUERY(wrong_user, "INSERT INTO session (id, user_id, created, expires) VALUES ('x', 99, 0, 0)");

START_TEST(a_reference_to_a_missing_row_is_a_fault)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(query_run(store->db, wrong_user, BIND()), FAULT);
	db_end(store->db);
}
END_TEST

/*
 * On a full disk SQLite rolls back the transaction. The next statement would
 * then be committed alone: half of a change.
 */
START_TEST(nothing_is_committed_after_a_full_disk)
{
	char *words = arena_alloc(store->arena, 300001);
	int64_t pages = raw_number(store->db, "PRAGMA page_count");

	memset(words, 'x', 300000);
	ck_assert_int_eq(db_execute(store->db, arena_printf(store->arena, "PRAGMA max_page_count = %lld",
		(long long)pages + 4)), OK);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(add_tag("first"), OK);
	ck_assert_int_eq(query_run(store->db, name_tag, BIND(TEXT("slug", "big"), TEXT("name", words))), FULL);
	ck_assert_msg(!raw_is_in_transaction(store->db), "SQLite kept the transaction: this test no longer tests its rollback");
	ck_assert_int_eq(add_tag("second"), FAULT);
	ck_assert_int_eq(db_commit(store->db), FAULT);
	ck_assert_int_eq(tags_elsewhere(), 0);
	/* With free space again, the same connection works. */
	ck_assert_int_eq(db_execute(store->db, "PRAGMA max_page_count = 1000000"), OK);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(add_tag("third"), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(tags_elsewhere(), 1);
	ck_assert(!db_is_broken(store->db));
}
END_TEST

/* A limit on file size kills the process with SIGXFSZ. If that signal is ignored, the write fails. */
START_TEST(a_limit_on_file_size_is_reported_as_full)
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

int
main(void)
{
	Suite *suite = suite_create("db");
	TCase *cases = tcase_create("db");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, the_connection_has_strict_settings);
	tcase_add_test(cases, a_row_exists_or_not_in_either_form_of_the_query);
	tcase_add_test(cases, query_only_refuses_statements_prepared_before);
	tcase_add_test(cases, only_public_writes_increase_the_counter);
	tcase_add_test(cases, nothing_runs_after_a_failed_statement);
	tcase_add_test(cases, an_insert_returns_its_id);
	tcase_add_test(cases, mistakes_in_queries_end_the_process);
	tcase_add_test(cases, text_that_is_not_utf8_is_refused);
	tcase_add_test(cases, a_reference_to_a_missing_row_is_a_fault);
	tcase_add_test(cases, nothing_is_committed_after_a_full_disk);
	tcase_add_test(cases, a_limit_on_file_size_is_reported_as_full);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
