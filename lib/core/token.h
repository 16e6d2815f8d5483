/*
 * Random tokens and digests, from libsodium. A token is shown to its holder
 * once; the store keeps only its digest, so a stolen copy of the store opens
 * nothing.
 */
#ifndef CORE_TOKEN_H
#define CORE_TOKEN_H

#include <stddef.h>

#include "core/arena.h"

enum { TOKEN_BYTES = 32, DIGEST_BYTES = 32, DIGEST_TEXT = 64 };

/* Must be called once, before anything else here. Aborts when it fails. */
void token_init(void);

/* 32 random bytes as 43 characters of URL-safe base64 without padding. */
char *token_new(struct arena *arena);

/* A short random id, 16 hexadecimal characters, for naming a request. */
char *token_short(struct arena *arena);

/* BLAKE2b-256 of the bytes as 64 lower-case hexadecimal characters. */
char *digest_bytes(struct arena *arena, const void *bytes, size_t length);
char *digest_text(struct arena *arena, const char *text);

/* A digest taken piece by piece; the state lives in the arena. */
struct digest;
struct digest *digest_new(struct arena *arena);
void digest_add(struct digest *digest, const void *bytes, size_t length);
char *digest_end(struct arena *arena, struct digest *digest);

#endif
