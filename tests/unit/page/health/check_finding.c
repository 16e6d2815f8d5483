/* Check results that are stored in one language and read in another. The catalogue is the built one in $RENOWN_LOCALE. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <string.h>

#include "page/health/finding.h"
#include "page/lang/lang.h"

static void
setup(void)
{
	arena_setup();
	lang_use("en");
}

static struct finding found(const char *check, const char *message, ...) __attribute__((format(printf, 2, 3)));
static struct finding
found(const char *check, const char *message, ...)
{
	struct finding finding;
	va_list arguments;

	va_start(arguments, message);
	finding = finding_take(arena, check, message, arguments);
	va_end(arguments);
	return finding;
}

START_TEST(a_sentence_holds_its_values)
{
	struct finding finding = found("x", "%s: %lld of %d, %u %s", "a", 1LL << 40, -7, 8u, "b");

	ck_assert_uint_eq(finding.count, 5);
	ck_assert_str_eq(finding_sentence(arena, &finding), "a: 1099511627776 of -7, 8 b");
	finding = found("x", "ok");
	ck_assert_str_eq(finding_sentence(arena, &finding), "ok");
}
END_TEST

START_TEST(what_was_kept_is_read_in_another_language)
{
	struct str report = str_init(arena);
	struct finding first = found("Media file", "%s (%s) is missing. Restore it from a backup, or import its post again with --force.", "ab/cd.webp", "水.webp");
	struct finding second = found("Search", "The search index contains %lld of %lld posts. Run: renown render --all", 3LL, 4LL), read;
	const char *at;

	finding_write(&report, &first);
	finding_write(&report, &second);
	at = report.bytes;
	lang_use("zh");
	ck_assert(finding_read(arena, &at, &read));
	ck_assert_ptr_nonnull(strstr(finding_sentence(arena, &read), "ab/cd.webp"));
	ck_assert_ptr_nonnull(strstr(finding_sentence(arena, &read), "水.webp"));
	ck_assert_ptr_null(strstr(finding_sentence(arena, &read), "missing"));
	ck_assert_str_ne(lang_text(read.check), read.check);
	ck_assert(finding_read(arena, &at, &read));
	ck_assert_ptr_null(strstr(finding_sentence(arena, &read), "search index"));
	ck_assert_ptr_nonnull(strstr(finding_sentence(arena, &read), "3"));
	ck_assert(!finding_read(arena, &at, &read));
}
END_TEST

/* A value may be the name of a file, which a stranger has chosen. */
START_TEST(a_value_ends_no_line)
{
	struct str report = str_init(arena);
	struct finding finding = found("x", "%s and %s", "a\tb\nc%s%n", ""), read;
	const char *at;

	finding_write(&report, &finding);
	at = report.bytes;
	ck_assert(finding_read(arena, &at, &read));
	ck_assert_uint_eq(read.count, 2);
	ck_assert_str_eq(finding_sentence(arena, &read), "a b c%s%n and ");
	ck_assert(!finding_read(arena, &at, &read));
}
END_TEST

/* Of another version, or damaged: nothing is formatted that stands in the store. */
START_TEST(whatever_stands_in_the_store_is_harmless)
{
	static const char *const reports[] = { "x", "x\t", "\t%s %s %n %9$s %99999999999$s %", "x\t%s\ta\tb\tc\td\te\tf\tg\th\ti", "\n\n", "%s%s" };

	for (size_t i = 0; i < sizeof(reports) / sizeof(*reports); i++) {
		const char *at = reports[i];
		struct finding read;
		while (finding_read(arena, &at, &read))
			(void)finding_sentence(arena, &read);
	}
}
END_TEST

START_TEST(values_may_change_places)
{
	struct finding finding = { .check = "x", .message = "%2$s before %1$s", .values = { "a", "b" }, .count = 2 };

	ck_assert_str_eq(finding_sentence(arena, &finding), "b before a");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("finding");
	TCase *cases = tcase_create("finding");

	tcase_add_checked_fixture(cases, setup, arena_teardown);
	tcase_add_test(cases, a_sentence_holds_its_values);
	tcase_add_test(cases, what_was_kept_is_read_in_another_language);
	tcase_add_test(cases, a_value_ends_no_line);
	tcase_add_test(cases, whatever_stands_in_the_store_is_harmless);
	tcase_add_test(cases, values_may_change_places);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
