/* Settings: values by language, and what each type refuses, for example a colour with too little contrast. */
#include "support/store_case.h"
#include "support/suite.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/field.h"
#include "core/str.h"
#include "store/setting/setting.h"

static void
save(const char *name, const char *lang, const char *value)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(setting_save(store->db, name, lang, value), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

static const char *
value(const char *name, const char *lang)
{
	struct setting_values *values;

	ck_assert_int_eq(setting_read(store->db, store->arena, &values), OK);
	return setting_value(values, name, lang);
}

static const char *
problem(const char *name, const char *text)
{
	return setting_problem(store->arena, setting_find(name), text);
}

START_TEST(every_setting_has_a_help_text_and_a_valid_default)
{
	for (const struct setting *setting = settings; setting->name != NULL; setting++) {
		size_t length = strlen(setting->help);
		ck_assert_ptr_eq(setting_find(setting->name), setting);
		ck_assert_msg(length > 10 && setting->help[length - 1] == '.', "%s: help is a sentence", setting->name);
		ck_assert_msg(problem(setting->name, setting->default_value) == NULL, "%s: its default does not fit: %s",
			setting->name, problem(setting->name, setting->default_value));
	}
	ck_assert_ptr_null(setting_find("unknown"));
	ck_assert_ptr_null(setting_find(""));
	ck_assert_ptr_null(setting_find(NULL));
}
END_TEST

/* Whether a text has that word, not as a part of another. */
static bool
has_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
		if ((at == text || !isalnum((unsigned char)at[-1])) && !isalnum((unsigned char)at[length]))
			return true;
	return false;
}

/* A form shows choices by their labels; the command needs the values that are typed. check_lang.c looks for the translations. */
START_TEST(the_command_help_lists_raw_values_and_the_form_help_does_not)
{
	static const char *const flags[] = { "yes", "no", NULL }, *const languages[] = { "en", "zh", NULL };

	for (const struct setting *setting = settings; setting->name != NULL; setting++) {
		const char *const *values = setting->type == SETTING_FLAG ? flags :
			setting->type == SETTING_LANGUAGE || setting->type == SETTING_LANGUAGES ? languages : NULL;
		const char *help = setting_command_help(setting);
		ck_assert_msg(strlen(help) > 10 && help[strlen(help) - 1] == '.', "%s: the command's help is a sentence", setting->name);
		if (setting->command_help != NULL)
			ck_assert_msg(!str_equal(setting->command_help, setting->help), "%s: both are the same: use NULL", setting->name);
		for (; values != NULL && *values != NULL; values++) {
			ck_assert_msg(has_word(help, *values), "%s: its value %s is not in the command's help", setting->name, *values);
			ck_assert_msg(!has_word(setting->help, *values), "%s: its value %s is in the form's help", setting->name, *values);
		}
		if (setting->type == SETTING_CHOICE) {
			ck_assert_msg(setting->command_help != NULL, "%s: no help for the command", setting->name);
			for (const struct field_choice *choice = setting_choices(setting); choice->value != NULL; choice++)
				ck_assert_msg(has_word(help, choice->value), "%s: its value %s is not in the command's help", setting->name, choice->value);
		}
		/* A place on the site has its name in a form, and its address for a command. */
		ck_assert_msg(strstr(setting->help, "/admin") == NULL, "%s: the form's help names an address of the studio", setting->name);
	}
}
END_TEST

START_TEST(old_names_map_to_settings_and_are_not_settings)
{
	size_t count = 0;

	for (const struct setting_old_name *old = setting_old_names; old->old != NULL; old++, count++) {
		ck_assert_msg(setting_find(old->old) == NULL, "%s is a setting", old->old);
		ck_assert_msg(setting_find(old->name) != NULL, "%s is not a setting", old->name);
		ck_assert_ptr_eq(setting_renamed(old->old), setting_find(old->name));
	}
	ck_assert_uint_ge(count, 11);
	ck_assert_ptr_null(setting_renamed("title"));
	ck_assert_ptr_null(setting_renamed("titel"));
	ck_assert_ptr_null(setting_renamed(NULL));
}
END_TEST

