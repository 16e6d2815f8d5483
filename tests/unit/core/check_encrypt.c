/* Encrypted data can be read with its key only, and only unchanged. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "core/encrypt.h"
#include "core/token.h"

static const char *key;

static void
setup(void)
{
	token_init();
	arena_setup();
	key = token_new(arena);
}

START_TEST(an_encrypted_text_can_be_decrypted)
{
	static const char *const texts[] = { "", "x", "JBSWY3DPEHPK3PXP", "墨香\nand four herons" };
	char *decrypted;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		ck_assert(decrypt_text(arena, key, encrypt_text(arena, key, texts[i]), &decrypted));
		ck_assert_str_eq(decrypted, texts[i]);
	}
}
END_TEST

START_TEST(the_same_text_is_encrypted_differently_each_time)
{
	const char *one = encrypt_text(arena, key, "four herons"), *other = encrypt_text(arena, key, "four herons");

	ck_assert_str_ne(one, other);
	ck_assert_ptr_null(strstr(one, "herons"));
}
END_TEST

START_TEST(another_key_cannot_decrypt)
{
	char *decrypted;

	ck_assert(!decrypt_text(arena, token_new(arena), encrypt_text(arena, key, "four herons"), &decrypted));
}
END_TEST

/* Each letter matters: of the nonce, of the authentication tag and of the text. A shortened text is refused too. */
START_TEST(changed_or_shortened_text_is_not_decrypted)
{
	char *encrypted = encrypt_text(arena, key, "four herons"), *decrypted;
	size_t length = strlen(encrypted);

	for (size_t i = 0; i < length; i++) {
		char kept = encrypted[i];
		encrypted[i] = kept == 'A' ? 'Q' : 'A';
		ck_assert_msg(!decrypt_text(arena, key, encrypted, &decrypted), "letter %zu", i);
		encrypted[i] = kept;
	}
	ck_assert(decrypt_text(arena, key, encrypted, &decrypted));
	while (length > 0) {
		encrypted[--length] = '\0';
		ck_assert_msg(!decrypt_text(arena, key, encrypted, &decrypted), "%zu letters", length);
	}
	ck_assert(!decrypt_text(arena, key, "no base64 at all!", &decrypted));
}
END_TEST

START_TEST(encrypting_without_a_key_ends_the_process)
{
	(void)encrypt_text(arena, "", "four herons");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("encrypt");
	TCase *cases = tcase_create("encrypt");

	tcase_add_checked_fixture(cases, setup, arena_teardown);
	tcase_add_test(cases, an_encrypted_text_can_be_decrypted);
	tcase_add_test(cases, the_same_text_is_encrypted_differently_each_time);
	tcase_add_test(cases, another_key_cannot_decrypt);
	tcase_add_test(cases, changed_or_shortened_text_is_not_decrypted);
	tcase_add_test_raise_signal(cases, encrypting_without_a_key_ends_the_process, SIGABRT);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
