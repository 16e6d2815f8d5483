/*
 * The fixture of tests of posts: a fresh database with one author for each test. After each test the whole database must be consistent
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
	/* No test here is about a power failure. */
	ck_assert_int_eq(db_execute(store->db, "PRAGMA synchronous = OFF"), OK);
	author = store_user(store, "Mo Li", "author");
}

static inline void
post_teardown(void)
{
	store_close_checked(store);
}

/* In its own transaction. */
static inline void
set_state(int64_t id, const char *state)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_set_state(store->db, store->arena, id, state, STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

/* How many posts a list without a filter shows at that time, 20 at most. */
static inline size_t
listed(int64_t now)
{
	struct post_filter filter = { 0 };
	struct cursor start = { 0 };
	struct post_list list;

	ck_assert_int_eq(post_list(store->db, store->arena, &filter, &start, now, 20, &list), OK);
	return list.count;
}

#endif
