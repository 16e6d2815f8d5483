/*
 * Random tokens and digests, from libsodium. A token is shown to its holder once. The database stores only its
 * digest, so that a stolen copy of the database gives no access. All results are in the arena.
 */
#ifndef CORE_TOKEN_H
#define CORE_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

enum { TOKEN_BYTES = 32, DIGEST_BYTES = 32, DIGEST_TEXT = 64 };

/* Initialises libsodium. Call it once before any other function here. Aborts when it fails. */
void token_init(void);

/* A token: 32 random bytes as 43 characters of URL-safe base64 without padding. */
char *token_new(struct arena *arena);

/* A short random id, 16 hexadecimal characters, to name a request. */
char *token_short(struct arena *arena);

/* count random letters and digits, 5 bits each, without characters that look alike in print. */
char *token_letters(struct arena *arena, size_t count);

/* BLAKE2b-256 of the bytes, or of a string, as 64 lower-case hexadecimal characters. */
char *digest_bytes(struct arena *arena, const void *bytes, size_t length);
char *digest_text(struct arena *arena, const char *text);

/*
 * The same with a secret key of 1 to 64 bytes, which cannot be computed from the digest (RFC 7693, 2.9). Any other
 * length aborts.
 */
char *digest_keyed(struct arena *arena, const char *key, const char *text);

/* The bytes of a digest in the form of a token, 43 characters, for an address that contains a signature. */
char *token_of_digest(struct arena *arena, const char *digest);

/* Compares two digests or tokens in constant time. NULL and "" equal nothing. */
bool token_is_same(const char *a, const char *b);

/*
 * A digest of data that comes in parts. The state is in the arena; digest_end() returns the same as
 * digest_bytes().
 */
struct digest;
struct digest *digest_new(struct arena *arena);
void digest_add(struct digest *digest, const void *bytes, size_t length);
char *digest_end(struct arena *arena, struct digest *digest);

#endif
