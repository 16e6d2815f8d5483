#include "core/mail_encoding.h"

#include <string.h>
#include <sodium.h>

#include "core/str.h"
#include "core/text.h"

enum {
	LINE_LENGTH_MAX = 76,   /* RFC 2047, 2 */
	WORD_BYTES = 39,  /* 52 characters of base64 and 12 around them: one word fits after a field's name */
	BLOCK_BYTES = 57, /* 76 characters of base64 */
};

static void
add_base64(struct str *out, const char *bytes, size_t length)
{
	char text[sodium_base64_ENCODED_LEN(BLOCK_BYTES, sodium_base64_VARIANT_ORIGINAL)];

	str_add(out, sodium_bin2base64(text, sizeof(text), (const unsigned char *)bytes, length, sodium_base64_VARIANT_ORIGINAL));
}

static bool
is_plain(const char *text, size_t used)
{
	size_t length = strlen(text);

	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] < 0x20 || (unsigned char)text[i] > 0x7e)
			return false;
	/* Text that looks like an encoded word would be decoded by the recipient. */
	return used + length <= LINE_LENGTH_MAX && strstr(text, "=?") == NULL;
}

char *
mail_encoded_words(struct arena *arena, const char *text, size_t used)
{
	struct str out = str_init(arena);

	if (is_plain(text, used))
		return arena_dup(arena, text);
	while (*text != '\0') {
		const char *end = text, *next = text;
		while (*next != '\0') {
			(void)text_next(&next);
			if (next - text > WORD_BYTES)
				break;
			end = next;
		}
		if (out.length > 0)
			str_add(&out, "\r\n ");
		str_add(&out, "=?UTF-8?B?");
		add_base64(&out, text, (size_t)(end - text));
		str_add(&out, "?=");
		text = end;
	}
	return out.bytes;
}

char *
mail_base64(struct arena *arena, const char *text)
{
	struct str out = str_init(arena);

	for (size_t left = strlen(text); left > 0;) {
		size_t length = left < BLOCK_BYTES ? left : BLOCK_BYTES;
		add_base64(&out, text, length);
		str_add(&out, "\r\n");
		text += length;
		left -= length;
	}
	return out.bytes;
}
