/* Header fields and bodies are 7-bit text that decodes to the original. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/mail_encoding.h"
#include "core/str.h"
#include "core/token.h"

static void
setup(void)
{
	token_init();
	arena_setup();
}

START_TEST(ascii_text_is_not_encoded)
{
	ck_assert_str_eq(mail_encoded_words(arena, "Sign in to Mo's house", 9), "Sign in to Mo's house");
	ck_assert_str_eq(mail_encoded_words(arena, "", 9), "");
}
END_TEST

START_TEST(other_text_is_encoded)
{
	ck_assert_str_eq(mail_encoded_words(arena, "登录", 9), "=?UTF-8?B?55m75b2V?=");
	ck_assert_str_eq(mail_encoded_words(arena, "caf\xc3\xa9", 9), "=?UTF-8?B?Y2Fmw6k=?=");
	/* A text that looks like an encoded word is encoded. */
	ck_assert_str_eq(mail_encoded_words(arena, "=?x?q?y?=", 9), "=?UTF-8?B?PT94P3E/eT89?=");
}
END_TEST

/* Each line has at most 76 characters, and each encoded word contains whole characters. */
START_TEST(long_text_is_split_into_several_encoded_words)
{
	struct str text = str_init(arena);
	char *words, *line, *save = NULL;
	int lines = 0;

	for (int i = 0; i < 60; i++)
		str_add(&text, i % 7 == 0 ? "a" : "品");
	words = mail_encoded_words(arena, text.bytes, 9);
	for (line = strtok_r(words, "\r\n", &save); line != NULL; line = strtok_r(NULL, "\r\n", &save), lines++) {
		size_t length = strlen(line);
		ck_assert_uint_le(length + (lines == 0 ? 9 : 0), 76);
		line += *line == ' ';
		ck_assert(str_starts(line, "=?UTF-8?B?") && str_ends(line, "?="));
		/* A character that was cut would leave a group of four that begins with a continuation byte. */
		ck_assert_uint_eq(strlen(line) % 4, 0);
	}
	ck_assert_int_gt(lines, 3);
}
END_TEST

START_TEST(a_long_ascii_line_is_encoded_too)
{
	char text[200];

	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	ck_assert(str_starts(mail_encoded_words(arena, text, 9), "=?UTF-8?B?"));
}
END_TEST

START_TEST(lines_of_a_body_have_at_most_76_characters)
{
	struct str text = str_init(arena);
	const char *body;

	for (int i = 0; i < 100; i++)
		str_add(&text, "你好\r\n");
	body = mail_base64(arena, text.bytes);
	for (const char *line = body; *line != '\0'; line += strcspn(line, "\n") + 1)
		ck_assert_uint_le(strcspn(line, "\r"), 76);
	ck_assert(str_ends(body, "\r\n"));
	ck_assert_str_eq(mail_base64(arena, "你好\r\n"), "5L2g5aW9DQo=\r\n");
	ck_assert_str_eq(mail_base64(arena, ""), "");
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("mail_encoding");
	TCase *tests = tcase_create("all");

	tcase_add_checked_fixture(tests, setup, arena_teardown);
	tcase_add_test(tests, ascii_text_is_not_encoded);
	tcase_add_test(tests, other_text_is_encoded);
	tcase_add_test(tests, long_text_is_split_into_several_encoded_words);
	tcase_add_test(tests, a_long_ascii_line_is_encoded_too);
	tcase_add_test(tests, lines_of_a_body_have_at_most_76_characters);
	suite_add_tcase(suite, tests);
	return suite;
}

int
main(void)
{
	return suite_run(suite());
}
