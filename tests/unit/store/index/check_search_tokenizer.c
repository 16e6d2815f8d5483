/* The segmenter: FTS5 treats a run of Han characters as one word, so text must be split in the same way in the index and in a query. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "store/index/search_tokenizer.h"

#define Z "\xe2\x80\x8b" /* U+200B */

START_TEST(cjk_runs_are_split_into_pairs)
{
	const char *const rows[][2] = {
		{ "", "" },
		{ "plain words, only", "plain words, only" },
		{ "牌", "牌" },
		{ "品牌", "品牌" Z "牌" },
		{ "个人品牌", "个人" Z "人品" Z "品牌" Z "牌" },
		{ "我的 brand", "我的" Z "的 brand" },
		{ "用C写", "用" Z "C" Z "写" },
		{ "2026年", "2026" Z "年" },
		{ "你好，世界。", "你好" Z "好，世界" Z "界。" },
		{ "ひらがな", "ひら" Z "らが" Z "がな" Z "な" },
		{ "한국어", "한국" Z "국어" Z "어" },
		{ "人人人", "人人" Z "人人" Z "人" },
		{ "\xf0\xa0\xae\xb7野", "\xf0\xa0\xae\xb7野" Z "野" }, /* U+20BB7 */
		{ "é中", "é" Z "中" },
		/* Full-width letters become ASCII letters. */
		{ "ＡＢｃ１２", "ABc12" },
		{ "中Ａ", "中" Z "A" },
		/* A variation selector only chooses a glyph. A separator between Han characters is ignored. */
		{ "葛\xf3\xa0\x84\x80城", "葛城" Z "城" },
		{ "个" Z "人", "个人" Z "人" },
		{ "ไทย" Z "คำ", "ไทย" Z "คำ" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_str_eq(search_token_text(arena, rows[i][0]), rows[i][1]);
}
END_TEST

START_TEST(a_query_becomes_a_quoted_string)
{
	const char *const rows[][2] = {
		{ "brand", "\"brand\"" },
		{ "品牌", "\"品牌\"" },
		{ "个人品牌", "\"个人" Z "人品" Z "品牌\"" },
		{ "牌", "\"牌\" *" },
		{ "牌。", "\"牌\" *" },
		{ "品牌！", "\"品牌\"" },
		{ "品牌 brand", "\"品牌" Z "牌 brand\"" },
		{ "a牌", "\"a" Z "牌\" *" },
		{ "牌a", "\"牌" Z "a\"" },
		/* A run before a comma ends there. The last run may continue in the text. */
		{ "你好，世界", "\"你好" Z "好，世界\"" },
		{ "say \"hi\" AND", "\"say  hi  AND\"" },
		{ "a*", "\"a*\"" },
		{ "*a", "\"*a\"" },
		/* FTS5 treats a private-use character as a letter; here it is removed, so that it is not part of the last run. */
		{ "缣甁\xcc\x82 \xef\x94\x81", "\"缣甁\"" },
	};
	const char *const nothing[] = { "", " ", "\"", "\"\"", "*", "+-&|!(){}[]^~?:\\/", "，。", "…", "\xf0\x9f\x98\x80" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_str_eq(search_token_query(arena, rows[i][0]), rows[i][1]);
	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++)
		ck_assert_msg(search_token_query(arena, nothing[i]) == NULL, "\"%s\" has no letter", nothing[i]);
}
END_TEST

/* No quotation mark of a visitor may end the string early: the rest would be FTS5 syntax. */
START_TEST(a_query_cannot_end_its_own_string)
{
	const char *const hostile[] = { "a\" OR \"b", "\"a", "a\"", "\"\"\"a\"\"\"", "x\"*", "中\"文\"", "\"中" };

	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		const char *query = search_token_query(arena, hostile[i]);
		size_t marks = 0;
		for (const char *c = query; *c != '\0'; c++)
			marks += *c == '"';
		ck_assert_uint_eq(marks, 2);
		ck_assert_int_eq(query[0], '"');
	}
}
END_TEST

START_TEST(the_text_is_restored_from_its_pieces)
{
	const char *const texts[] = { "", "a", "个", "个人品牌", "我用 C 写了一个博客，名叫 renown。", "人人人人 人",
		"ひらがなとカタカナ、한국어", "mixed中text文 and 更多", "\xf0\xa0\xae\xb7野家abc\xf0\xa0\xae\xb7", "é中é" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		ck_assert_str_eq(search_token_restore(arena, search_token_text(arena, texts[i])), texts[i]);
}
END_TEST

START_TEST(marks_are_restored_around_the_same_characters)
{
	const char *const rows[][2] = {
		{ "个人" Z "人品" Z "\x01品牌\x02" Z "牌", "个人\x01品牌\x02" },
		{ "\x01个人\x02" Z "人品" Z "品牌" Z "牌", "\x01个人\x02品牌" },
		{ "\x01个人" Z "人品" Z "品牌\x02" Z "牌", "\x01个人品牌\x02" },
		{ "个人" Z "人品" Z "品牌" Z "\x01牌\x02", "个人品\x01牌\x02" },
		/* Two matches side by side, one after the other in the text, are one mark. */
		{ "\x01个人\x02" Z "人品" Z "\x01品牌\x02" Z "牌", "\x01个人品牌\x02" },
		/* A single character is marked inside its pair. */
		{ "个人" Z "人\x01品\x02" Z "品牌" Z "牌", "个人\x01品\x02牌" },
		{ "\x01个\x02人" Z "人", "\x01个\x02人" },
		{ "see \x01running\x02 water", "see \x01running\x02 water" },
		{ "牌" Z "\x01" "abc\x02。", "牌\x01" "abc\x02。" },
		/* A cut snippet: the character that the next piece would have repeated is kept. */
		{ "…人品" Z "\x01品牌\x02…", "…人\x01品牌\x02…" },
		{ "人品", "人品" },
		{ "人品" Z, "人品" },
		/* Unbalanced marks, which the program never writes, become balanced. */
		{ "\x01" "ab", "\x01" "ab\x02" },
		{ "ab\x02", "ab" },
		{ "\x01\x02\x01\x01", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_str_eq(search_token_restore(arena, rows[i][0]), rows[i][1]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("search_tokenizer");
	TCase *cases = tcase_create("search_tokenizer");

	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_add_test(cases, cjk_runs_are_split_into_pairs);
	tcase_add_test(cases, a_query_becomes_a_quoted_string);
	tcase_add_test(cases, a_query_cannot_end_its_own_string);
	tcase_add_test(cases, the_text_is_restored_from_its_pieces);
	tcase_add_test(cases, marks_are_restored_around_the_same_characters);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
