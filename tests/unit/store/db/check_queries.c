/*
 * Every QUERY of the library against a fresh schema: it can be prepared, and SQLite's plan neither reads a whole table or
 * index nor sorts, unless the query says QUERY_SCANS or QUERY_SORTS. This finds a list that is fast with twenty posts
 * and slow with a million. Linked with the whole of libstore.a, so that no query is left out.
 */
#include "support/store_case.h"
#include "support/suite.h"

#include <glob.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

static sqlite3_stmt *
prepare(const struct query *query, const char *before)
{
	sqlite3_stmt *stmt = NULL;
	const char *rest = "", *sql = arena_printf(store->arena, "%s%s", before, query->sql);

	ck_assert_msg(sqlite3_prepare_v2(db_handle(store->db), sql, -1, &stmt, &rest) == SQLITE_OK, "%s: %s: %s",
		query->file, query->name, sqlite3_errmsg(db_handle(store->db)));
	/* Text after a semicolon would never run. */
	ck_assert_msg(str_empty(rest), "%s: %s: more than one statement", query->file, query->name);
	return stmt;
}

START_TEST(every_query_can_be_prepared)
{
	size_t count;
	struct query *const *queries = query_all(&count);

	for (size_t i = 0; i < count; i++) {
		sqlite3_stmt *stmt = prepare(queries[i], "");
		for (int parameter = 1; parameter <= sqlite3_bind_parameter_count(stmt); parameter++)
			ck_assert_msg(sqlite3_bind_parameter_name(stmt, parameter) != NULL, "%s: %s: a parameter without name",
				queries[i]->file, queries[i]->name);
		ck_assert_int_eq(sqlite3_finalize(stmt), SQLITE_OK);
	}
}
END_TEST

/* True for a step that a plan must not contain. A constant row is not a table. */
static bool
is_costly(const char *detail)
{
	if (strstr(detail, "CONSTANT ROW") != NULL)
		return false;
	/* FTS5 reports this for the lookup of one row by its number. */
	if (str_ends(detail, " VIRTUAL TABLE INDEX 0:="))
		return false;
	return str_starts(detail, "SCAN ") || strstr(detail, "USE TEMP B-TREE") != NULL;
}

/*
 * "SCAN (subquery-3)" and "SCAN few", where the query says ") AS few", read what a subquery gave; that costs what
 * the subquery does, which has lines of its own in the plan.
 */
static bool
scans_a_table(const char *sql, const char *detail)
{
	const char *name = detail + strlen("SCAN "), *end = name + strcspn(name, " ");

	if (!str_starts(detail, "SCAN ") || *name == '(' || end == name)
		return false;
	return strstr(sql, arena_printf(store->arena, ") AS %.*s", (int)(end - name), name)) == NULL;
}

/* True if the flags of the query do not allow this step. */
static bool
is_refused(const struct query *query, const char *detail)
{
	if ((query->flags & QUERY_SCANS) || !is_costly(detail))
		return false;
	if (query->flags & QUERY_SORTS)
		return str_starts(detail, "SCAN post");
	return !str_starts(detail, "SCAN ") || scans_a_table(query->sql, detail);
}

START_TEST(no_query_plan_scans_or_sorts)
{
	size_t count, found = 0;
	struct query *const *queries = query_all(&count);
	struct str report = str_init(store->arena);

	for (size_t i = 0; i < count; i++) {
		sqlite3_stmt *stmt;
		stmt = prepare(queries[i], "EXPLAIN QUERY PLAN ");
		while (sqlite3_step(stmt) == SQLITE_ROW) {
			const char *detail = (const char *)sqlite3_column_text(stmt, 3);
			if (!is_refused(queries[i], detail))
				continue;
			found++;
			str_printf(&report, "%s: %s: %s\n", queries[i]->file, queries[i]->name, detail);
		}
		ck_assert_int_eq(sqlite3_finalize(stmt), SQLITE_OK);
	}
	ck_assert_msg(found == 0, "%zu costly steps:\n%s", found, report.bytes);
}
END_TEST

