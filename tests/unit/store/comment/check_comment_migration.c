/* Migration 21 gives the comments of an older site their states, places and counts. */
#include "support/store_case.h"
#include "support/raw_sql.h"
#include "support/suite.h"

#include "store/db/migrate.h"
#include "store/db/schema.h"

enum { BEFORE = 20 };

/* A store with the schema of before, and these rows. */
static const char *
old_store(const char *rows)
{
	const char *file = store_beside(store, "old.db");

	for (int number = 1; number <= BEFORE; number++)
		raw_run_file(file, schema_migration(number));
	raw_run_file(file, arena_printf(store->arena, "PRAGMA application_id=%d; PRAGMA user_version=%d", DB_APPLICATION_ID, BEFORE));
	raw_run_file(file, rows);
	return file;
}

static const char *
migrated(const char *file)
{
	struct db *db;
	const char *problem = "";
	int applied;

	ck_assert_int_eq(db_open(file, DB_CREATE, &db, &problem), OK);
	ck_assert_msg(migrate_run(db, &applied, &problem) == OK, "%s", problem);
	db_close(db);
	return file;
}

START_TEST(old_comments_get_their_places_and_counts)
{
	const char *file = migrated(old_store(
		"INSERT INTO site_user (id, slug, name, email, role, created) VALUES (1, 'a', 'A', 'a@example.org', 'author', 1);"
		" INSERT INTO post (id, slug, kind, access, title, summary, lang, work_id, author_id, published, updated, created, reading_minutes, search_id, comments_open)"
		" VALUES (1, 'p', 'article', 'public', 'P', '', 'en', 1, 1, 1, 1, 1, 1, 1, 1), (2, 'q', 'article', 'public', 'Q', '', 'en', 2, 1, 1, 1, 1, 1, 2, 0);"
		" INSERT INTO comment (id, post_id, parent_id, name, state, text, xhtml, created) VALUES (1, 1, NULL, 'x', 'shown', '', '', 5),"
		" (2, 1, 1, 'x', 'shown', '', '', 6), (3, 1, 2, 'x', 'shown', '', '', 7), (4, 1, 3, 'x', 'shown', '', '', 8), (5, 1, 4, 'x', 'shown', '', '', 9),"
		" (6, 1, 5, 'x', 'shown', '', '', 10), (7, 1, 6, 'x', 'shown', '', '', 11), (8, 1, 7, 'x', 'shown', '', '', 12),"
		/* hidden above a shown one; waiting; spam */
		" (9, 1, NULL, 'x', 'hidden', '', '', 13), (10, 1, 9, 'x', 'shown', '', '', 14), (11, 1, NULL, 'x', 'waiting', '', '', 15), (12, 1, NULL, 'x', 'spam', '', '', 16)"));

	ck_assert_str_eq(raw_rows_of_file(store->arena, file, "SELECT id, root_id, depth, state, listed, replies, path FROM comment ORDER BY id"),
		"1\t1\t0\tshown\t1\t7\t\n"
		"2\t1\t1\tshown\t1\t0\t0000000002\n"
		"3\t1\t2\tshown\t1\t0\t00000000020000000003\n"
		"4\t1\t3\tshown\t1\t0\t000000000200000000030000000004\n"
		"5\t1\t4\tshown\t1\t0\t0000000002000000000300000000040000000005\n"
		"6\t1\t5\tshown\t1\t0\t00000000020000000003000000000400000000050000000006\n"
		"7\t1\t6\tshown\t1\t0\t000000000200000000030000000004000000000500000000060000000007\n"
		"8\t1\t6\tshown\t1\t0\t000000000200000000030000000004000000000500000000060000000008\n"
		"9\t9\t0\thidden\t1\t1\t\n"
		"10\t9\t1\tshown\t1\t0\t0000000010\n"
		"11\t11\t0\theld\t0\t0\t\n"
		"12\t12\t0\tspam\t0\t0\t\n");
	ck_assert_str_eq(raw_rows_of_file(store->arena, file, "SELECT shown, waiting, version, changed FROM thread"), "9\t1\t1\t16\n");
	ck_assert_str_eq(raw_rows_of_file(store->arena, file, "SELECT comment_access, comment_step FROM post ORDER BY id"), "open\t5\nclosed\t0\n");
	ck_assert_str_eq(raw_rows_of_file(store->arena, file, "PRAGMA foreign_key_check; PRAGMA integrity_check"), "ok\n");
}
END_TEST

START_TEST(a_site_without_comments_has_no_threads)
{
	const char *file = migrated(old_store("SELECT 1"));

	ck_assert_str_eq(raw_rows_of_file(store->arena, file, "SELECT count(*) FROM thread"), "0\n");
	ck_assert_str_eq(raw_rows_of_file(store->arena, file, "SELECT comments, steps FROM content_version"), "0\t0\n");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("comment_migration");
	TCase *cases = tcase_create("comment_migration");

	tcase_add_checked_fixture(cases, store_setup, store_teardown);
	tcase_add_test(cases, old_comments_get_their_places_and_counts);
	tcase_add_test(cases, a_site_without_comments_has_no_threads);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
