/* Uploaded imports: visible to their author only, run one after the other, reported line by line, and deleted after a month. */
#include "support/suite.h"
#include "support/store_case.h"

#include <check.h>
#include <stdlib.h>

#include "store/audit/audit.h"
#include "store/job/import_job.h"
#include "store/account/user_delete.h"

static int64_t anna, bert;

static void
setup(void)
{
	store_setup();
	anna = store_user(store, "Anna", "author");
	bert = store_user(store, "Bert", "author");
}

static void
teardown(void)
{
	db_end(store->db);
	store_close(store);
}

static int64_t
add(int64_t user, const char *folder)
{
	int64_t id;

	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(import_job_add(store->db, user, STORE_NOW, folder, true, &id), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	return id;
}

static void
tell(int64_t id, int64_t number, const char *path, const char *outcome, int64_t post)
{
	const struct import_line line = { .number = number, .path = path, .outcome = outcome, .post_id = post, .line = 3, .words = "unknown key: x",
		.about = "y" };

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(import_job_add_line(store->db, id, &line), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

static void
end(int64_t id, int64_t now)
{
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(import_job_end(store->db, id, now, ""), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

static int64_t
waiting(int64_t user)
{
	int64_t count;

	ck_assert_int_eq(import_job_waiting(store->db, user, &count), OK);
	return count;
}

START_TEST(one_after_the_other)
{
	struct import_job job;
	int64_t first = add(anna, "one"), second = add(bert, "two"), third = add(anna, "three");

	ck_assert_int_eq(waiting(anna), 2);
	ck_assert_int_eq(import_job_next(store->db, store->arena, &job), OK);
	ck_assert_int_eq(job.id, first);
	ck_assert_str_eq(job.folder, "one");
	ck_assert_int_eq(job.publish, 1);
	end(first, STORE_NOW);
	ck_assert_int_eq(import_job_next(store->db, store->arena, &job), OK);
	ck_assert_int_eq(job.id, second);
	end(second, STORE_NOW);
	end(third, STORE_NOW);
	ck_assert_int_eq(import_job_next(store->db, store->arena, &job), NOT_FOUND);
	ck_assert_int_eq(waiting(anna), 0);
}
END_TEST

START_TEST(a_report_is_its_authors)
{
	struct import_job job, *jobs;
	size_t count;
	int64_t id = add(anna, "one");

	ck_assert_int_eq(import_job_read(store->db, store->arena, anna, id, &job), OK);
	ck_assert_int_eq(import_job_read(store->db, store->arena, bert, id, &job), NOT_FOUND);
	ck_assert_int_eq(import_job_list(store->db, store->arena, bert, &jobs, &count), OK);
	ck_assert_uint_eq(count, 0);
	ck_assert_int_eq(import_job_list(store->db, store->arena, anna, &jobs, &count), OK);
	ck_assert_uint_eq(count, 1);
}
END_TEST

static enum status
count_path(void *context, struct arena *arena, void *line)
{
	(void)arena;
	(void)line;
	(*(int *)context)++;
	return OK;
}

START_TEST(lines_are_told_and_found_again)
{
	struct post_save save = store_post(anna, "first", "First post", "Words.", "");
	int64_t post = store_save(store, &save), id = add(anna, "one"), last, added;
	struct import_line *lines;
	size_t count;
	int settled = 0;

	tell(id, 1, "a.md", "added", post);
	tell(id, 2, "a.md", "note", 0);
	tell(id, 3, "b.md", "skipped", 0);
	ck_assert_int_eq(import_job_settled(store->db, id, count_path, &settled, &last), OK);
	ck_assert_int_eq(settled, 2);
	ck_assert_int_eq(last, 3);
	ck_assert_int_eq(import_job_count(store->db, id, "added", &added), OK);
	ck_assert_int_eq(added, 1);
	ck_assert_int_eq(import_job_lines(store->db, store->arena, id, 0, &lines, &count), OK);
	ck_assert_uint_eq(count, 3);
	ck_assert_str_eq(lines[0].title, "First post");
	ck_assert_int_eq(lines[0].author_id, anna);
	ck_assert_str_eq(lines[2].title, "");
	ck_assert_int_eq(import_job_lines(store->db, store->arena, id, 2, &lines, &count), OK);
	ck_assert_uint_eq(count, 1);
	/* The same number twice would be a line that is told twice. */
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(import_job_add_line(store->db, id, &lines[0]), CONFLICT);
	db_end(store->db);
}
END_TEST

START_TEST(tries_count_until_something_is_settled)
{
	struct import_job job;
	int64_t id = add(anna, "one");

	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(import_job_try(store->db, id, 1), OK);
	ck_assert_int_eq(import_job_try(store->db, id, 1), OK);
	ck_assert_int_eq(import_job_read(store->db, store->arena, anna, id, &job), OK);
	ck_assert_int_eq(job.tries, 2);
	ck_assert_int_eq(import_job_set_progress(store->db, id, 9, 4), OK);
	ck_assert_int_eq(import_job_try(store->db, id, -1), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(import_job_read(store->db, store->arena, anna, id, &job), OK);
	ck_assert_int_eq(job.tries, 0);
	ck_assert_int_eq(job.total, 9);
	ck_assert_int_eq(job.processed, 4);
}
END_TEST

START_TEST(what_is_over_goes)
{
	struct import_job job;
	int64_t old = add(anna, "old"), young = add(anna, "young"), open = add(anna, "open");

	tell(old, 1, "a.md", "skipped", 0);
	end(old, 10);
	end(young, STORE_NOW);
	ck_assert_int_eq(import_job_folder(store->db, "old"), NOT_FOUND);
	ck_assert_int_eq(import_job_folder(store->db, "open"), OK);
	ck_assert_int_eq(import_job_is_old(store->db, 11), OK);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(import_job_forget(store->db, 11), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(import_job_is_old(store->db, 11), NOT_FOUND);
	ck_assert_int_eq(import_job_read(store->db, store->arena, anna, old, &job), NOT_FOUND);
	ck_assert_int_eq(import_job_read(store->db, store->arena, anna, young, &job), OK);
	ck_assert_int_eq(import_job_read(store->db, store->arena, anna, open, &job), OK);
}
END_TEST

START_TEST(who_leaves_takes_theirs_along)
{
	struct user user = store_user_by_id(store, anna);
	int64_t id = add(anna, "one");
	struct import_job job;

	tell(id, 1, "a.md", "skipped", 0);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(user_delete(store->db, store->arena, &user, "Somebody", false, STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(import_job_next(store->db, store->arena, &job), NOT_FOUND);
	ck_assert_int_eq(import_job_folder(store->db, "one"), NOT_FOUND);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("import_job");
	TCase *cases = tcase_create("import_job");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, one_after_the_other);
	tcase_add_test(cases, a_report_is_its_authors);
	tcase_add_test(cases, lines_are_told_and_found_again);
	tcase_add_test(cases, tries_count_until_something_is_settled);
	tcase_add_test(cases, what_is_over_goes);
	tcase_add_test(cases, who_leaves_takes_theirs_along);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
