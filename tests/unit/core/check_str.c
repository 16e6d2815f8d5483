/* Growing strings, and the helpers that libc lacks. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

START_TEST(a_string_grows_as_bytes_are_added)
{
	struct str str = str_init(arena);
	char plain[1000];

	ck_assert_str_eq(str.bytes, "");
	for (size_t i = 0; i < 999; i++) {
		plain[i] = (char)('a' + i % 26);
		str_add_char(&str, plain[i]);
		ck_assert_uint_eq(str.length, i + 1);
		ck_assert_int_eq(str.bytes[i + 1], '\0');
	}
	plain[999] = '\0';
	ck_assert_str_eq(str.bytes, plain);
	str_add(&str, plain);
	str_add_bytes(&str, "\0x", 2);
	ck_assert_uint_eq(str.length, 2000);
	ck_assert_int_eq(memcmp(str.bytes + 999, plain, 999), 0);
}
END_TEST

START_TEST(printing_enlarges_the_string)
{
	struct str str = str_init(arena);

	/* 63 characters and the NUL fill the first 64 bytes. One more character needs a larger block. */
	str_printf(&str, "%063d", 0);
	str_printf(&str, "%s", "");
	str_printf(&str, "%d", 5);
	ck_assert_uint_eq(str.length, 64);
	ck_assert_int_eq(str.bytes[63], '5');
	str_printf(&str, "%0*d", 5000, 1);
	ck_assert_uint_eq(strlen(str.bytes), 5064);
}
END_TEST

START_TEST(comparisons_accept_null)
{
	ck_assert(str_equal("a", "a"));
	ck_assert(!str_equal("a", "b"));
	ck_assert(!str_equal("a", NULL));
	ck_assert(!str_equal(NULL, NULL));
	ck_assert(str_starts("/blog", "/"));
	ck_assert(str_starts("x", ""));
	ck_assert(!str_starts("/b", "/blog"));
	ck_assert(!str_starts(NULL, ""));
	ck_assert(str_ends("feed.rss", ".rss"));
	ck_assert(str_ends(".rss", ".rss"));
	ck_assert(!str_ends("ss", ".rss"));
	ck_assert(!str_ends(NULL, ""));
	ck_assert(str_empty(NULL) && str_empty("") && !str_empty(" "));
}
END_TEST

START_TEST(only_ascii_white_space_is_trimmed)
{
	ck_assert_str_eq(str_trim(arena, " \t\r\n\v\f a b \n"), "a b");
	ck_assert_str_eq(str_trim(arena, " \t "), "");
	ck_assert_str_eq(str_trim(arena, ""), "");
	/* The bytes of U+3000 and U+00A0 hold no white space by themselves, whatever the locale says. */
	ck_assert_str_eq(str_trim(arena, "\xe3\x80\x80x\xc2\xa0"), "\xe3\x80\x80x\xc2\xa0");
}
END_TEST

static const struct {
	const char *text;
	bool fits;
	long long value;
} numbers[] = {
	{ "0", true, 0 },
	{ "-0", true, 0 },
	{ "-17", true, -17 },
	{ "007", true, 7 },
	{ "9223372036854775807", true, LLONG_MAX },
	{ "-9223372036854775808", true, LLONG_MIN },
	/* strtoll() accepts all of these, completely or up to the first wrong character. */
	{ "9223372036854775808", false, 0 },
	{ "-9223372036854775809", false, 0 },
	{ "", false, 0 },
	{ "-", false, 0 },
	{ "+1", false, 0 },
	{ " 1", false, 0 },
	{ "1 ", false, 0 },
	{ "1x", false, 0 },
	{ "0x10", false, 0 },
	{ "1e3", false, 0 },
	{ "--1", false, 0 },
	{ "- 1", false, 0 },
	{ "\xef\xbc\x91", false, 0 },
};

START_TEST(only_strict_integers_are_read)
{
	long long value = 42;

	ck_assert_msg(str_to_integer(numbers[_i].text, &value) == numbers[_i].fits, "'%s'", numbers[_i].text);
	/* Untouched on failure. */
	ck_assert_int_eq(value, numbers[_i].fits ? numbers[_i].value : 42);
}
END_TEST

START_TEST(null_is_not_a_number)
{
	long long value = 42;

	ck_assert(!str_to_integer(NULL, &value));
	ck_assert_int_eq(value, 42);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("str");
	TCase *cases = tcase_create("str");

	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_add_test(cases, a_string_grows_as_bytes_are_added);
	tcase_add_test(cases, printing_enlarges_the_string);
	tcase_add_test(cases, comparisons_accept_null);
	tcase_add_test(cases, only_ascii_white_space_is_trimmed);
	tcase_add_loop_test(cases, only_strict_integers_are_read, 0, sizeof(numbers) / sizeof(*numbers));
	tcase_add_test(cases, null_is_not_a_number);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
