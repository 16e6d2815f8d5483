/* Compression: what it needs, and what it leaves as it is. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "core/gzip.h"

static void
assert_unpacks_to(const char *bytes, size_t length, const char *plain, size_t plain_length)
{
	z_stream stream = { .next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)length };
	char *out = arena_alloc(arena, plain_length + 1);

	stream.next_out = (Bytef *)out;
	stream.avail_out = (uInt)plain_length + 1;
	ck_assert_int_eq(inflateInit2(&stream, 15 + 16), Z_OK);
	ck_assert_int_eq(inflate(&stream, Z_FINISH), Z_STREAM_END);
	ck_assert_uint_eq(stream.total_out, plain_length);
	ck_assert_uint_eq(stream.avail_in, 0);
	(void)inflateEnd(&stream);
	ck_assert_mem_eq(out, plain, plain_length);
}

static int allocations_left;

static void *
allocate_until_none_left(size_t size)
{
	return allocations_left-- > 0 ? malloc(size) : NULL;
}

/* Without memory for the compressor, nothing is changed. The bytes can be more than 1 MiB. */
START_TEST(without_memory_nothing_is_compressed)
{
	const int level = 1 + _i * 4;
	size_t length = 3 << 20, packed_length = 7;
	char *bytes = arena_alloc(arena, length);
	const char *packed = "untouched", *again;
	int needed = 0;

	for (size_t i = 0; i < length; i++)
		bytes[i] = (char)('a' + i % 7 * (i / 1000 % 3));
	for (; needed < 50; needed++) {
		allocations_left = needed;
		if (gzip_compress(arena, bytes, length, level, allocate_until_none_left, &packed, &packed_length))
			break;
		ck_assert_str_eq(packed, "untouched");
		ck_assert_uint_eq(packed_length, 7);
	}
	ck_assert_int_gt(needed, 1);
	ck_assert_int_lt(needed, 50);
	assert_unpacks_to(packed, packed_length, bytes, length);
	/* The same bytes give the same result: nginx can have a copy from each of several workers. */
	ck_assert(gzip_compress(arena, bytes, length, level, malloc, &again, &length));
	ck_assert_uint_eq(length, packed_length);
	ck_assert_mem_eq(again, packed, length);
}
END_TEST

START_TEST(bytes_that_would_not_shrink_are_not_compressed)
{
	unsigned char noise[1000];
	unsigned state = 1;
	const char *packed;
	size_t length;

	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (unsigned char)((state = state * 1103515245u + 12345u) >> 16);
	ck_assert(!gzip_compress(arena, (char *)noise, sizeof(noise), 9, malloc, &packed, &length));
	ck_assert(!gzip_compress(arena, "", 0, 9, malloc, &packed, &length));
	ck_assert(!gzip_compress(arena, "a", 1, 9, malloc, &packed, &length));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gzip");
	TCase *cases = tcase_create("gzip");

	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_add_loop_test(cases, without_memory_nothing_is_compressed, 0, 3);
	tcase_add_test(cases, bytes_that_would_not_shrink_are_not_compressed);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
