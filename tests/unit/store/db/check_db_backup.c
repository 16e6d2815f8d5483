/* Backups: a complete copy while the site is used, and a check that finds damage. */
#include "support/raw_sql.h"
#include "support/store_case.h"
#include "support/suite.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/log.h"
#include "core/str.h"
#include "store/db/db_backup.h"
#include "store/search/search.h"

static int64_t author;

static void
setup(void)
{
	struct post_save save;

	store_setup();
	log_open("test", LOG_ERROR);
	author = store_user(store, "Author", "owner");
	save = store_post(author, "first", "First", "Some words to find.", "");
	(void)store_save(store, &save);
}

static const char *
target(const char *name)
{
	return arena_printf(store->arena, "%s/%s", store->folder, name);
}

static int
count_entries(void)
{
	DIR *entries = opendir(store->folder);
	int count = 0;

	ck_assert_ptr_nonnull(entries);
	while (readdir(entries) != NULL)
		count++;
	(void)closedir(entries);
	return count;
}

/* While another connection is in a transaction, the copy has the committed state. */
START_TEST(a_copy_is_a_complete_database)
{
	const char *path = target("copy.db"), *problem;
	struct db *other, *copy;
	struct post post;
	struct stat found;
	int before = count_entries();

	ck_assert_int_eq(db_open(store->path, DB_TOOL, &other, &problem), OK);
	ck_assert_int_eq(db_begin_write(other), OK);
	ck_assert_int_eq(db_execute(other, "UPDATE post SET title = 'Not yet'"), OK);
	ck_assert_int_eq(db_backup_write(store->db, store->arena, path), OK);
	db_end(other);
	db_close(other);
	ck_assert_int_eq(count_entries(), before + 1);
	ck_assert_int_eq(stat(path, &found), 0);
	ck_assert_msg((found.st_mode & 07777) == 0600, "users who cannot read the database can read its copy: %o", found.st_mode);
	ck_assert_msg(db_open(path, DB_TOOL, &copy, &problem) == OK, "%s", problem);
	ck_assert_int_eq(post_by_slug(copy, store->arena, "first", &post), OK);
	ck_assert_str_eq(post.title, "First");
	/* The full-text index is copied too. */
	struct search_result result;
	struct viewer viewer = { .now = STORE_NOW };
	ck_assert_int_eq(search_posts(copy, store->arena, &viewer, "words", NULL, 0, &result), OK);
	ck_assert_uint_eq(result.count, 1);
	ck_assert_int_eq(db_backup_check(copy, store->arena, &problem), OK);
	ck_assert_str_eq(problem, "");
	db_close(copy);
}
END_TEST

/* A restored copy must allow reading during writes, like the original. */
START_TEST(a_copy_uses_wal_mode_too)
{
	const char *path = target("copy.db");
	ck_assert_int_eq(db_backup_write(store->db, store->arena, path), OK);
	ck_assert_str_eq(raw_rows_of_file(store->arena, path, "PRAGMA journal_mode"), "wal\n");
}
END_TEST

/* Names of folders can have other encodings. */
START_TEST(the_name_of_a_copy_may_contain_any_bytes)
{
	const char *path = target("caf\xe9.db");

	ck_assert_int_eq(db_backup_write(store->db, store->arena, path), OK);
	ck_assert_str_eq(raw_rows_of_file(store->arena, path, "SELECT count(*) FROM content_version"), "1\n");
}
END_TEST

START_TEST(existing_files_are_not_replaced_and_no_file_is_left_over)
{
	const char *path = target("taken");
	int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600), before;

	ck_assert_int_eq(write(file, "mine", 4), 4);
	(void)close(file);
	before = count_entries();
	ck_assert_int_eq(db_backup_write(store->db, store->arena, path), CONFLICT);
	ck_assert_int_eq(db_backup_write(store->db, store->arena, target("no/such/folder.db")), NOT_FOUND);
	ck_assert_int_eq(db_backup_write(store->db, store->arena, store->folder), CONFLICT);
	ck_assert_int_eq(symlink("nowhere", target("link")), 0);
	ck_assert_int_eq(db_backup_write(store->db, store->arena, target("link")), CONFLICT);
	ck_assert_int_eq(count_entries(), before + 1);
	char bytes[5] = { 0 };
	file = open(path, O_RDONLY | O_CLOEXEC);
	ck_assert_int_eq(read(file, bytes, 4), 4);
	(void)close(file);
	ck_assert_str_eq(bytes, "mine");
}
END_TEST

START_TEST(the_check_of_an_intact_database_reports_nothing)
{
	const char *report = "?";

	ck_assert_int_eq(db_backup_check(store->db, store->arena, &report), OK);
	ck_assert_str_eq(report, "");
	/* The check leaves no transaction open. */
	ck_assert_int_eq(db_begin_write(store->db), OK);
	db_end(store->db);
}
END_TEST

static const char *
report_after(const char *sql)
{
	const char *report = "?";

	/* A change that bypasses the program. */
	raw_damage(store->db, sql);
	ck_assert_int_eq(db_backup_check(store->db, store->arena, &report), OK);
	return report;
}

START_TEST(a_row_without_its_parent_is_found)
{
	const char *report = report_after("PRAGMA foreign_keys=0; UPDATE post SET author_id = 999; PRAGMA foreign_keys=1");

	ck_assert_msg(strstr(report, "table post, row 1 names a row of site_user") != NULL, "%s", report);
}
END_TEST

START_TEST(an_index_that_differs_from_its_texts_is_found)
{
	const char *report = report_after("UPDATE post_search_content SET c2 = 'other words'");

	ck_assert_msg(strstr(report, "the search index does not fit") != NULL, "%s", report);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("db_backup");
	TCase *cases = tcase_create("db_backup");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_add_test(cases, a_copy_is_a_complete_database);
	tcase_add_test(cases, a_copy_uses_wal_mode_too);
	tcase_add_test(cases, the_name_of_a_copy_may_contain_any_bytes);
	tcase_add_test(cases, existing_files_are_not_replaced_and_no_file_is_left_over);
	tcase_add_test(cases, the_check_of_an_intact_database_reports_nothing);
	tcase_add_test(cases, a_row_without_its_parent_is_found);
	tcase_add_test(cases, an_index_that_differs_from_its_texts_is_found);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
