/* Parts of pages that a worker caches. */
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "page/theme/fragment_cache.h"

static struct arena *arena;
static struct fragment_cache *fragment_cache;

static void
setup(void)
{
	arena = arena_new();
	fragment_cache = fragment_cache_new();
	fragment_cache_use(fragment_cache, "1");
}

static void
teardown(void)
{
	fragment_cache_free(fragment_cache);
	arena_free(arena);
}

START_TEST(a_part_is_found_by_its_key)
{
	ck_assert_ptr_null(fragment_cache_find(fragment_cache, arena, "en 1"));
	fragment_cache_add(fragment_cache, "en 1", "<p>one</p>");
	fragment_cache_add(fragment_cache, "en 2", "");
	ck_assert_str_eq(fragment_cache_find(fragment_cache, arena, "en 1"), "<p>one</p>");
	ck_assert_str_eq(fragment_cache_find(fragment_cache, arena, "en 2"), "");
	ck_assert_ptr_null(fragment_cache_find(fragment_cache, arena, "en 3"));
	fragment_cache_add(fragment_cache, "en 1", "<p>other</p>");
	ck_assert_str_eq(fragment_cache_find(fragment_cache, arena, "en 1"), "<p>other</p>");
}
END_TEST

START_TEST(a_change_of_the_database_clears_the_cache)
{
	fragment_cache_add(fragment_cache, "en 1", "old");
	fragment_cache_use(fragment_cache, "1");
	ck_assert_str_eq(fragment_cache_find(fragment_cache, arena, "en 1"), "old");
	fragment_cache_use(fragment_cache, "2");
	ck_assert_ptr_null(fragment_cache_find(fragment_cache, arena, "en 1"));
	fragment_cache_add(fragment_cache, "en 1", "new");
	/* A database that was restored from a backup has a lower number. */
	fragment_cache_use(fragment_cache, "1");
	ck_assert_ptr_null(fragment_cache_find(fragment_cache, arena, "en 1"));
}
END_TEST

/* A part that was found stays valid while newer parts replace it. */
START_TEST(the_number_of_parts_is_limited)
{
	const char *first;
	size_t found = 0;

	fragment_cache_add(fragment_cache, "0", "piece 0");
	first = fragment_cache_find(fragment_cache, arena, "0");
	for (int i = 0; i < 20 * FRAGMENT_CACHE_PLACES; i++)
		fragment_cache_add(fragment_cache, arena_printf(arena, "%d", i), arena_printf(arena, "piece %d", i));
	for (int i = 0; i < 20 * FRAGMENT_CACHE_PLACES; i++) {
		const char *part = fragment_cache_find(fragment_cache, arena, arena_printf(arena, "%d", i));
		found += part != NULL;
		ck_assert(part == NULL || str_equal(part, arena_printf(arena, "piece %d", i)));
	}
	ck_assert_uint_le(found, FRAGMENT_CACHE_PLACES);
	ck_assert_uint_gt(found, FRAGMENT_CACHE_PLACES / 2);
	ck_assert_str_eq(first, "piece 0");
}
END_TEST

/* The parts of one page must not replace each other. */
START_TEST(twenty_parts_fit_with_any_keys)
{
	for (int from = 0; from < 2000; from += 7) {
		fragment_cache_use(fragment_cache, arena_printf(arena, "%d", from + 10));
		for (int i = 0; i < 20; i++)
			fragment_cache_add(fragment_cache, arena_printf(arena, "en /en %d 1", from + i * 13), "x");
		for (int i = 0; i < 20; i++)
			ck_assert_ptr_nonnull(fragment_cache_find(fragment_cache, arena, arena_printf(arena, "en /en %d 1", from + i * 13)));
	}
}
END_TEST

START_TEST(a_too_long_part_is_not_cached)
{
	char *part = arena_alloc(arena, FRAGMENT_CACHE_PART_MAX + 2);

	memset(part, 'x', FRAGMENT_CACHE_PART_MAX + 1);
	fragment_cache_add(fragment_cache, "long", part);
	ck_assert_ptr_null(fragment_cache_find(fragment_cache, arena, "long"));
	part[FRAGMENT_CACHE_PART_MAX] = '\0';
	fragment_cache_add(fragment_cache, "long", part);
	ck_assert_str_eq(fragment_cache_find(fragment_cache, arena, "long"), part);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("fragment_cache");
	TCase *cases = tcase_create("fragment_cache");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_part_is_found_by_its_key);
	tcase_add_test(cases, a_change_of_the_database_clears_the_cache);
	tcase_add_test(cases, the_number_of_parts_is_limited);
	tcase_add_test(cases, twenty_parts_fit_with_any_keys);
	tcase_add_test(cases, a_too_long_part_is_not_cached);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
