/* Declared fields: submitted values are decoded once, clean and within their limits. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "core/field.h"
#include "core/str.h"
#include "support/invalid_bytes.h"

static const struct field fields[] = {
	{ .name = "q", .type = FIELD_LINE, .max = 10 },
	{ .name = "text", .type = FIELD_TEXT, .max = 100 },
	{ .name = "before", .type = FIELD_CURSOR, .max = 40 },
	{ 0 },
};

static const struct field needs[] = {
	{ .name = "name", .type = FIELD_LINE, .max = 20, .required = true },
	{ 0 },
};

static struct field_values *values;

static void
setup(void)
{
	arena_setup();
	values = NULL;
}

static enum status
get(const char *query)
{
	return field_parse(arena, fields, query, strlen(query), true, &values);
}

static enum status
post(const char *query)
{
	return field_parse(arena, fields, query, strlen(query), false, &values);
}

START_TEST(values_are_decoded_once)
{
	ck_assert_int_eq(get("q=a%20b+c&text=%E4%B8%AD%0D%0Ax&&=&before=1700000000-42"), OK);
	ck_assert_str_eq(field_value(values, "q"), "a b c");
	ck_assert_str_eq(field_value(values, "text"), "中\nx");
	ck_assert_str_eq(field_value(values, "before"), "1700000000-42");
	/* A second decoding would turn it into a quotation mark. */
	ck_assert_int_eq(get("q=%2522"), OK);
	ck_assert_str_eq(field_value(values, "q"), "%22");
	ck_assert_int_eq(post("%71=a%3Db%26c"), OK);
	ck_assert_str_eq(field_value(values, "q"), "a=b&c");
}
END_TEST

START_TEST(absent_and_empty_values_differ)
{
	ck_assert_int_eq(get(""), OK);
	ck_assert_ptr_null(field_value(values, "q"));
	ck_assert_int_eq(get("q"), OK);
	ck_assert_str_eq(field_value(values, "q"), "");
	ck_assert_int_eq(get("q=&text"), OK);
	ck_assert_str_eq(field_value(values, "q"), "");
	ck_assert_str_eq(field_value(values, "text"), "");
}
END_TEST

START_TEST(unknown_and_repeated_names_are_refused_in_a_form)
{
	ck_assert_int_eq(get("utm_source=x&q=1&q=2"), OK);
	ck_assert_str_eq(field_value(values, "q"), "1");
	ck_assert_int_eq(post("utm_source=x"), BAD_REQUEST);
	ck_assert_int_eq(post("q=1&q=2"), BAD_REQUEST);
	/* A name with a NUL is not the name before it. */
	ck_assert_int_eq(post("q%00=1"), BAD_REQUEST);
	ck_assert_int_eq(get("q%00=1"), OK);
	ck_assert_ptr_null(field_value(values, "q"));
}
END_TEST

START_TEST(a_form_without_declared_fields_must_be_empty)
{
	ck_assert_int_eq(field_parse(arena, NULL, "a=b", 3, true, &values), OK);
	ck_assert_int_eq(field_parse(arena, NULL, "", 0, false, &values), OK);
	ck_assert_int_eq(field_parse(arena, NULL, "a=b", 3, false, &values), BAD_REQUEST);
}
END_TEST

START_TEST(malformed_escapes_are_replaced_in_a_query_and_refused_in_a_form)
{
	ck_assert_int_eq(get("q=100%&text=%4&before="), OK);
	ck_assert_str_eq(field_value(values, "q"), "100\uFFFD");
	ck_assert_str_eq(field_value(values, "text"), "\uFFFD" "4");
	ck_assert_int_eq(get("q=%zz%u0041"), OK);
	ck_assert_str_eq(field_value(values, "q"), "\uFFFDzz\uFFFDu0041");
	ck_assert_int_eq(post("q=100%"), INVALID);
	ck_assert_str_eq(field_value(values, "q"), "100\uFFFD");
}
END_TEST

/* In a query, invalid bytes become U+FFFD. A form with such bytes is shown again. */
START_TEST(invalid_bytes_are_replaced_in_a_query_and_refused_in_a_form)
{
	const struct invalid_bytes *bytes = &invalid_bytes[_i];
	struct str query = str_init(arena);
	bool bad = !bytes->block;

	str_add(&query, "text=");
	for (size_t i = 0; i < bytes->head_length; i++)
		str_printf(&query, "%%%02x", (unsigned)(unsigned char)bytes->head[i]);
	for (size_t i = 0; i < bytes->unit_length && bytes->times > 0; i++)
		str_printf(&query, "%%%02x", (unsigned)(unsigned char)bytes->unit[i]);
	if (strcmp(bytes->name, "combining flood") == 0)
		bad = false; /* one unit is no flood */
	ck_assert_int_eq(get(query.bytes), OK);
	ck_assert_msg((strstr(field_value(values, "text"), "\uFFFD") != NULL) == bad, "%s", bytes->name);
	ck_assert_msg(post(query.bytes) == (bad ? INVALID : OK), "%s", bytes->name);
	ck_assert_msg((strstr(field_value(values, "text"), "\uFFFD") != NULL) == bad, "%s", bytes->name);
}
END_TEST

START_TEST(a_line_break_in_a_single_line_field_is_refused)
{
	ck_assert_int_eq(post("q=a%0D%0AX-Header:+1"), TOO_LARGE);
	ck_assert_int_eq(post("q=a%0D%0Ab"), INVALID);
	ck_assert_int_eq(get("q=a%0Ab"), OK);
	ck_assert_str_eq(field_value(values, "q"), "a\uFFFDb");
}
END_TEST

