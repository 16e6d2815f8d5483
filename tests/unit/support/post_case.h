/*
 * The fixture of tests of posts: a fresh store with one author for each test. After each test the whole store must be consistent
 * (store_invariants.h).
 *
 *     tcase_add_checked_fixture(cases, post_setup, post_teardown);
 */
#ifndef TESTS_POST_CASE_H
#define TESTS_POST_CASE_H

#include <check.h>

#include "store_case.h"
#include "store_invariants.h"

static int64_t author;

static inline void
post_setup(void)
{
	store_setup();
	/* Nothing here is about lost power. */
	ck_assert_int_eq(db_execute(store->db, "PRAGMA synchronous = OFF"), OK);
	author = store_user(store, "Mo Li", "author");
}

static inline void
post_teardown(void)
{
	store_close_well(store);
}

#endif
