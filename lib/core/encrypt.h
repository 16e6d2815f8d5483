/* Authenticated encryption of text with a secret key (libsodium's secretbox: XSalsa20 and Poly1305). */
#ifndef CORE_ENCRYPT_H
#define CORE_ENCRYPT_H

#include <stdbool.h>

#include "core/arena.h"

/* Encrypts text; the result is URL-safe base64 in the arena. key: from token_new(); an empty key aborts. */
char *encrypt_text(struct arena *arena, const char *key, const char *text);

/* Decrypts into the arena. False when the text was encrypted with another key or was changed. */
bool decrypt_text(struct arena *arena, const char *key, const char *encrypted, char **ret_text);

#endif
