/* Merging and comparing texts: no text of either author is lost. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "page/post/text_merge.h"

static const struct text_merge_marks marks = { "**Yours:**", "**Theirs:**", "**Until here.**" };

static const char *
merged(const char *base, const char *mine, const char *theirs, size_t conflicts)
{
	char *text;
	size_t found;

	ck_assert_int_eq(text_merge_lines(arena, base, mine, theirs, &marks, &text, &found), OK);
	ck_assert_msg(found == conflicts, "%zu conflicts instead of %zu: %s", found, conflicts, text);
	return text;
}

START_TEST(changes_of_one_side_are_merged)
{
	ck_assert_str_eq(merged("one\n\ntwo\n\nthree", "ONE\n\ntwo\n\nthree", "one\n\ntwo\n\nTHREE", 0), "ONE\n\ntwo\n\nTHREE");
	ck_assert_str_eq(merged("one\n\ntwo", "one\n\ntwo", "one\n\ntwo\n\nthree", 0), "one\n\ntwo\n\nthree");
	ck_assert_str_eq(merged("第一段。\n\n第二段。\n\n第三段。", "第一段，改。\n\n第二段。\n\n第三段。", "第一段。\n\n第二段。\n\n第三段，也改。", 0),
		"第一段，改。\n\n第二段。\n\n第三段，也改。");
	ck_assert_str_eq(merged("", "", "", 0), "");
	ck_assert_str_eq(merged("same", "other", "other", 0), "other");
}
END_TEST

START_TEST(conflicting_changes_are_both_kept_with_marks)
{
	ck_assert_str_eq(merged("one\n\ntwo\n\nthree", "one\n\nTWO\n\nthree", "one\n\n2\n\nthree", 1),
		"one\n\n**Yours:**\n\nTWO\n\n**Theirs:**\n\n2\n\n**Until here.**\n\nthree");
	/* Without a common base text. */
	ck_assert_ptr_nonnull(strstr(merged("", "mine", "theirs", 1), "**Yours:**\n\nmine\n\n**Theirs:**\n\ntheirs\n\n**Until here.**"));
}
END_TEST

/* Lines that look like libgit2's own marks belong to the author. */
START_TEST(lines_that_look_like_marks_are_kept)
{
	const char *odd = "Title\n=======\n\n<<<<<<< x\n\n>>>>>>>>>>>> y\n\nend";
	const char *mine = arena_printf(arena, "%s one", odd), *theirs = arena_printf(arena, "%s two", odd);
	const char *text = merged(odd, mine, theirs, 1);

	ck_assert(str_starts(text, "Title\n=======\n\n<<<<<<< x\n\n>>>>>>>>>>>> y\n\n**Yours:**"));
}
END_TEST

static void
joined(const char *before, const char *after, const char *expected)
{
	struct change_piece *pieces;
	struct str all = str_init(arena), old = str_init(arena), new = str_init(arena);
	size_t count;

	ck_assert_int_eq(text_merge_compare(arena, before, after, &pieces, &count), OK);
	for (size_t i = 0; i < count; i++) {
		static const char *const open[] = { [CHANGE_SAME] = "", [CHANGE_OUT] = "[-", [CHANGE_IN] = "[+" };
		str_printf(&all, "%s%s%s", open[pieces[i].change], pieces[i].text, pieces[i].change == CHANGE_SAME ? "" : "]");
		if (pieces[i].change != CHANGE_IN)
			str_add(&old, pieces[i].text);
		if (pieces[i].change != CHANGE_OUT)
			str_add(&new, pieces[i].text);
	}
	ck_assert_str_eq(old.bytes, before);
	ck_assert_str_eq(new.bytes, after);
	if (expected != NULL)
		ck_assert_str_eq(all.bytes, expected);
}

START_TEST(texts_are_compared_word_by_word)
{
	joined("The old paper dries.", "The new paper dries fast.", "The [-old][+new] paper dries[+ fast].");
	joined("纸张会变干。", "纸张很快会变干。", "纸张[+很快]会变干。");
	joined("same", "same", "same");
	joined("", "", "");
	joined("", "all new", "[+all new]");
	joined("all gone", "", "[-all gone]");
	joined("a\nb", "a\n\nb", "a[-\n][+\n\n]b");
	joined("<b>x</b> & y", "<i>x</i> & y", NULL);
	joined("don't stop", "don't start", "don't [-stop][+start]");
	joined("é à ü", "é a ü", "é [-à][+a] ü");
}
END_TEST

/* Every word differs: time and memory stay limited. */
START_TEST(long_texts_are_compared)
{
	struct str one = str_init(arena), two = str_init(arena);
	size_t conflicts;
	char *text;

	for (int i = 0; i < 60000; i++) {
		str_printf(&one, "w%d\n", i * 7919 % 60013);
		str_printf(&two, "w%d\n", i * 7907 % 60013);
	}
	joined(one.bytes, two.bytes, NULL);
	ck_assert_int_eq(text_merge_lines(arena, "", one.bytes, two.bytes, &marks, &text, &conflicts), OK);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("text_merge");
	TCase *tests = tcase_create("texts");

	tcase_add_checked_fixture(tests, arena_setup, arena_teardown);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, changes_of_one_side_are_merged);
	tcase_add_test(tests, conflicting_changes_are_both_kept_with_marks);
	tcase_add_test(tests, lines_that_look_like_marks_are_kept);
	tcase_add_test(tests, texts_are_compared_word_by_word);
	tcase_add_test(tests, long_texts_are_compared);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