START_TEST(a_value_falls_back_to_all_languages_and_then_to_the_default)
{
	ck_assert_str_eq(value("tagline", ""), "");
	ck_assert_str_eq(value("language", "zh"), "en");
	save("title", "", "Everywhere");
	save("title", "zh", "中文名");
	ck_assert_str_eq(value("title", "zh"), "中文名");
	ck_assert_str_eq(value("title", "en"), "Everywhere");
	ck_assert_str_eq(value("title", ""), "Everywhere");
	ck_assert_str_eq(value("title", "xx"), "Everywhere");
	ck_assert_str_eq(value("title", NULL), "Everywhere");
	save("title", "zh", "新名");
	ck_assert_str_eq(value("title", "zh"), "新名");
	save("title", "zh", NULL);
	ck_assert_str_eq(value("title", "zh"), "Everywhere");
	save("title", NULL, NULL);
	ck_assert_str_eq(value("title", ""), setting_find("title")->default_value);
	/* A value that was set to empty differs from one that was never set. */
	save("title", "en", "");
	ck_assert_str_eq(value("title", "en"), "");
}
END_TEST

/* A database that a later version has written must still be readable. */
START_TEST(unknown_names_and_languages_are_ignored)
{
	save("of_a_later_version", "", "x");
	save("title", "fr", "Titre");
	ck_assert_str_eq(value("title", "fr"), setting_find("title")->default_value);
	ck_assert_str_eq(value("title", ""), setting_find("title")->default_value);
}
END_TEST

START_TEST(reading_an_undeclared_setting_ends_the_process)
{
	(void)value("titel", "");
}
END_TEST

