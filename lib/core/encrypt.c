#include "core/encrypt.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING, NONCE = crypto_secretbox_NONCEBYTES, MAC = crypto_secretbox_MACBYTES };

/* The site's keys are text of any length; secretbox needs 32 bytes. */
static void
key_of(const char *key, unsigned char ret_bytes[crypto_secretbox_KEYBYTES])
{
	if (*key == '\0')
		abort(); /* without a key anybody could decrypt the text */
	crypto_generichash(ret_bytes, crypto_secretbox_KEYBYTES, (const unsigned char *)key, strlen(key), NULL, 0);
}

char *
encrypt_text(struct arena *arena, const char *key, const char *text)
{
	size_t length = strlen(text), box = NONCE + MAC + length, room = sodium_base64_ENCODED_LEN(box, VARIANT);
	unsigned char *bytes = arena_alloc(arena, box), bytes_of_key[crypto_secretbox_KEYBYTES];
	char *encrypted = arena_alloc(arena, room);

	key_of(key, bytes_of_key);
	randombytes_buf(bytes, NONCE);
	crypto_secretbox_easy(bytes + NONCE, (const unsigned char *)text, length, bytes, bytes_of_key);
	sodium_memzero(bytes_of_key, sizeof(bytes_of_key));
	return sodium_bin2base64(encrypted, room, bytes, box, VARIANT);
}

bool
decrypt_text(struct arena *arena, const char *key, const char *encrypted, char **ret_text)
{
	size_t room = strlen(encrypted), box;
	unsigned char *bytes = arena_alloc(arena, room + 1), bytes_of_key[crypto_secretbox_KEYBYTES];
	char *text;
	bool opened;

	if (sodium_base642bin(bytes, room, encrypted, room, NULL, &box, NULL, VARIANT) != 0 || box < NONCE + MAC)
		return false;
	text = arena_alloc(arena, box - NONCE - MAC + 1);
	key_of(key, bytes_of_key);
	opened = crypto_secretbox_open_easy((unsigned char *)text, bytes + NONCE, box - NONCE, bytes, bytes_of_key) == 0;
	sodium_memzero(bytes_of_key, sizeof(bytes_of_key));
	if (!opened)
		return false;
	text[box - NONCE - MAC] = '\0';
	*ret_text = text;
	return true;
}