/* A flag that is not needed any more would hide the next mistake. */
START_TEST(no_flag_is_set_without_need)
{
	size_t count, found = 0;
	struct query *const *queries = query_all(&count);
	struct str report = str_init(store->arena);

	for (size_t i = 0; i < count; i++) {
		sqlite3_stmt *stmt;
		bool costly = false;
		if ((queries[i]->flags & (QUERY_SCANS | QUERY_SORTS)) == 0)
			continue;
		stmt = prepare(queries[i], "EXPLAIN QUERY PLAN ");
		while (sqlite3_step(stmt) == SQLITE_ROW)
			costly = costly || is_costly((const char *)sqlite3_column_text(stmt, 3));
		ck_assert_int_eq(sqlite3_finalize(stmt), SQLITE_OK);
		/* Virtual tables and pragmas have no plan that could be read. */
		if (!costly && strstr(queries[i]->sql, "post_search") == NULL && strstr(queries[i]->sql, "PRAGMA") == NULL) {
			found++;
			str_printf(&report, "%s: %s\n", queries[i]->file, queries[i]->name);
		}
	}
	ck_assert_msg(found == 0, "a flag without need:\n%s", report.bytes);
}
END_TEST

/* QUERY( and QUERY_WITH( at the beginning of a line. */
static size_t
count_in_source(const char *path)
{
	char line[4096];
	size_t count = 0;
	FILE *file = fopen(path, "r");

	ck_assert_msg(file != NULL, "%s", path);
	while (fgets(line, sizeof(line), file) != NULL)
		count += str_starts(line, "QUERY(") || str_starts(line, "QUERY_WITH(");
	(void)fclose(file);
	return count;
}

/* A file that the linker left out would not be tested. */
START_TEST(no_query_is_left_out)
{
	const char *source = getenv("srcdir") != NULL ? getenv("srcdir") : getenv("RENOWN_DATA");
	glob_t files;
	size_t written = 0, linked;

	if (glob(arena_printf(store->arena, "%s/lib/store/*/*.c", source == NULL ? "." : source), 0, NULL, &files) != 0)
		ck_abort_msg("the sources are not found: set srcdir");
	for (size_t i = 0; i < files.gl_pathc; i++)
		written += count_in_source(files.gl_pathv[i]);
	globfree(&files);
	(void)query_all(&linked);
	ck_assert_uint_gt(written, 50);
	ck_assert_uint_eq(linked, written);
}
END_TEST