/* Contrast by WCAG 2.1 on #fbfaf7. #767676 has 4.54 on white and less than 4.5 on this background. */
START_TEST(a_colour_must_have_enough_contrast_with_the_background)
{
	const char *const good[] = { "#a8281c", "#000000", "#A8281C", "#5f5b55", "#0000ff", "#737371" };
	const char *const bad[] = { "#767676", "#ffffff", "#fbfaf7", "#ff0000", "#00ff00", "#ff8e78", "#777777" };
	const char *const wrong[] = { "", "red", "#fff", "a8281c", "#a8281", "#a8281cc", "#a8281g", "# 8281c", "#a8281c ",
		"#-1-1-1", "rgb(0,0,0)", "#a8281c;background:url(x)" };

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ck_assert_msg(problem("accent_colour", good[i]) == NULL, "%s: %s", good[i], problem("accent_colour", good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(str_starts(problem("accent_colour", bad[i]), "the colour has a contrast of"), "%s", bad[i]);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(str_starts(problem("accent_colour", wrong[i]), "Enter a colour as"), "%s", wrong[i]);
	ck_assert_ptr_nonnull(strstr(problem("accent_colour", "#fbfaf7"), "1.00 to 1"));
	ck_assert_ptr_nonnull(strstr(problem("accent_colour", "#ff0000"), "3.83 to 1"));
}
END_TEST

START_TEST(each_type_refuses_invalid_values)
{
	const struct {
		const char *name, *good, *bad;
	} rows[] = {
		{ "title", "My words", "two\nlines" },
		{ "title", "", "right\xe2\x80\xaeleft" },
		{ "title", "王小明的网站", "\xc0\xbcscript" },
		{ "home_intro", "two\nlines, **bold**", "\x01" },
		{ "logo_letter", "王", "王小" },
		{ "logo_letter", "", " " },
		{ "logo_letter", "W", "WX" },
		{ "language", "zh", "fr" },
		{ "language", "en", "" },
		{ "languages", "en zh", "zh en" },
		{ "languages", "zh", "en, zh" },
		{ "time_zone", "UTC", "" },
		{ "time_zone", "Asia/Shanghai", "Asia" },
		{ "time_zone", "Europe/Berlin", "../../../etc/passwd" },
		{ "time_zone", "Etc/GMT+8", "/usr/share/zoneinfo/UTC" },
		{ "time_zone", "UTC", "Mars/Olympus" },
		{ "time_zone", "UTC", "zone.tab" },
		{ "comments_shown", "yes", "true" },
		{ "search_engines", "no", "" },
	};
	char long_text[30000];

	memset(long_text, 'a', sizeof(long_text));
	long_text[20001] = '\0';
	ck_assert_ptr_nonnull(problem("home_intro", long_text));
	ck_assert_ptr_null(problem("home_intro", long_text + 1));
	long_text[501] = '\0';
	ck_assert_ptr_nonnull(problem("title", long_text));
	ck_assert_ptr_null(problem("title", long_text + 1));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ck_assert_msg(problem(rows[i].name, rows[i].good) == NULL, "%s: %s: %s", rows[i].name, rows[i].good,
			problem(rows[i].name, rows[i].good));
		ck_assert_msg(problem(rows[i].name, rows[i].bad) != NULL, "%s: \"%s\" is accepted", rows[i].name, rows[i].bad);
	}
}
END_TEST

/* Checking a time zone must not change the time zone of the process. */
START_TEST(checking_a_time_zone_does_not_set_it)
{
	const char *before = getenv("TZ");

	ck_assert_ptr_null(problem("time_zone", "Asia/Shanghai"));
	ck_assert_msg(getenv("TZ") == before || str_equal(getenv("TZ"), before), "TZ has changed");
}
END_TEST

START_TEST(a_theme_must_be_a_name_not_a_path)
{
	static const char *const wrong[] = { "", "/", ".", "..", "../x", "a/b", "a.b", "A", "a b", "-a", "a\n", "é",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };

	ck_assert(setting_is_theme("default") && setting_is_theme("my-theme-2"));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		ck_assert_msg(!setting_is_theme(wrong[i]) && problem("theme", wrong[i]) != NULL, "%s", wrong[i]);
}
END_TEST

/* The command of another version may have stored any value. */
START_TEST(an_invalid_stored_count_gives_the_default)
{
	static const struct { const char *stored; size_t count; } cases[] = { { "1", 1 }, { "50", 50 }, { "0", 20 }, { "51", 20 }, { "-3", 20 }, { "", 20 }, { "x", 20 } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct setting_values *values;
		save("posts_per_page", "", cases[i].stored);
		ck_assert_int_eq(setting_read(store->db, store->arena, &values), OK);
		ck_assert_uint_eq(setting_count(values, "posts_per_page"), cases[i].count);
	}
}
END_TEST

static const char *
digest_now(void)
{
	struct setting_values *values;

	ck_assert_int_eq(setting_read(store->db, store->arena, &values), OK);
	return setting_digest(values);
}

START_TEST(the_digest_changes_with_any_value_and_comes_back_with_it)
{
	const char *before = digest_now(), *empty;

	ck_assert_str_eq(digest_now(), before);
	save("title", "zh", "");
	empty = digest_now();
	ck_assert_str_ne(empty, before); /* set to nothing is not the same as not set */
	save("title", "zh", "x");
	ck_assert_str_ne(digest_now(), empty);
	save("title", "zh", NULL);
	ck_assert_str_eq(digest_now(), before);
	save("time_zone", "", "Asia/Shanghai");
	ck_assert_str_ne(digest_now(), before);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("setting");
	TCase *cases = tcase_create("setting");

	tcase_add_checked_fixture(cases, store_setup, store_teardown);
	tcase_add_test(cases, every_setting_has_a_help_text_and_a_valid_default);
	tcase_add_test(cases, the_command_help_lists_raw_values_and_the_form_help_does_not);
	tcase_add_test(cases, old_names_map_to_settings_and_are_not_settings);
	tcase_add_test(cases, a_theme_must_be_a_name_not_a_path);
	tcase_add_test(cases, an_invalid_stored_count_gives_the_default);
	tcase_add_test(cases, the_digest_changes_with_any_value_and_comes_back_with_it);
	tcase_add_test(cases, a_value_falls_back_to_all_languages_and_then_to_the_default);
	tcase_add_test(cases, unknown_names_and_languages_are_ignored);
	tcase_add_test_raise_signal(cases, reading_an_undeclared_setting_ends_the_process, 6);
	tcase_add_test(cases, a_colour_must_have_enough_contrast_with_the_background);
	tcase_add_test(cases, each_type_refuses_invalid_values);
	tcase_add_test(cases, checking_a_time_zone_does_not_set_it);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
