/* Check results that are stored in one language and read in another. The catalogue is the built one in $RENOWN_LOCALE. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <string.h>

#include "page/health/health_result.h"
#include "page/lang/lang.h"

static void
setup(void)
{
	arena_setup();
	lang_use("en");
}

static struct health_result found(const char *check, const char *message, ...) __attribute__((format(printf, 2, 3)));
static struct health_result
found(const char *check, const char *message, ...)
{
	struct health_result health_result;
	va_list arguments;

	va_start(arguments, message);
	health_result = health_result_take(arena, check, message, arguments);
	va_end(arguments);
	return health_result;
}

START_TEST(values_are_inserted_into_the_message)
{
	struct health_result health_result = found("x", "%s: %lld of %d, %u %s", "a", 1LL << 40, -7, 8u, "b");

	ck_assert_uint_eq(health_result.count, 5);
	ck_assert_str_eq(health_result_text(arena, &health_result), "a: 1099511627776 of -7, 8 b");
	health_result = found("x", "ok");
	ck_assert_str_eq(health_result_text(arena, &health_result), "ok");
}
END_TEST

START_TEST(a_stored_result_is_shown_in_another_language)
{
	struct str report = str_init(arena);
	struct health_result first = found("Media file", "%s (%s) is missing. Restore it from a backup, or import its post again with --force.", "ab/cd.webp", "水.webp");
	struct health_result second = found("Search", "The search index contains %lld of %lld posts. Run: renown render --all", 3LL, 4LL), read;
	const char *at;

	health_result_write(&report, &first);
	health_result_write(&report, &second);
	at = report.bytes;
	lang_use("zh");
	ck_assert(health_result_read(arena, &at, &read));
	ck_assert_ptr_nonnull(strstr(health_result_text(arena, &read), "ab/cd.webp"));
	ck_assert_ptr_nonnull(strstr(health_result_text(arena, &read), "水.webp"));
	ck_assert_ptr_null(strstr(health_result_text(arena, &read), "missing"));
	ck_assert_str_ne(lang_text(read.check), read.check);
	ck_assert(health_result_read(arena, &at, &read));
	ck_assert_ptr_null(strstr(health_result_text(arena, &read), "search index"));
	ck_assert_ptr_nonnull(strstr(health_result_text(arena, &read), "3"));
	ck_assert(!health_result_read(arena, &at, &read));
}
END_TEST

/* A value can be a file name that somebody else has chosen. */
START_TEST(line_breaks_in_a_value_become_spaces)
{
	struct str report = str_init(arena);
	struct health_result health_result = found("x", "%s and %s", "a\tb\nc%s%n", ""), read;
	const char *at;

	health_result_write(&report, &health_result);
	at = report.bytes;
	ck_assert(health_result_read(arena, &at, &read));
	ck_assert_uint_eq(read.count, 2);
	ck_assert_str_eq(health_result_text(arena, &read), "a b c%s%n and ");
	ck_assert(!health_result_read(arena, &at, &read));
}
END_TEST

/* A report can be damaged or of another version: stored text is never used as a format. */
START_TEST(a_damaged_report_is_harmless)
{
	static const char *const reports[] = { "x", "x\t", "\t%s %s %n %9$s %99999999999$s %", "x\t%s\ta\tb\tc\td\te\tf\tg\th\ti", "\n\n", "%s%s" };

	for (size_t i = 0; i < sizeof(reports) / sizeof(*reports); i++) {
		const char *at = reports[i];
		struct health_result read;
		while (health_result_read(arena, &at, &read))
			(void)health_result_text(arena, &read);
	}
}
END_TEST

START_TEST(a_translation_can_change_the_order_of_values)
{
	struct health_result health_result = { .check = "x", .message = "%2$s before %1$s", .values = { "a", "b" }, .count = 2 };

	ck_assert_str_eq(health_result_text(arena, &health_result), "b before a");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("health_result");
	TCase *cases = tcase_create("health_result");

	tcase_add_checked_fixture(cases, setup, arena_teardown);
	tcase_add_test(cases, values_are_inserted_into_the_message);
	tcase_add_test(cases, a_stored_result_is_shown_in_another_language);
	tcase_add_test(cases, line_breaks_in_a_value_become_spaces);
	tcase_add_test(cases, a_damaged_report_is_harmless);
	tcase_add_test(cases, a_translation_can_change_the_order_of_values);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
