/* Languages of the interface. The catalogue is the built one in $RENOWN_LOCALE; the first test fails when it is missing. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "page/lang/mo_file.h"
#include "page/lang/lang.h"
#include "store/setting/setting.h"

enum { SOME_DAY = 1795497822 }; /* 2026-11-24 05:23:42 UTC */

static void
setup(void)
{
	arena_setup();
	log_open("test", LOG_ERROR);
	if (getenv("RENOWN_LOCALE") == NULL)
		(void)setenv("RENOWN_LOCALE", "po", 0);
	(void)clock_use_zone("UTC");
}

START_TEST(the_language_can_change_with_each_request)
{
	for (int i = 0; i < 3; i++) {
		lang_use("en");
		ck_assert_str_eq(_("Archive"), "Archive");
		lang_use("zh");
		ck_assert_str_eq(_("Archive"), "归档");
		lang_use("zh");
		ck_assert_str_eq(_("Archive"), "归档");
	}
}
END_TEST

START_TEST(an_unknown_language_is_english)
{
	lang_use("zh");
	lang_use("tlh");
	ck_assert_str_eq(_("Archive"), "Archive");
	ck_assert(language_is("en") && language_is("zh"));
	ck_assert(!language_is("zh_CN") && !language_is("") && !language_is(NULL));
	ck_assert_str_eq(language_name("zh"), "中文");
	ck_assert_str_eq(language_name("tlh"), "tlh");
}
END_TEST

START_TEST(a_message_without_translation_stays_english)
{
	lang_use("zh");
	ck_assert_str_eq(_("No catalogue has this sentence."), "No catalogue has this sentence.");
}
END_TEST

/* The translation of the empty message is the header of the catalogue. */
START_TEST(the_empty_message_is_empty)
{
	lang_use("zh");
	ck_assert_str_eq(_(""), "");
}
END_TEST

START_TEST(messages_are_english_before_a_language_is_chosen)
{
	ck_assert_str_eq(_("Archive"), "Archive");
	ck_assert_str_eq(lang_count(arena, "%lld x", "%lld xs", 2), "2 xs");
}
END_TEST

START_TEST(plural_forms_follow_the_number)
{
	lang_use("en");
	ck_assert_str_eq(lang_count(arena, "%lld comment", "%lld comments", 0), "0 comments");
	ck_assert_str_eq(lang_count(arena, "%lld comment", "%lld comments", 1), "1 comment");
	ck_assert_str_eq(lang_count(arena, "%lld comment", "%lld comments", 9000000000), "9000000000 comments");
	ck_assert_str_eq(lang_count(arena, "%lld comment", "%lld comments", -5), "-5 comments");
	lang_use("zh");
	ck_assert_str_eq(lang_count(arena, "%lld comment", "%lld comments", 1), "1 条评论");
	ck_assert_str_eq(lang_count(arena, "%lld comment", "%lld comments", 7), "7 条评论");
}
END_TEST

/* A translation is data: its other percent signs are not interpreted. */
START_TEST(other_format_codes_in_a_translation_are_not_interpreted)
{
	ck_assert_str_eq(lang_count(arena, "%lld of 100%n %s", "%lld of 100%n %s", 3), "3 of 100%n %s");
}
END_TEST

START_TEST(dates_are_right_in_both_languages)
{
	static const char *const english[12] = { "January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December" };

	lang_use("en");
	ck_assert_str_eq(lang_date(arena, SOME_DAY), "24 November 2026");
	ck_assert_str_eq(lang_month(arena, 2026, 11), "November 2026");
	for (int month = 1; month <= 12; month++)
		ck_assert_str_eq(lang_month_name(arena, month), english[month - 1]);
	lang_use("zh");
	ck_assert_str_eq(lang_date(arena, SOME_DAY), "2026年11月24日");
	ck_assert_str_eq(lang_date(arena, 0), "1970年1月1日");
	ck_assert_str_eq(lang_month(arena, 2026, 5), "2026年5月");
	for (int month = 1; month <= 12; month++)
		ck_assert_str_eq(lang_month_name(arena, month), arena_printf(arena, "%d月", month));
	ck_assert_str_eq(lang_month_name(arena, 0), "");
	ck_assert_str_eq(lang_month_name(arena, 13), "");
}
END_TEST

START_TEST(dates_use_the_time_zone_of_the_site)
{
	lang_use("en");
	ck_assert(clock_use_zone("Pacific/Auckland"));
	ck_assert_str_eq(lang_date(arena, 1795497822 + 6 * 3600), "25 November 2026");
	ck_assert(clock_use_zone("America/Los_Angeles"));
	ck_assert_str_eq(lang_date(arena, 1795497822), "23 November 2026");
}
END_TEST

/*
 * A worker can be started with any locale, or with one that this system lacks. glibc's own gettext() translates
 * nothing in "C", and nothing in "C.UTF-8" either since 2.38.
 */
