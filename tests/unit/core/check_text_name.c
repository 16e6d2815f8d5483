/* Names that strangers type: what is stored of them, and which of them imitate another name. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "core/text_name.h"

static const struct { const char *typed, *stored; } cleaned[] = {
	{ "Anna", "Anna" }, { "  Anna \t Li ", "Anna Li" }, { "", "" }, { "   ", "" },
	{ "\xCC\x81\xCC\x81", "" }, /* marks alone */
	{ "\xCC\x81""Anna", "Anna" },
	{ "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81!", "e\xCC\x81\xCC\x81!" },
	{ "Nguy\xE1\xBB\x85n", "Nguy\xE1\xBB\x85n" }, { "王芳", "王芳" }, { "\xE2\x9D\xA4", "\xE2\x9D\xA4" },
	{ "สมชาย", "สมชาย" }, { "हिन्दी", "हिन्दी" },
};

START_TEST(a_name_is_one_line_with_few_marks)
{
	ck_assert_str_eq(text_name_clean(arena, cleaned[_i].typed), cleaned[_i].stored);
}
END_TEST

START_TEST(a_hundred_marks_become_two_on_each_letter)
{
	struct str name = str_init(arena);
	size_t marks = 0;

	for (int letter = 0; letter < 5; letter++) {
		str_add(&name, "z");
		for (int mark = 0; mark < 20; mark++)
			str_add(&name, "\xCD\xA0");
	}
	for (const char *c = strstr(text_name_clean(arena, name.bytes), "\xCD\xA0"); c != NULL; c = strstr(c + 1, "\xCD\xA0"))
		marks++;
	ck_assert_uint_eq(marks, (size_t)5 * TEXT_NAME_MARKS);
}
END_TEST

/* Each imitates "Anna Li" or, in the second half, does not. */
static const struct { const char *other; bool same; } imitations[] = {
	{ "anna li", true }, { "ANNA LI", true }, { "AnnaLi", true }, { "A n n a  L i", true }, { "Anna.Li", true }, { "_Anna_Li_", true },
	{ "Ànna Lî", true }, { "A\xCC\x80nna Li", true },
	{ "Ａｎｎａ　Ｌｉ", true },                            /* full width */
	{ "𝐀𝐧𝐧𝐚 𝐋𝐢", true },                                  /* mathematical letters */
	{ "Аnnа Li", true },                                  /* Cyrillic А and а */
	{ "Anna\xE2\x80\x8BLi", true }, { "An\xE2\x80\x8Dna Li", true }, { "An\xC2\xADna Li", true }, /* zero width, soft hyphen */
	{ "\xE2\x80\xAE""Anna Li\xE2\x80\xAC", true },        /* bidi override */
	{ "Anna Li \xE2\x9C\x94", true },                     /* with a check mark behind it */
	{ "Anna", false }, { "Anna Liu", false }, { "Hanna Li", false }, { "", false }, { "安娜", false }, { "Ana Li", false },
};

START_TEST(an_imitated_name_is_recognised)
{
	const char *staff = text_name_fold(arena, "Anna Li");

	ck_assert_msg(str_equal(text_name_fold(arena, imitations[_i].other), staff) == imitations[_i].same, "%s", imitations[_i].other);
}
END_TEST

START_TEST(chinese_names_differ_by_their_characters)
{
	ck_assert_str_eq(text_name_fold(arena, " 王 芳。"), "王芳");
	ck_assert_str_ne(text_name_fold(arena, "王芳"), text_name_fold(arena, "王方"));
	ck_assert_str_eq(text_name_fold(arena, "!?*"), "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("text_name");
	TCase *cases = tcase_create("text_name");

	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_add_loop_test(cases, a_name_is_one_line_with_few_marks, 0, sizeof(cleaned) / sizeof(*cleaned));
	tcase_add_test(cases, a_hundred_marks_become_two_on_each_letter);
	tcase_add_loop_test(cases, an_imitated_name_is_recognised, 0, sizeof(imitations) / sizeof(*imitations));
	tcase_add_test(cases, chinese_names_differ_by_their_characters);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
