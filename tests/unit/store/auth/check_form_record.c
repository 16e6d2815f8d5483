/* Records of submitted forms: one row for each form, never missing where it is expected, deleted when it has expired. */
#include "support/raw_sql.h"
#include "support/store_case.h"
#include "support/suite.h"

#include "store/auth/form_record.h"

static void
setup(void)
{
	store_setup();
	ck_assert_int_eq(db_execute(store->db, "CREATE TABLE scratch (number INTEGER NOT NULL) STRICT"), OK);
}

static struct form_record
row_of(const char *id)
{
	return (struct form_record){ .id = id, .content = "words", .result = "sealed", .created = STORE_NOW, .expires = STORE_NOW + 10 };
}

START_TEST(a_record_is_found_and_replaced_by_its_id)
{
	struct form_record row = row_of("a"), found;

	ck_assert_int_eq(form_record_find(store->db, store->arena, "a", &found), NOT_FOUND);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(form_record_save(store->db, &row), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(form_record_find(store->db, store->arena, "b", &found), NOT_FOUND);
	ck_assert_int_eq(form_record_find(store->db, store->arena, "a", &found), OK);
	ck_assert_str_eq(found.content, "words");
	ck_assert_str_eq(found.result, "sealed");
	ck_assert_int_eq(found.expires, STORE_NOW + 10);

	row.content = "other words";
	row.expires = STORE_NOW + 20;
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(form_record_save(store->db, &row), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(form_record_find(store->db, store->arena, "a", &found), OK);
	ck_assert_str_eq(found.content, "other words");
	ck_assert_int_eq(found.expires, STORE_NOW + 20);
}
END_TEST

static void
write_something(void)
{
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(db_execute(store->db, "INSERT INTO scratch (number) VALUES (1)"), OK);
}

static bool
is_written(void)
{
	return raw_number(store->db, "SELECT count(*) FROM scratch") > 0;
}

START_TEST(a_transaction_that_expects_a_record_commits_only_with_it)
{
	const struct form_record row = row_of("a");

	write_something();
	form_record_expect(store->db);
	ck_assert_int_eq(db_commit(store->db), FAULT);
	ck_assert(!is_written());

	/* The next transaction begins without that expectation. */
	write_something();
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert(is_written());

	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(db_execute(store->db, "DELETE FROM scratch"), OK);
	form_record_expect(store->db);
	ck_assert_int_eq(form_record_save(store->db, &row), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert(!is_written());

	/* Deleting expired records does not count as saving one. */
	write_something();
	form_record_expect(store->db);
	ck_assert_int_eq(form_record_sweep(store->db, STORE_NOW + 100), OK);
	ck_assert_int_eq(db_commit(store->db), FAULT);
}
END_TEST

START_TEST(expired_records_are_deleted)
{
	struct form_record old = row_of("old"), young = row_of("young"), found;
	bool due;

	young.expires = STORE_NOW + 1000;
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(form_record_save(store->db, &old), OK);
	ck_assert_int_eq(form_record_save(store->db, &young), OK);
	ck_assert_int_eq(form_record_is_due(store->db, STORE_NOW + 9, &due), OK);
	ck_assert(!due);
	ck_assert_int_eq(form_record_is_due(store->db, STORE_NOW + 10, &due), OK);
	ck_assert(due);
	ck_assert_int_eq(form_record_sweep(store->db, STORE_NOW + 10), OK);
	ck_assert_int_eq(form_record_find(store->db, store->arena, "old", &found), NOT_FOUND);
	ck_assert_int_eq(form_record_find(store->db, store->arena, "young", &found), OK);
	ck_assert_int_eq(form_record_is_due(store->db, STORE_NOW + 10, &due), OK);
	ck_assert(!due);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("form_record");
	TCase *cases = tcase_create("form_record");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_add_test(cases, a_record_is_found_and_replaced_by_its_id);
	tcase_add_test(cases, a_transaction_that_expects_a_record_commits_only_with_it);
	tcase_add_test(cases, expired_records_are_deleted);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
