/* The arena: memory, cleanups, and how the process ends when there is no memory left. */
#include "support/suite.h"

#include <signal.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"

START_TEST(memory_is_zeroed_and_aligned_after_every_reset)
{
	static const size_t sizes[] = { 0, 1, 7, 16, 17, 4000, 16 * 1024, 300 * 1024 };
	struct arena *arena = arena_new();

	/* In the second round the arena reuses the bytes of the first: they must be zero again. */
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
			unsigned char *memory = arena_alloc(arena, sizes[i]);
			ck_assert_uint_eq((uintptr_t)memory % alignof(max_align_t), 0);
			for (size_t j = 0; j < sizes[i]; j++)
				ck_assert_uint_eq(memory[j], 0);
			memset(memory, 0xa5, sizes[i]);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}
END_TEST

START_TEST(blocks_do_not_overlap)
{
	struct arena *arena = arena_new();
	unsigned char *pieces[500];

	for (size_t i = 0; i < 500; i++)
		memset(pieces[i] = arena_alloc(arena, 1 + i * 7 % 900), (int)(i & 0xff), 1 + i * 7 % 900);
	for (size_t i = 0; i < 500; i++)
		for (size_t j = 0; j < 1 + i * 7 % 900; j++)
			ck_assert_uint_eq(pieces[i][j], i & 0xff);
	arena_free(arena);
}
END_TEST

START_TEST(used_bytes_are_counted_from_the_last_reset)
{
	struct arena *arena = arena_new();

	ck_assert_uint_eq(arena_used(arena), 0);
	(void)arena_alloc(arena, 100);
	ck_assert_uint_ge(arena_used(arena), 100);
	ck_assert_uint_lt(arena_used(arena), 200);
	arena_reset(arena);
	ck_assert_uint_eq(arena_used(arena), 0);
	arena_free(arena);
}
END_TEST

static char order[16];

static void
note(void *object)
{
	strcat(order, object);
}

static struct arena *registering;

static void
note_late(void *object)
{
	static char late[] = "l";

	strcat(order, object);
	arena_cleanup(registering, note, late);
}

START_TEST(cleanups_run_once_newest_first)
{
	struct arena *arena = arena_new();
	char a[] = "a", b[] = "b", c[] = "c";

	order[0] = '\0';
	arena_cleanup(arena, note, a);
	arena_cleanup(arena, note, b);
	arena_cleanup(arena, note, c);
	arena_reset(arena);
	ck_assert_str_eq(order, "cba");
	arena_free(arena);
	ck_assert_str_eq(order, "cba");
}
END_TEST

/* A cleanup that is registered while cleanups run is not lost. */
START_TEST(a_cleanup_may_register_another)
{
	char a[] = "a";

	order[0] = '\0';
	registering = arena_new();
	arena_cleanup(registering, note_late, a);
	arena_free(registering);
	ck_assert_str_eq(order, "al");
}
END_TEST

START_TEST(copies_end_with_a_nul_byte)
{
	struct arena *arena = arena_new();
	char *bytes = arena_bytes(arena, "ab\0cd", 5);

	ck_assert_int_eq(memcmp(bytes, "ab\0cd", 6), 0);
	ck_assert_str_eq(arena_bytes(arena, NULL, 0), "");
	ck_assert_str_eq(arena_dup(arena, "x"), "x");
	ck_assert_ptr_null(arena_dup(arena, NULL));
	ck_assert_str_eq(arena_printf(arena, "%s-%d", "n", 7), "n-7");
	ck_assert_uint_eq(strlen(arena_printf(arena, "%0*d", 50000, 1)), 50000);
	arena_free(arena);
}
END_TEST

START_TEST(freeing_null_does_nothing)
{
	arena_free(NULL);
}
END_TEST

/* count * size wraps to a small number, a common cause of heap overflows. */
START_TEST(an_overflowing_array_ends_the_process)
{
	struct arena *arena = arena_new();

	(void)arena_array(arena, SIZE_MAX / 8 + 2, 8);
}
END_TEST

START_TEST(a_size_that_would_wrap_ends_the_process)
{
	struct arena *arena = arena_new();

	(void)arena_alloc(arena, SIZE_MAX - 3);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("arena");
	TCase *cases = tcase_create("arena");

	tcase_add_test(cases, memory_is_zeroed_and_aligned_after_every_reset);
	tcase_add_test(cases, blocks_do_not_overlap);
	tcase_add_test(cases, used_bytes_are_counted_from_the_last_reset);
	tcase_add_test(cases, cleanups_run_once_newest_first);
	tcase_add_test(cases, a_cleanup_may_register_another);
	tcase_add_test(cases, copies_end_with_a_nul_byte);
	tcase_add_test(cases, freeing_null_does_nothing);
	tcase_add_test_raise_signal(cases, an_overflowing_array_ends_the_process, SIGABRT);
	tcase_add_test_raise_signal(cases, a_size_that_would_wrap_ends_the_process, SIGABRT);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
