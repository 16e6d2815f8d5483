#include "core/token.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct digest {
	crypto_generichash_state state;
};

void
token_init(void)
{
	if (sodium_init() < 0)
		abort();
}

char *
token_new(struct arena *arena)
{
	unsigned char bytes[TOKEN_BYTES];
	size_t room = sodium_base64_ENCODED_LEN(sizeof(bytes), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = arena_alloc(arena, room);

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(text, room, bytes, sizeof(bytes), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(bytes, sizeof(bytes));
	return text;
}

static char *
hexadecimal(struct arena *arena, const unsigned char *bytes, size_t length)
{
	char *text = arena_alloc(arena, length * 2 + 1);

	return sodium_bin2hex(text, length * 2 + 1, bytes, length);
}

char *
token_short(struct arena *arena)
{
	unsigned char bytes[8];

	randombytes_buf(bytes, sizeof(bytes));
	return hexadecimal(arena, bytes, sizeof(bytes));
}

char *
token_letters(struct arena *arena, size_t count)
{
	static const char letters[] = "23456789abcdefghijkmnpqrstuvwxyz";
	char *text = arena_alloc(arena, count + 1);

	for (size_t i = 0; i < count; i++)
		text[i] = letters[randombytes_uniform(sizeof(letters) - 1)];
	text[count] = '\0';
	return text;
}

char *
digest_bytes(struct arena *arena, const void *bytes, size_t length)
{
	unsigned char hash[DIGEST_BYTES];

	crypto_generichash(hash, sizeof(hash), bytes, length, NULL, 0);
	return hexadecimal(arena, hash, sizeof(hash));
}

char *
digest_text(struct arena *arena, const char *text)
{
	return digest_bytes(arena, text, strlen(text));
}

char *
digest_keyed(struct arena *arena, const char *key, const char *text)
{
	unsigned char hash[DIGEST_BYTES];

	if (*key == '\0' || strlen(key) > crypto_generichash_KEYBYTES_MAX)
		abort(); /* without a key anybody could make the digest */
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)text, strlen(text), (const unsigned char *)key, strlen(key));
	return hexadecimal(arena, hash, sizeof(hash));
}

char *
token_of_digest(struct arena *arena, const char *digest)
{
	unsigned char bytes[DIGEST_BYTES];
	size_t room = sodium_base64_ENCODED_LEN(sizeof(bytes), sodium_base64_VARIANT_URLSAFE_NO_PADDING), length;
	char *text = arena_alloc(arena, room);

	if (sodium_hex2bin(bytes, sizeof(bytes), digest, strlen(digest), NULL, &length, NULL) != 0 || length != sizeof(bytes))
		abort(); /* not a digest */
	return sodium_bin2base64(text, room, bytes, sizeof(bytes), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool
token_is_same(const char *a, const char *b)
{
	size_t length = a == NULL || b == NULL ? 0 : strlen(a);

	return length > 0 && strlen(b) == length && sodium_memcmp(a, b, length) == 0;
}

struct digest *
digest_new(struct arena *arena)
{
	/* libsodium requires its state on a 64-byte boundary. */
	char *memory = arena_alloc(arena, sizeof(struct digest) + 64);
	struct digest *digest = (void *)(memory + (64 - (size_t)memory % 64) % 64);

	crypto_generichash_init(&digest->state, NULL, 0, DIGEST_BYTES);
	return digest;
}

void
digest_add(struct digest *digest, const void *bytes, size_t length)
{
	crypto_generichash_update(&digest->state, bytes, length);
}

char *
digest_end(struct arena *arena, struct digest *digest)
{
	unsigned char hash[DIGEST_BYTES];

	crypto_generichash_final(&digest->state, hash, sizeof(hash));
	return hexadecimal(arena, hash, sizeof(hash));
}
