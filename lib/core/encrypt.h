/* Text that only holders of a key can read, and nobody can change (libsodium's secretbox: XSalsa20 and Poly1305). */
#ifndef CORE_ENCRYPT_H
#define CORE_ENCRYPT_H

#include <stdbool.h>

#include "core/arena.h"

/* The text, sealed, in URL-safe base64. key: as from token_new(). */
char *encrypt_text(struct arena *arena, const char *key, const char *text);

/* False when it was sealed with another key, or changed. */
bool decrypt_text(struct arena *arena, const char *key, const char *sealed, char **ret_text);

#endif
