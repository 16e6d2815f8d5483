/*
 * The fixture of most tests of lib/store: a fresh database for each test. A suite that needs more rows calls store_setup() in its own
 * setup and adds them.
 *
 *     tcase_add_checked_fixture(cases, store_setup, store_teardown);
 */
#ifndef TESTS_STORE_CASE_H
#define TESTS_STORE_CASE_H

#include "store_fixture.h"

/* Opened before each test; closed and removed after it. */
static struct store *store;

static inline void
store_setup(void)
{
	store = store_open();
}

static inline void
store_teardown(void)
{
	store_close(store);
}

#endif
