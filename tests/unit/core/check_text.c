/* The check of text, and the properties of characters. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/str.h"
#include "core/text.h"
#include "support/invalid_bytes.h"

static bool
accepts(const char *bytes, size_t length, enum text_kind kind)
{
	char *text;

	return text_accept(arena, bytes, length, kind, &text);
}

/* The text as accepted, or "(refused)". */
static const char *
accepted(const char *text, enum text_kind kind)
{
	char *result;

	return text_accept(arena, text, strlen(text), kind, &result) ? result : "(refused)";
}

static const char *
cleaned(const char *text, enum text_kind kind)
{
	return text_clean(arena, text, strlen(text), kind);
}

/* libxml2 reads C0 BC as "<". Such bytes must never reach it. */
START_TEST(invalid_bytes_are_refused_or_cleaned)
{
	const struct invalid_bytes *bytes = &invalid_bytes[_i];
	struct str text = str_init(arena);

	str_add_bytes(&text, bytes->head, bytes->head_length);
	for (size_t i = 0; i < bytes->times; i++)
		str_add_bytes(&text, bytes->unit, bytes->unit_length);
	ck_assert_msg(accepts(text.bytes, text.length, TEXT_LINE) == bytes->line, "%s as a line", bytes->name);
	ck_assert_msg(accepts(text.bytes, text.length, TEXT_BLOCK) == bytes->block, "%s as a block", bytes->name);
	for (enum text_kind kind = TEXT_LINE; kind <= TEXT_BLOCK; kind++) {
		const char *clean = text_clean(arena, text.bytes, text.length, kind);

		ck_assert_msg(accepts(clean, strlen(clean), kind), "%s, cleaned", bytes->name);
		ck_assert_msg((strstr(clean, "\xEF\xBF\xBD") == NULL) == (kind == TEXT_LINE ? bytes->line : bytes->block),
			"%s, cleaned, has U+FFFD", bytes->name);
	}
}
END_TEST