START_TEST(the_environments_locale_does_not_matter)
{
	static const char *const locales[] = { "", "C", "C.UTF-8", "POSIX", "de_DE.UTF-8", "nosuch", "tr_TR.UTF-8" };

	(void)setenv("LC_ALL", locales[_i], 1);
	(void)setenv("LANG", locales[_i], 1);
	(void)setenv("LANGUAGE", "fr:de", 1);
	(void)setlocale(LC_ALL, "");
	lang_use("en");
	ck_assert_str_eq(lang_date(arena, SOME_DAY), "24 November 2026");
	lang_use("zh");
	ck_assert_str_eq(_("Archive"), "归档");
	ck_assert_str_eq(lang_date(arena, SOME_DAY), "2026年11月24日");
	ck_assert_str_eq(lang_count(arena, "%lld comment", "%lld comments", 7), "7 条评论");
	lang_use("en");
	ck_assert_str_eq(_("Archive"), "Archive");
	ck_assert_str_eq(lang_count(arena, "%lld comment", "%lld comments", 1), "1 comment");
	ck_assert_str_eq(lang_count(arena, "%lld comment", "%lld comments", 2), "2 comments");
	/* Numbers keep the decimal point of the C locale. */
	ck_assert_str_eq(arena_printf(arena, "%.1f", 1.5), "1.5");
}
END_TEST

/* A file that is cut short or has one changed byte is refused, or read without going beyond its end. */
START_TEST(a_damaged_catalogue_is_harmless)
{
	const char *folder = getenv("RENOWN_LOCALE"), *good = arena_printf(arena, "%s/zh_CN/LC_MESSAGES/renown.mo", folder);
	char *bytes = arena_alloc(arena, 256 * 1024), path[] = "/tmp/check-lang-XXXXXX";
	FILE *file = fopen(good, "r");
	size_t length;
	int descriptor = mkstemp(path);

	ck_assert_ptr_nonnull(file);
	length = fread(bytes, 1, 256 * 1024, file);
	(void)fclose(file);
	ck_assert_int_ge(descriptor, 0);
	for (size_t i = 0; i < 64; i++) {
		struct mo_file *mo_file;
		size_t kept = i < 32 ? length * i / 32 : length;
		char saved = bytes[i];

		bytes[i] = i < 32 ? saved : (char)~saved;
		ck_assert_int_eq(ftruncate(descriptor, 0), 0);
		ck_assert_int_eq(pwrite(descriptor, bytes, kept, 0), (ssize_t)kept);
		mo_file = mo_file_open(path);
		if (mo_file != NULL) {
			(void)mo_file_find(mo_file, "Archive", 0);
			(void)mo_file_find(mo_file, "%lld comment", 5);
			mo_file_close(mo_file);
		}
		bytes[i] = saved;
	}
	(void)close(descriptor);
	(void)unlink(path);
	ck_assert_ptr_null(mo_file_open("/nonexistent"));
}
END_TEST

/* Labels and help texts of the forms. The command prints English (check_setting.c). */
START_TEST(every_setting_has_a_label_and_a_help_text_in_each_language)
{
	lang_use("zh");
	for (const struct setting *setting = settings; setting->name != NULL; setting++) {
		const char *const texts[] = { setting->label, setting->help };
		for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
			const char *text = lang_text(texts[i]);
			ck_assert_msg(!str_empty(texts[i]), "%s has no text", setting->name);
			ck_assert_msg(strcmp(text, texts[i]) != 0 && strpbrk(text, "\xe4\xe5\xe6\xe7\xe8\xe9") != NULL, "%s is not in Chinese: %s", setting->name, text);
		}
	}
	for (const struct setting_group_name *group = setting_groups; group->slug != NULL; group++)
		ck_assert_str_ne(lang_text(group->label), group->label);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("lang");
	TCase *cases = tcase_create("lang");

	tcase_add_test(cases, every_setting_has_a_label_and_a_help_text_in_each_language);
	tcase_add_checked_fixture(cases, setup, arena_teardown);
	tcase_add_test(cases, the_language_can_change_with_each_request);
	tcase_add_test(cases, an_unknown_language_is_english);
	tcase_add_test(cases, a_message_without_translation_stays_english);
	tcase_add_test(cases, the_empty_message_is_empty);
	tcase_add_test(cases, messages_are_english_before_a_language_is_chosen);
	tcase_add_test(cases, plural_forms_follow_the_number);
	tcase_add_test(cases, other_format_codes_in_a_translation_are_not_interpreted);
	tcase_add_test(cases, dates_are_right_in_both_languages);
	tcase_add_test(cases, dates_use_the_time_zone_of_the_site);
	tcase_add_loop_test(cases, the_environments_locale_does_not_matter, 0, 7);
	tcase_add_test(cases, a_damaged_catalogue_is_harmless);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
