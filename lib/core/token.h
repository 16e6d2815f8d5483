/*
 * Random tokens and digests, from libsodium. A token is shown to its holder
 * once; the store keeps only its digest, so a stolen copy of the store opens
 * nothing.
 */
#ifndef CORE_TOKEN_H
#define CORE_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

enum { TOKEN_BYTES = 32, DIGEST_BYTES = 32, DIGEST_TEXT = 64 };

/* Must be called once, before anything else here. Aborts when it fails. */
void token_init(void);

/* 32 random bytes as 43 characters of URL-safe base64 without padding. */
char *token_new(struct arena *arena);

/* A short random id, 16 hexadecimal characters, for naming a request. */
char *token_short(struct arena *arena);

/* That many random letters and digits which nobody takes for one another when they stand on paper: 5 bits each. */
char *token_letters(struct arena *arena, size_t count);

/* BLAKE2b-256 of the bytes as 64 lower-case hexadecimal characters. */
char *digest_bytes(struct arena *arena, const void *bytes, size_t length);
char *digest_text(struct arena *arena, const char *text);

/* The same with a key of at most 64 bytes, which nobody who has only the digest can find out (RFC 7693, 2.9). */
char *digest_keyed(struct arena *arena, const char *key, const char *text);

/* Whether two digests or tokens are the same; takes as long whatever differs. NULL is no token. */
bool token_is_same(const char *a, const char *b);

/* A digest taken piece by piece; the state lives in the arena. */
struct digest;
struct digest *digest_new(struct arena *arena);
void digest_add(struct digest *digest, const void *bytes, size_t length);
char *digest_end(struct arena *arena, struct digest *digest);

#endif
