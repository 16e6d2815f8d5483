/*
 * The fixture of most tests without a database: an arena for each test.
 *
 *     tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
 */
#ifndef TESTS_ARENA_CASE_H
#define TESTS_ARENA_CASE_H

#include "core/arena.h"

/* Made before each test and freed after it. */
static struct arena *arena;

static inline void
arena_setup(void)
{
	arena = arena_new();
}

static inline void
arena_teardown(void)
{
	arena_free(arena);
}

#endif