/* Without an index on a foreign key, each deletion of a parent reads the whole child table. */
START_TEST(every_foreign_key_has_an_index)
{
	sqlite3_stmt *stmt;
	struct str report = str_init(store->arena);
	static const char sql[] =
		"SELECT s.name, f.\"from\" FROM sqlite_schema AS s, pragma_foreign_key_list(s.name) AS f"
		" WHERE s.type = 'table' AND NOT EXISTS (SELECT 1 FROM pragma_index_list(s.name) AS l,"
		"  pragma_index_info(l.name) AS i WHERE i.seqno = 0 AND i.name = f.\"from\")"
		" AND NOT EXISTS (SELECT 1 FROM pragma_table_info(s.name) AS t WHERE t.name = f.\"from\" AND t.pk = 1)";

	ck_assert_int_eq(sqlite3_prepare_v2(db_handle(store->db), sql, -1, &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		str_printf(&report, "%s.%s\n", (const char *)sqlite3_column_text(stmt, 0),
			(const char *)sqlite3_column_text(stmt, 1));
	ck_assert_int_eq(sqlite3_finalize(stmt), SQLITE_OK);
	ck_assert_msg(report.length == 0, "without an index:\n%s", report.bytes);
}
END_TEST

/* Tables are STRICT, and a column that may be NULL must be listed here, with its reason in the schema. */
START_TEST(tables_are_strict)
{
	sqlite3_stmt *stmt;
	struct str report = str_init(store->arena);
	static const char sql[] =
		"SELECT l.name || ' is not STRICT' FROM pragma_table_list AS l WHERE l.schema = 'main' AND l.type = 'table'"
		" AND l.strict = 0 AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
		" UNION ALL SELECT l.name || '.' || c.name || ' may be NULL' FROM pragma_table_list AS l,"
		" pragma_table_info(l.name) AS c WHERE l.schema = 'main' AND l.type = 'table' AND l.strict = 1"
		" AND c.\"notnull\" = 0 AND c.pk = 0 AND l.name || '.' || c.name NOT IN ('post.cover_id', 'post.enclosure_id',"
		" 'post.source', 'revision.user_id', 'post_link.media_id', 'media.replaced_by', 'recording.transcript_id', 'grant_right.tag_id', 'grant_right.post_id',"
		" 'grant_right.ends', 'comment.parent_id', 'comment.user_id', 'comment.stamp', 'comment.subscriber_id', 'vote.post_id', 'vote.comment_id', 'vote.user_id', 'comment.decided_by', 'experiment.user_id', 'experiment_variant.cover_id', 'moderation_rule.created_by', 'moderation_ban.user_id',"
		" 'moderation_ban.created_by', 'moderation_trust.created_by', 'moderation_purge.user_id', 'moderation_decision.comment_id',"
		" 'moderation_decision.post_id', 'moderation_decision.user_id', 'moderation_decision.undone_by', 'comment_flag.decision_id',"
		" 'email_verification.user_id', 'invitation.user_id', 'import_line.post_id')";

	ck_assert_int_eq(sqlite3_prepare_v2(db_handle(store->db), sql, -1, &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		str_printf(&report, "%s\n", (const char *)sqlite3_column_text(stmt, 0));
	ck_assert_int_eq(sqlite3_finalize(stmt), SQLITE_OK);
	ck_assert_msg(report.length == 0, "%s", report.bytes);
}
END_TEST

/*
 * The id of a deleted row must not be used again: audit lines, logs, open forms and search rows refer to it. Revisions also have a
 * number of their own, which is the one that is shown.
 */
START_TEST(no_id_is_used_twice)
{
	sqlite3_stmt *stmt;
	struct str report = str_init(store->arena);
	int64_t first, second;
	static const char sql[] =
		"SELECT s.name FROM pragma_table_list AS l JOIN sqlite_schema AS s ON s.name = l.name, pragma_table_info(s.name) AS c"
		" WHERE l.schema = 'main' AND l.type = 'table' AND s.type = 'table' AND c.name = 'id' AND c.pk = 1"
		" AND c.type = 'INTEGER' AND s.sql NOT LIKE '%AUTOINCREMENT%' AND s.sql NOT LIKE '%CHECK (id = 1)%' AND s.name <> 'revision'";

	ck_assert_int_eq(sqlite3_prepare_v2(db_handle(store->db), sql, -1, &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		str_printf(&report, "%s\n", (const char *)sqlite3_column_text(stmt, 0));
	ck_assert_int_eq(sqlite3_finalize(stmt), SQLITE_OK);
	ck_assert_msg(report.length == 0, "%s", report.bytes);
	first = store_user(store, "Anna", "member");
	ck_assert_int_eq(sqlite3_exec(db_handle(store->db), "DELETE FROM site_user", NULL, NULL, NULL), SQLITE_OK);
	second = store_user(store, "Bert", "member");
	ck_assert_int_gt(second, first);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("queries");
	TCase *cases = tcase_create("queries");

	tcase_add_checked_fixture(cases, store_setup, store_teardown);
	tcase_add_test(cases, every_query_can_be_prepared);
	tcase_add_test(cases, no_query_plan_scans_or_sorts);
	tcase_add_test(cases, no_flag_is_set_without_need);
	tcase_add_test(cases, no_query_is_left_out);
	tcase_add_test(cases, every_foreign_key_has_an_index);
	tcase_add_test(cases, tables_are_strict);
	tcase_add_test(cases, no_id_is_used_twice);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
