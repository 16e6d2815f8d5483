/* Passwords: what is stored, and which are accepted or refused. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "core/password.h"
#include "core/str.h"
#include "core/token.h"

static void
setup(void)
{
	token_init();
	arena_setup();
}

static bool
is_right(const char *hash, const char *password)
{
	bool right = !*password, stale;

	ck_assert_int_eq(password_check(hash, password, &right, &stale), OK);
	return right;
}

START_TEST(only_the_same_password_is_accepted)
{
	char *hash, *other;

	ck_assert_int_eq(password_hash(arena, "墨香 and four herons", &hash), OK);
	ck_assert_int_eq(password_hash(arena, "墨香 and four herons", &other), OK);
	ck_assert(str_starts(hash, "$argon2id$v=19$m=19456,t=2,p=1$"));
	ck_assert_str_ne(hash, other);
	ck_assert(is_right(hash, "墨香 and four herons"));
	ck_assert(!is_right(hash, "墨香 and four heron"));
	ck_assert(!is_right(hash, "墨香 and four herons "));
	ck_assert(!is_right(hash, ""));
}
END_TEST

/* If long passwords were cut, two different ones could count as equal. */
START_TEST(a_long_password_is_not_truncated)
{
	char password[PASSWORD_MAX * 4 + 1];
	char *hash;

	memset(password, 'x', sizeof(password) - 1);
	password[sizeof(password) - 1] = '\0';
	ck_assert_int_eq(password_hash(arena, password, &hash), OK);
	password[sizeof(password) - 2] = 'y';
	ck_assert(!is_right(hash, password));
}
END_TEST

/* The dummy password that is compared when there is no account must not sign anybody in. */
START_TEST(without_a_valid_hash_no_password_is_accepted)
{
	ck_assert(!is_right(NULL, "\n"));
	ck_assert(!is_right(NULL, ""));
	ck_assert(!is_right("", "x"));
	ck_assert(!is_right("$argon2id$v=19$m=19456,t=2,p=1$broken", "x"));
}
END_TEST

START_TEST(a_cheaper_hash_is_stale)
{
	char cheap[crypto_pwhash_STRBYTES], *hash;
	bool right, stale;

	ck_assert_int_eq(crypto_pwhash_str_alg(cheap, "four herons", 11, 1, 8 * 1024 * 1024, crypto_pwhash_ALG_ARGON2ID13), 0);
	ck_assert_int_eq(password_check(cheap, "four herons", &right, &stale), OK);
	ck_assert(right && stale);
	ck_assert_int_eq(password_check(cheap, "other herons", &right, &stale), OK);
	ck_assert(!right && !stale);
	ck_assert_int_eq(password_hash(arena, "four herons", &hash), OK);
	ck_assert_int_eq(password_check(hash, "four herons", &right, &stale), OK);
	ck_assert(right && !stale);
}
END_TEST

#if !defined(__SANITIZE_ADDRESS__) /* AddressSanitizer needs more memory than this limit */
/* libsodium reports "no memory" like a wrong password. */
START_TEST(lack_of_memory_is_not_reported_as_a_wrong_password)
{
	struct rlimit limit = { 0, 0 };
	char *hash;
	bool right, stale;

	ck_assert_int_eq(password_hash(arena, "four herons", &hash), OK);
	ck_assert(is_right(hash, "four herons"));
	ck_assert_int_eq(getrlimit(RLIMIT_AS, &limit), 0);
	limit.rlim_cur = 24 * 1024 * 1024;
	ck_assert_int_eq(setrlimit(RLIMIT_AS, &limit), 0);
	ck_assert_int_eq(password_check(hash, "four herons", &right, &stale), BUSY);
	ck_assert_int_eq(password_hash(arena, "four herons", &hash), BUSY);
}
END_TEST
#endif

static const char *const common[] = { "password", "password1", "12345678", "123456789", "qwertyuiop", "iloveyou", "sunshine1",
	"princess", "football1", "baseball", "superman", "trustno1", "P@ssw0rd", "abcd1234", "letmein123", "aaaaaaaaaaaa",
	"1q2w3e4r", "19851985", "woaini1314", "mail@example.org" };

START_TEST(common_passwords_are_refused)
{
	ck_assert_msg(password_problem(common[_i], "mail@example.org") != NULL, "%s", common[_i]);
}
END_TEST

START_TEST(strong_passwords_need_no_special_characters)
{
	ck_assert_ptr_null(password_problem("four quiet herons wade", "a@b.org"));
	ck_assert_ptr_null(password_problem("墨香里的旧书铺开门了", "a@b.org"));
	ck_assert_ptr_null(password_problem("kvetchy-lapdog", "a@b.org"));
	/* Eight characters, not bytes. */
	ck_assert_ptr_nonnull(password_problem("墨香书铺", "a@b.org"));
	ck_assert_ptr_nonnull(password_problem("", "a@b.org"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("password");
	TCase *cases = tcase_create("password");

	tcase_add_checked_fixture(cases, setup, arena_teardown);
	tcase_add_test(cases, only_the_same_password_is_accepted);
	tcase_add_test(cases, a_long_password_is_not_truncated);
	tcase_add_test(cases, without_a_valid_hash_no_password_is_accepted);
	tcase_add_test(cases, a_cheaper_hash_is_stale);
#if !defined(__SANITIZE_ADDRESS__)
	tcase_add_test(cases, lack_of_memory_is_not_reported_as_a_wrong_password);
#endif
	tcase_add_loop_test(cases, common_passwords_are_refused, 0, sizeof(common) / sizeof(*common));
	tcase_add_test(cases, strong_passwords_need_no_special_characters);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
