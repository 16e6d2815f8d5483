/* Functions that run after a commit, and rows that a commit expects. */
#include "support/store_fixture.h"
#include "support/suite.h"

#include <signal.h>

#include "core/log.h"

static struct store *store;

static void
setup(void)
{
	store = store_open();
	log_open("test", LOG_ERROR);
}

static void
teardown(void)
{
	store_close(store);
}

static int64_t called[4];
static size_t calls;

static void
note_call(struct db *db, int64_t id)
{
	ck_assert(!db_is_writing(db));
	called[calls++] = id;
	/* The function may begin its own transaction. */
	ck_assert_int_eq(db_begin_private(db), OK);
	ck_assert_int_eq(db_commit(db), OK);
}

START_TEST(functions_registered_for_the_commit_run_after_it)
{
	ck_assert_int_eq(db_begin_private(store->db), OK);
	db_run_after_commit(store->db, note_call, 1);
	db_end(store->db);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	db_run_after_commit(store->db, note_call, 2);
	db_run_after_commit(store->db, note_call, 3);
	ck_assert_uint_eq(calls, 0);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_uint_eq(calls, 2);
	ck_assert_int_eq(called[0], 2);
	ck_assert_int_eq(called[1], 3);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_uint_eq(calls, 2);
}
END_TEST

START_TEST(a_media_folder_without_its_function_ends_the_process)
{
	db_use_media(store->db, store->media, NULL);
}
END_TEST

START_TEST(two_expected_rows_end_the_process)
{
	ck_assert_int_eq(db_begin_private(store->db), OK);
	db_expect_row(store->db, "form_once");
	db_expect_row(store->db, "audit");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("transaction");
	TCase *cases = tcase_create("transaction");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, functions_registered_for_the_commit_run_after_it);
	tcase_add_test_raise_signal(cases, a_media_folder_without_its_function_ends_the_process, SIGABRT);
	tcase_add_test_raise_signal(cases, two_expected_rows_end_the_process, SIGABRT);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
