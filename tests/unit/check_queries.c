/*
 * Every QUERY of the house, prepared against a fresh schema: it must compile,
 * and read no whole table and sort nothing unless its author said so with
 * QUERY_SCANS. A list that goes through an index is right only as far as a LIMIT
 * ends it.
 */
#include <check.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/db.h"
#include "store_fixture.h"

enum { LONGEST_PLAN = 2000 };

/* What is wrong with one line of a plan, or NULL. What is asked anew for each row, such as a post's tags, may be sorted. */
static const char *
line_problem(const char *line, bool correlated, const char *sql)
{
	if (strstr(line, "USE TEMP B-TREE") != NULL)
		return correlated ? NULL : "sorts";
	if (strncmp(line, "SCAN ", 5) != 0 || strcmp(line, "SCAN CONSTANT ROW") == 0)
		return NULL;
	/* An answer of a match in the full text, or a table-valued function. */
	if (strstr(line, " VIRTUAL TABLE INDEX ") != NULL)
		return strcmp(strrchr(line, ':'), ":") == 0 ? "reads the whole full-text table" : NULL;
	/* What another part of the same statement made; that part has lines of its own. */
	if (line[5] == '(' || strstr(sql, "WITH ") != NULL)
		return strstr(line, "(subquery") != NULL || strstr(line, "CTE") != NULL || strstr(line, " USING ") == NULL ? NULL : "scans";
	if (strstr(line, " USING ") != NULL)
		return strstr(sql, "LIMIT") != NULL ? NULL : "reads a whole index and has no LIMIT";
	return "reads a whole table";
}

enum { MOST_LINES = 200 };

/* The lines of a plan that stand below a correlated subquery, found by their parents. */
struct plan_tree {
	int correlated[MOST_LINES];
	size_t count;
};

static bool
is_correlated(struct plan_tree *tree, int id, int parent, const char *line)
{
	bool inside = false;

	for (size_t i = 0; i < tree->count; i++)
		inside = inside || tree->correlated[i] == parent;
	if (inside || strncmp(line, "CORRELATED SCALAR SUBQUERY", 26) == 0) {
		ck_assert_uint_lt(tree->count, MOST_LINES);
		tree->correlated[tree->count++] = id;
	}
	return inside;
}

/* What is wrong with a statement, or NULL; the line at fault is copied to plan. */
static const char *
sql_problem(sqlite3 *handle, const char *sql, char plan[LONGEST_PLAN])
{
	const char *problem = NULL;
	struct plan_tree tree = { .count = 0 };
	sqlite3_stmt *statement;
	char *explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);

	(void)snprintf(plan, LONGEST_PLAN, "%s", sql);
	if (sqlite3_prepare_v2(handle, explain, -1, &statement, NULL) != SQLITE_OK) {
		(void)snprintf(plan, LONGEST_PLAN, "%s", sqlite3_errmsg(handle));
		problem = "does not compile";
	}
	while (problem == NULL && sqlite3_step(statement) == SQLITE_ROW) {
		const char *line = (const char *)sqlite3_column_text(statement, 3);

		problem = line_problem(line, is_correlated(&tree, sqlite3_column_int(statement, 0),
			sqlite3_column_int(statement, 1), line), sql);
		if (problem != NULL)
			(void)snprintf(plan, LONGEST_PLAN, "%s", line);
	}
	(void)sqlite3_finalize(statement);
	sqlite3_free(explain);
	return problem;
}

START_TEST(every_query_has_a_plan)
{
	struct store *store = store_open();
	struct query *const *queries;
	size_t count;
	unsigned wrong = 0;
	char plan[LONGEST_PLAN];

	queries = query_all(&count);
	ck_assert_uint_gt(count, 50);
	for (size_t i = 0; i < count; i++) {
		const char *problem = sql_problem(db_handle(store->db), queries[i]->sql, plan);

		if (problem == NULL || (queries[i]->flags & QUERY_SCANS && strcmp(problem, "does not compile") != 0))
			continue;
		printf("%s: %s %s: %s\n", queries[i]->file, queries[i]->name, problem, plan);
		wrong++;
	}
	ck_assert_msg(wrong == 0, "%u queries are wrong: see above", wrong);
	store_close(store);
}
END_TEST

START_TEST(two_queries_never_share_a_name_in_a_file)
{
	struct query *const *queries;
	size_t count;

	queries = query_all(&count);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < i; j++)
			ck_assert_msg(strcmp(queries[i]->name, queries[j]->name) != 0 ||
				strcmp(queries[i]->file, queries[j]->file) != 0, "%s twice", queries[i]->name);
}
END_TEST

/* The judge itself: what it must and must not let pass. */
START_TEST(the_judge_sees_scans_and_sorts)
{
	struct store *store = store_open();
	sqlite3 *handle = db_handle(store->db);
	char plan[LONGEST_PLAN];
	static const char *const wrong[] = {
		"SELECT id FROM post WHERE title = :title",
		"SELECT id FROM post ORDER BY title",
		"SELECT count(*) FROM post",
		"SELECT lang, count(*) FROM post GROUP BY lang",
		"UPDATE post SET title = '' WHERE title = 'x'",
		"DELETE FROM user WHERE name = :name",
		"SELECT id FROM no_such_table",
	};
	static const char *const right[] = {
		"SELECT title FROM post WHERE id = :id",
		"SELECT id FROM post WHERE slug = :slug",
		"SELECT 1",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(sql_problem(handle, wrong[i], plan) != NULL, "%s", wrong[i]);
	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
		ck_assert_msg(sql_problem(handle, right[i], plan) == NULL, "%s: %s", right[i], plan);
	store_close(store);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("queries");
	TCase *cases = tcase_create("plans");
	SRunner *runner;
	int failed;

	tcase_add_test(cases, every_query_has_a_plan);
	tcase_add_test(cases, two_queries_never_share_a_name_in_a_file);
	tcase_add_test(cases, the_judge_sees_scans_and_sorts);
	suite_add_tcase(suite, cases);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