/* Each well-formed character is accepted, even if no text may contain it: this is the last check before the database. */
START_TEST(only_well_formed_utf8_is_accepted)
{
	static const char *const valid[] = { "", "a", "\x01\x7f", "caf\xc3\xa9", "\xe6\xb1\x89", "\xef\xbf\xbf", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf" };
	static const char *const broken[] = { "\x80", "\xc3", "\xc0\x80", "\xc1\xbf", "a\xe2\x82", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
		"\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "caf\xe9 b", "\xff" };

	for (size_t i = 0; i < sizeof(valid) / sizeof(valid[0]); i++)
		ck_assert_msg(text_is_utf8(valid[i]), "valid %zu", i);
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		ck_assert_msg(!text_is_utf8(broken[i]), "broken %zu", i);
}
END_TEST

/* Unicode 3.9: each broken sequence is one U+FFFD, so a text keeps its length as browsers see it. */
START_TEST(each_broken_sequence_becomes_one_replacement_character)
{
	ck_assert_str_eq(cleaned("a\xE2\x82" "b", TEXT_LINE), "a\uFFFDb");
	ck_assert_str_eq(cleaned("\xF0\x9F\x98", TEXT_LINE), "\uFFFD");
	ck_assert_str_eq(cleaned("\xC0\xBC", TEXT_LINE), "\uFFFD\uFFFD");
	ck_assert_str_eq(cleaned("\xED\xA0\x80", TEXT_LINE), "\uFFFD\uFFFD\uFFFD");
	ck_assert_str_eq(text_clean(arena, "a\0b", 3, TEXT_LINE), "a\uFFFDb");
}
END_TEST

/* Characters that no text may contain. */
static bool
is_control(int32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029
		|| (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

START_TEST(every_code_point_is_checked_and_read_back)
{
	char bytes[5] = "", *kept = NULL;
	int32_t refused = 0, controls = 0;

	/* All of the first plane; of the others the last 16 code points and every 13th, to keep the run under valgrind short. */
	for (int32_t c = 1; c <= 0x10FFFF; c += c < 0x10000 || (c & 0xFFFF) >= 0xFFF0 ? 1 : 13) {
		bool surrogate = c >= 0xD800 && c <= 0xDFFF;
		const char *rest = bytes;

		if (surrogate)
			memcpy(bytes, (char[]){ (char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)), (char)(0x80 | (c & 0x3F)), 0 }, 4);
		else
			bytes[text_put(c, bytes)] = '\0';
		/* Check records each assertion; a million of them take a minute. */
		if (text_accept(arena, bytes, strlen(bytes), TEXT_BLOCK, &kept) == surrogate)
			ck_abort_msg("U+%04X is accepted or refused wrongly", (unsigned)c);
		if (!surrogate && is_control(c) && *kept != '\0' && strcmp(kept, "\n") != 0)
			ck_abort_msg("U+%04X is kept", (unsigned)c);
		if (text_keeps_all(bytes, strlen(bytes), TEXT_RENDERED) == (surrogate || (is_control(c) && c != '\r')))
			ck_abort_msg("U+%04X in rendered text", (unsigned)c);
		controls += is_control(c);
		if (!surrogate && (text_next(&rest) != c || *rest != '\0'))
			ck_abort_msg("U+%04X is read back wrongly", (unsigned)c);
		refused += surrogate;
		if (c % 1024 == 0)
			arena_reset(arena);
	}
	ck_assert_int_eq(refused, 2048);
	ck_assert_int_eq(controls, 29 + 33 + 2 + 32 + 34);
}
END_TEST

START_TEST(text_next_stops_at_the_end_of_a_broken_string)
{
	const char *text = "\xE4\xB8";

	ck_assert_int_eq(text_next(&text), 0xFFFD);
	ck_assert_int_eq(text_next(&text), 0);
	ck_assert_int_eq(*text, '\0');
}
END_TEST

START_TEST(line_ends_are_normalised_and_a_byte_order_mark_is_removed)
{
	ck_assert_str_eq(accepted("a\r\nb\rc\n", TEXT_BLOCK), "a\nb\nc\n");
	ck_assert_str_eq(accepted("a\r\r\nb", TEXT_BLOCK), "a\n\nb");
	ck_assert_str_eq(accepted("\uFEFF# a", TEXT_BLOCK), "# a");
	ck_assert_str_eq(accepted("a\tb", TEXT_LINE), "a\tb");
	ck_assert_str_eq(accepted("a\nb", TEXT_LINE), "(refused)");
	ck_assert_str_eq(cleaned("a\nb", TEXT_LINE), "a\uFFFDb");
	ck_assert_str_eq(accepted("", TEXT_LINE), "");
}
END_TEST

/* Two names must not look the same because one contains a character without width. */
static const struct {
	const char *given, *line, *block;
} hidden[] = {
	{ "wa\u200Bng", "wang", "wang" },
	{ "wa\u2060ng", "wang", "wa\u2060ng" },
	{ "wa\u00ADng", "wang", "wa\u00ADng" },
	{ "wang\u200D", "wang", "wang" },
	{ "\u200Cwang", "wang", "wang" },
	{ "wa\u200Dng", "wang", "wang" },
	{ "王\u200D芳", "王芳", "王芳" },
	{ "wang\u202E", "wang", "wang" },
	{ "\u3164", "", "" },
	{ "한\u3164", "한", "한\u3164" },
	{ "wang\U000E0061", "wang", "wang" },
	{ "a\u200F", "a", "a" },
	{ "\u061Ca", "a", "a" },
	/* Control characters that other programs leave in copied text. */
	{ "你好\bGitHub。", "你好GitHub。", "你好GitHub。" },
	{ "a\x1B[31mb\x7F\x01", "a[31mb", "a[31mb" },
	{ "a\xC2\x80" "b\xC2\x9F" "c", "abc", "abc" },
	{ "a\uFFFEb\uFFFF\uFDD0\U0001FFFEc", "abc", "abc" },
	{ "a\uFEFFb\uFFF9c\u206Ad", "abcd", "abcd" },
	/* Other characters that break a line. */
	{ "a\vb\fc\xC2\x85" "d\u2028e\u2029f", "a b c d e f", "a\nb\nc\nd\ne\nf" },
	/* Direction marks are kept only if the text contains letters that are written from right to left. */
	{ "\u202AC:\\temp\u202C", "C:\\temp", "C:\\temp" },
	{ "שלום \u2067(abc)\u2069", "שלום (abc)", "שלום \u2067(abc)\u2069" },
	{ "abc\u200E سلام", "abc سلام", "abc\u200E سلام" },
	/* A zero-width space allows a line break in scripts without spaces. */
	{ "ภาษา\u200Bไทย", "ภาษาไทย", "ภาษา\u200Bไทย" },
	{ "品\u200B牌", "品牌", "品牌" },
	{ "\u180Ea \u182D\u180E\u1820", "a \u182D\u1820", "a \u182D\u180E\u1820" },
	/* After a character is removed, a second cleaning must not change the text again. */
	{ "👩\1\u200D💻", "👩\u200D💻", "👩\u200D💻" },
	{ "e\1\u0301", "é", "é" },
	{ "\r\1\n", "(refused)", "\n\n" },
};

START_TEST(invisible_characters_are_removed_where_they_have_no_meaning)
{
	for (enum text_kind kind = TEXT_LINE; kind <= TEXT_BLOCK; kind++) {
		const char *expected = kind == TEXT_LINE ? hidden[_i].line : hidden[_i].block, *given = hidden[_i].given;
		bool same = strcmp(given, expected) == 0;

		ck_assert_str_eq(accepted(given, kind), expected);
		/* text_keeps_all() is false if cleaning would change the text. */
		if (strcmp(given, "e\1\u0301") != 0)
			ck_assert(text_keeps_all(given, strlen(given), kind) == same);
	}
}
END_TEST

/* The position that the author is shown. */
static const struct {
	const char *bytes;
	enum text_kind kind;
	enum text_fault_kind fault;
	size_t line, column;
} faults[] = {
	{ "a\nbc\xFF", TEXT_BLOCK, TEXT_FAULT_BYTES, 2, 3 },
	{ "a\r\nb\rc\u2028中\xC0\xBC", TEXT_BLOCK, TEXT_FAULT_BYTES, 4, 2 },
	{ "a\nb", TEXT_LINE, TEXT_FAULT_BREAK, 1, 2 },
	{ "ab\r", TEXT_LINE, TEXT_FAULT_BREAK, 1, 3 },
	{ "\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"
		"\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", TEXT_LINE, TEXT_FAULT_MARKS, 1, 31 },
};

START_TEST(the_position_of_a_fault_is_reported)
{
	struct text_fault fault = { 0 };
	const char *bytes = faults[_i].bytes;

	ck_assert(text_find_fault(bytes, strlen(bytes), faults[_i].kind, &fault));
	ck_assert_int_eq(fault.kind, faults[_i].fault);
	ck_assert_uint_eq(fault.line, faults[_i].line);
	ck_assert_uint_eq(fault.column, faults[_i].column);
	ck_assert(text_find_fault("a\0b", 3, TEXT_BLOCK, &fault) && fault.kind == TEXT_FAULT_BYTES && fault.column == 2);
	ck_assert(!text_find_fault("a\bb\n\u200B", 7, TEXT_BLOCK, &fault));
}
END_TEST

START_TEST(needed_joiners_are_kept)
{
	static const char *const needed[] = { "👩‍💻", "👨‍👩‍👧‍👦", "❤️‍🔥", "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F",
		"می‌خواهم", "क्‍ष", "葛\U000E0100", "👍🏽", "☺️" };

	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		for (enum text_kind kind = TEXT_LINE; kind <= TEXT_RENDERED; kind++)
			ck_assert_str_eq(accepted(needed[i], kind), needed[i]);
}
END_TEST

/* A cleaned text is accepted the next time: NFC reorders marks, and a joiner beside replaced bytes has no meaning. */
static const char *const twice[] = { "\xcc\x85\xd9\x8c\xe2\x80\x8c", "\xd8\x9c\xe2\x80\x8c", "\xe2\x8c\xa9\xe2\x80\x8d",
	"\xef\xbb\xbf\xef\xbb\xbf#", "\xef\xbb\xbf\xef\xbb\xbf\xef\xbb#" };

START_TEST(a_cleaned_text_is_accepted_unchanged)
{
	for (enum text_kind kind = TEXT_LINE; kind <= TEXT_BLOCK; kind++) {
		const char *clean = text_clean(arena, twice[_i], strlen(twice[_i]), kind);
		char *again = NULL;
		ck_assert(text_accept(arena, clean, strlen(clean), kind, &again));
		ck_assert_str_eq(again, clean);
	}
}
END_TEST

START_TEST(text_is_normalised_to_nfc)
{
	ck_assert_str_eq(accepted("cafe\u0301", TEXT_LINE), "café");
	ck_assert_str_eq(accepted("\u1112\u1161\u11AB", TEXT_LINE), "한");
	ck_assert_str_eq(accepted("\u304B\u3099", TEXT_LINE), "が");
	ck_assert_str_eq(accepted("\u212B \uFA1E", TEXT_LINE), "Å 羽");
	ck_assert_str_eq(accepted("\u2126\u2000", TEXT_BLOCK), "Ω\u2002");
	/* Not NFKC: Chinese text uses full-width letters. */
	ck_assert_str_eq(accepted("ＡＢ，①", TEXT_LINE), "ＡＢ，①");
}
END_TEST

/* utf8proc sorts a run of marks in quadratic time: 300,000 of them took hours. */
START_TEST(long_runs_of_combining_marks_are_refused_quickly)
{
	struct str flood = str_init(arena), joined = str_init(arena);
	clock_t begun = clock();

	for (int i = 0; i < 30; i++)
		str_add(&flood, "\u0301");
	ck_assert(accepts(flood.bytes, flood.length, TEXT_BLOCK));
	str_add(&flood, "\u0316");
	ck_assert(!accepts(flood.bytes, flood.length, TEXT_BLOCK));
	for (int i = 0; i < 100000; i++)
		str_add(&flood, "\u0301\u0316");
	ck_assert(!accepts(flood.bytes, flood.length, TEXT_BLOCK));
	(void)text_clean(arena, flood.bytes, flood.length, TEXT_BLOCK);
	/* Removing markup can join runs of marks that it separated. */
	(void)text_fold(arena, flood.bytes);
	(void)text_slug(arena, flood.bytes);
	/* Folding drops ignorable characters, so they do not separate a run. */
	for (int i = 0; i < 100000; i++)
		str_add(&joined, "\u0301\u0316\u200D");
	ck_assert(!accepts(joined.bytes, joined.length, TEXT_BLOCK));
	(void)text_fold(arena, joined.bytes);
	ck_assert_msg(clock() - begun < 2 * CLOCKS_PER_SEC, "took too long");
}
END_TEST

START_TEST(length_counts_characters)
{
	ck_assert_uint_eq(text_length(""), 0);
	ck_assert_uint_eq(text_length("aé中😀"), 4);
}
END_TEST

START_TEST(cjk_characters_and_ideographs_are_recognised)
{
	const char *ideographs = "中𠮷々かカー한ﾊ〇", *marks = "，。「」！：～　《", *others = "aé1“—…·Ж\U0001F600";

	for (int32_t c; (c = text_next(&ideographs)) != 0;)
		ck_assert_msg(text_is_cjk(c) && text_is_ideograph(c), "U+%04X", (unsigned)c);
	for (int32_t c; (c = text_next(&marks)) != 0;)
		ck_assert_msg(text_is_cjk(c) && !text_is_ideograph(c), "U+%04X", (unsigned)c);
	for (int32_t c; (c = text_next(&others)) != 0;)
		ck_assert_msg(!text_is_cjk(c) && !text_is_ideograph(c), "U+%04X", (unsigned)c);
	ck_assert(text_is_cjk(0x3105) && !text_is_ideograph(0x3105)); /* bopomofo */
	ck_assert(!text_is_ideograph(0x30FB)); /* the dot between katakana names */
}
END_TEST

START_TEST(folding_ignores_case_and_width)
{
	ck_assert_str_eq(text_fold(arena, "HeLLo"), "hello");
	ck_assert_str_eq(text_fold(arena, "Straße ＡＢＣ ﬁ"), "strasse abc fi");
	ck_assert_str_eq(text_fold(arena, "ΣΊΣΥΦΟΣ"), text_fold(arena, "σίσυφος"));
	ck_assert_str_eq(text_fold(arena, "品\u200B牌"), "品牌");
	ck_assert_str_eq(text_fold(arena, ""), "");
}
END_TEST

START_TEST(slugs_are_made_from_titles)
{
	struct str title = str_init(arena);

	ck_assert_str_eq(text_slug(arena, "Hello, World!"), "hello-world");
	ck_assert_str_eq(text_slug(arena, "  中文 标题：第1章  "), "中文-标题-第1章");
	ck_assert_str_eq(text_slug(arena, "Ünïcode & C++"), "ünïcode-c");
	ck_assert_str_eq(text_slug(arena, "हिन्दी"), "हिन्दी");
	ck_assert_str_eq(text_slug(arena, "../../etc/passwd"), "etc-passwd");
	ck_assert_str_eq(text_slug(arena, "🎉 — !"), "");
	for (int i = 0; i < 60; i++)
		str_add(&title, "字-");
	ck_assert_uint_eq(text_length(text_slug(arena, title.bytes)), 79); /* the 80th would be '-' */
	for (int i = 0; i < 100; i++)
		str_add(&title, "字");
	ck_assert(text_is_slug(text_slug(arena, title.bytes)));
}
END_TEST

START_TEST(valid_slugs_are_recognised)
{
	static const char *const no[] = { "", "A", "a b", "-a", "a-", "a--b", "a/b", "ａ", "a.b", "cafe\u0301" };

	ck_assert(text_is_slug("a") && text_is_slug("a-1") && text_is_slug("中文") && text_is_slug("café"));
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		ck_assert_msg(!text_is_slug(no[i]), "%s", no[i]);
}
END_TEST

START_TEST(text_is_shortened_between_words)
{
	ck_assert_str_eq(text_shorten(arena, "short", 5), "short");
	ck_assert_str_eq(text_shorten(arena, "one two three", 9), "one two…");
	ck_assert_str_eq(text_shorten(arena, "one two, three", 12), "one two…");
	ck_assert_str_eq(text_shorten(arena, "今天天气很好，我们出去", 7), "今天天气很好…");
	ck_assert_str_eq(text_shorten(arena, "今天天气很好，我们出去", 8), "今天天气很好…");
	ck_assert_str_eq(text_shorten(arena, "他说「好」", 4), "他说…");
	ck_assert_str_eq(text_shorten(arena, "incomprehensibilities", 6), "incom…");
	ck_assert_str_eq(text_shorten(arena, "ab", 0), "");
	ck_assert_str_eq(text_shorten(arena, "ab", 1), "…");
	/* Not between a letter and its mark. */
	ck_assert_str_eq(text_shorten(arena, "xq\u0323yz", 3), "x…");
	for (size_t limit = 0; limit < 20; limit++)
		ck_assert_uint_le(text_length(text_shorten(arena, "aé 中文 word 👩‍💻 再见 q\u0323 end of it", limit)), limit);
}
END_TEST

START_TEST(white_space_is_collapsed_and_lists_are_split)
{
	ck_assert_str_eq(text_collapse(arena, " \n a \t\n b\u3000\u00A0c "), "a b c");
	ck_assert_str_eq(text_collapse(arena, " \n"), "");
	for (const char *rest = " ink , ,paper、墨，", *const *name = (const char *const[]){ "ink", "paper", "墨", NULL };; name++) {
		const char *found = text_list_next(arena, &rest);
		ck_assert_pstr_eq(found, *name);
		if (found == NULL)
			break;
	}
}
END_TEST

START_TEST(words_ideographs_and_reading_minutes_are_counted)
{
	struct str text = str_init(arena);
	size_t words, ideographs;

	text_count("Don't count, twice: naïve 中文和English混排 — 3.", &words, &ideographs);
	ck_assert_uint_eq(words, 6);
	ck_assert_uint_eq(ideographs, 5);
	ck_assert_int_eq(text_minutes(""), 1);
	for (int i = 0; i < 690; i++)
		str_add(&text, "word ");
	ck_assert_int_eq(text_minutes(text.bytes), 3);
	for (int i = 0; i < 800; i++)
		str_add(&text, "字");
	ck_assert_int_eq(text_minutes(text.bytes), 5);
}
END_TEST

START_TEST(the_language_of_a_text_is_guessed)
{
	ck_assert_str_eq(text_guess_language(""), "en");
	ck_assert_str_eq(text_guess_language("A post about 品牌."), "en");
	ck_assert_str_eq(text_guess_language("在 Debian 12 上用 nginx 部署一个用 C 写的网站，其实很简单。"), "zh");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("text");
	TCase *checks = tcase_create("checks"), *characters = tcase_create("characters");

	tcase_add_checked_fixture(checks, arena_setup, arena_teardown);
	tcase_set_timeout(checks, 60);
	tcase_add_test(checks, only_well_formed_utf8_is_accepted);
	tcase_add_loop_test(checks, invalid_bytes_are_refused_or_cleaned, 0, (int)(sizeof(invalid_bytes) / sizeof(invalid_bytes[0])));
	tcase_add_test(checks, each_broken_sequence_becomes_one_replacement_character);
	tcase_add_test(checks, every_code_point_is_checked_and_read_back);
	tcase_add_test(checks, text_next_stops_at_the_end_of_a_broken_string);
	tcase_add_test(checks, line_ends_are_normalised_and_a_byte_order_mark_is_removed);
	tcase_add_loop_test(checks, invisible_characters_are_removed_where_they_have_no_meaning, 0, sizeof(hidden) / sizeof(*hidden));
	tcase_add_loop_test(checks, the_position_of_a_fault_is_reported, 0, sizeof(faults) / sizeof(*faults));
	tcase_add_test(checks, needed_joiners_are_kept);
	tcase_add_loop_test(checks, a_cleaned_text_is_accepted_unchanged, 0, sizeof(twice) / sizeof(*twice));
	tcase_add_test(checks, text_is_normalised_to_nfc);
	tcase_add_test(checks, long_runs_of_combining_marks_are_refused_quickly);
	suite_add_tcase(suite, checks);
	tcase_add_checked_fixture(characters, arena_setup, arena_teardown);
	tcase_add_test(characters, length_counts_characters);
	tcase_add_test(characters, cjk_characters_and_ideographs_are_recognised);
	tcase_add_test(characters, folding_ignores_case_and_width);
	tcase_add_test(characters, slugs_are_made_from_titles);
	tcase_add_test(characters, valid_slugs_are_recognised);
	tcase_add_test(characters, text_is_shortened_between_words);
	tcase_add_test(characters, white_space_is_collapsed_and_lists_are_split);
	tcase_add_test(characters, words_ideographs_and_reading_minutes_are_counted);
	tcase_add_test(characters, the_language_of_a_text_is_guessed);
	suite_add_tcase(suite, characters);
	return suite_run(suite);
}
