#include "core/password.h"

#include <sodium.h>
#include <string.h>
#include <zxcvbn.h>

#include "core/str.h"
#include "core/text.h"

#define N_(message) message /* translated by the code that shows it */

/* A hundred million guesses, in bits: more than throttled sign-in attempts reach in a lifetime. */
#define LEAST_BITS 26.6
/* RFC 9106 defines passes and memory in KiB; libsodium takes bytes. */
#define PASSES 2
#define MEMORY ((size_t)19 * 1024 * 1024)

enum status
password_hash(struct arena *arena, const char *password, char **ret_hash)
{
	char *hash = arena_alloc(arena, crypto_pwhash_STRBYTES);

	if (crypto_pwhash_str_alg(hash, password, strlen(password), PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return BUSY;
	*ret_hash = hash;
	return OK;
}

/*
 * The hash of a password that nobody can type, made once. It is compared when there is no account, so that the time
 * is the same, and its check must always succeed when there is enough memory.
 */
static const char *
known_hash(void)
{
	static char hash[crypto_pwhash_STRBYTES];

	if (hash[0] == '\0' &&
		crypto_pwhash_str_alg(hash, "\n", 1, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return NULL;
	return hash;
}

enum status
password_check(const char *hash, const char *password, bool *ret_right, bool *ret_stale)
{
	const char *known = known_hash();

	if (known == NULL)
		return BUSY;
	*ret_stale = false;
	*ret_right = crypto_pwhash_str_verify(hash == NULL ? known : hash, password, strlen(password)) == 0 && hash != NULL;
	if (*ret_right)
		*ret_stale = crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY) != 0;
	else if (crypto_pwhash_str_verify(known, "\n", 1) != 0)
		return BUSY;
	return OK;
}

const char *
password_problem(const char *password, const char *email)
{
	/* zxcvbn knows English words best; these are common Chinese passwords. */
	const char *known[] = { email, "renown", "woaini", "woaini1314", "5201314", "1314520", "woaiwojia", "nihao", "wodemima", "mima",
		"qq123456", "a123456", "zhongguo", NULL };

	if (text_length(password) < PASSWORD_MIN)
		return N_("Use at least 8 characters.");
	if (str_equal(password, email) || ZxcvbnMatch(password, known, NULL) < LEAST_BITS)
		return N_("This password is too easy to guess. Several words together are safer, and easy to remember.");
	return NULL;
}