START_TEST(limits_count_characters_not_bytes)
{
	ck_assert_int_eq(post("q=%E4%B8%AD%E4%B8%AD%E4%B8%AD%E4%B8%AD%E4%B8%AD%E4%B8%AD%E4%B8%AD%E4%B8%AD%E4%B8%AD%E4%B8%AD"), OK);
	ck_assert_int_eq(post("q=12345678901"), TOO_LARGE);
	ck_assert_str_eq(field_value(values, "q"), "12345678901"); /* for the form that is shown again */
	ck_assert(field_refused(values, "q"));
	ck_assert_int_eq(get("q=123456789%E4%B8%AD%E4%B8%AD"), OK);
	ck_assert_str_eq(field_value(values, "q"), "123456789中");
}
END_TEST

START_TEST(too_many_or_too_large_values_are_refused)
{
	struct str many = str_init(arena), large = str_init(arena);

	for (int i = 0; i < FIELD_PAIRS_MAX; i++)
		str_add(&many, "x&");
	ck_assert_int_eq(get(many.bytes), OK);
	str_add(&many, "x");
	ck_assert_int_eq(get(many.bytes), BAD_REQUEST);
	for (int i = 0; i < 10000; i++)
		str_add(&large, "a=1&");
	ck_assert_int_eq(get(large.bytes), TOO_LARGE);
	ck_assert_int_eq(post(large.bytes), TOO_LARGE);
	/* Every character of every field percent-encoded must fit. */
	large = str_init(arena);
	str_add(&large, "text=");
	for (int i = 0; i < 100; i++)
		str_add(&large, "%F0%9F%98%80");
	ck_assert_int_eq(post(large.bytes), OK);
}
END_TEST

START_TEST(required_fields_must_not_be_empty)
{
	ck_assert_int_eq(field_parse(arena, needs, "", 0, false, &values), INVALID);
	ck_assert_ptr_null(field_value(values, "name"));
	ck_assert_int_eq(field_parse(arena, needs, "name=", 5, true, &values), INVALID);
	ck_assert_str_eq(field_value(values, "name"), "");
	ck_assert_int_eq(field_parse(arena, needs, "name=a", 6, false, &values), OK);
}
END_TEST

START_TEST(a_cursor_is_a_pair_of_integers)
{
	static const char *const no[] = { "", "-", "1", "1-", "-1", "1--2", "1-2-3", "a-1", "1-b", " 1-2", "1-2 ", "+1-2",
		"99999999999999999999-1", "1-99999999999999999999", "0x1-2" };
	long long first = 7, second = 7;

	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		ck_assert_msg(!field_cursor(no[i], &first, &second), "%s", no[i]);
	ck_assert_int_eq(first, 7);
	ck_assert(!field_cursor(NULL, &first, &second));
	ck_assert(field_cursor("1700000000-42", &first, &second));
	ck_assert_int_eq(first, 1700000000);
	ck_assert_int_eq(second, 42);
	ck_assert(field_cursor("-5-6", &first, &second));
	ck_assert_int_eq(first, -5);
	ck_assert_int_eq(get("before=nonsense"), OK);
	ck_assert_int_eq(post("before=nonsense"), INVALID);
	ck_assert_int_eq(post("before="), OK);
}
END_TEST

START_TEST(bytes_are_decoded_in_place)
{
	char bytes[] = "a%2fb+%41%", plus[] = "a+b";
	size_t length = strlen(bytes);

	ck_assert(!field_decode(bytes, &length, false));
	ck_assert_uint_eq(length, 6);
	ck_assert_int_eq(memcmp(bytes, "a/b+A%", 6), 0);
	length = 3;
	ck_assert(field_decode(plus, &length, true));
	ck_assert_int_eq(memcmp(plus, "a b", 3), 0);
}
END_TEST

START_TEST(reading_an_undeclared_field_ends_the_process)
{
	ck_assert_int_eq(get("q=1"), OK);
	(void)field_value(values, "Q");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("field");
	TCase *tests = tcase_create("field");

	tcase_add_checked_fixture(tests, setup, arena_teardown);
	tcase_add_test(tests, values_are_decoded_once);
	tcase_add_test(tests, absent_and_empty_values_differ);
	tcase_add_test(tests, unknown_and_repeated_names_are_refused_in_a_form);
	tcase_add_test(tests, a_form_without_declared_fields_must_be_empty);
	tcase_add_test(tests, malformed_escapes_are_replaced_in_a_query_and_refused_in_a_form);
	tcase_add_loop_test(tests, invalid_bytes_are_replaced_in_a_query_and_refused_in_a_form, 0, (int)(sizeof(invalid_bytes) / sizeof(invalid_bytes[0])));
	tcase_add_test(tests, a_line_break_in_a_single_line_field_is_refused);
	tcase_add_test(tests, limits_count_characters_not_bytes);
	tcase_add_test(tests, too_many_or_too_large_values_are_refused);
	tcase_add_test(tests, required_fields_must_not_be_empty);
	tcase_add_test(tests, a_cursor_is_a_pair_of_integers);
	tcase_add_test(tests, bytes_are_decoded_in_place);
	suite_add_tcase(suite, tests);
	/* Under valgrind, Check runs tests without a fork, and a test that ends its process would end them all. */
	if (getenv("CK_FORK") == NULL)
		tcase_add_test_raise_signal(tests, reading_an_undeclared_field_ends_the_process, SIGABRT);
	return suite_run(suite);
}
