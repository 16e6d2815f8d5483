#include "page/markdown/markdown_address.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "core/str.h"
#include "core/text.h"

static bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The length of the scheme when the address begins with "scheme:", else 0. */
static size_t
scheme_length(const char *address)
{
	size_t length = 0;

	if (!is_alpha(address[0]))
		return 0;
	while (is_alpha(address[length]) || is_digit(address[length]) || (address[length] != '\0' && strchr("+-.", address[length]) != NULL))
		length++;
	return address[length] == ':' ? length : 0;
}

static bool
is_scheme(const char *address, size_t length, const char *scheme)
{
	return strlen(scheme) == length && strncasecmp(address, scheme, length) == 0;
}

static bool
is_hexadecimal(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* The length of "[::1]" in "https://[::1]/" when it starts here, else 0. */
static size_t
bracketed_host(const char *address, const char *at)
{
	const char *host = strstr(address, "//");
	size_t length = host != NULL && host + 2 == at && *at == '[' ? strspn(at + 1, "0123456789abcdefABCDEF:.") : 0;

	return length > 0 && at[length + 1] == ']' ? length + 2 : 0;
}

char *
markdown_address_clean(struct arena *arena, const char *address, bool is_image)
{
	static const char refused[] = " \"<>\\^`{|}[]";
	struct str plain = str_init(arena), out = str_init(arena);
	size_t length;

	while (*address > 0 && *address <= ' ')
		address++;
	for (; *address != '\0'; address++)
		if (*address != '\t' && *address != '\n' && *address != '\r')
			str_add_char(&plain, *address);
	while (plain.length > 0 && plain.bytes[plain.length - 1] > 0 && plain.bytes[plain.length - 1] <= ' ')
		plain.bytes[--plain.length] = '\0';
	length = scheme_length(plain.bytes);
	if (plain.length == 0 || (length > 0 && !is_scheme(plain.bytes, length, "http")
		&& !is_scheme(plain.bytes, length, "https")
		&& (is_image || !is_scheme(plain.bytes, length, "mailto"))))
		return NULL;
	for (const char *at = plain.bytes; *at != '\0'; at++) {
		size_t host = *at == '[' ? bracketed_host(plain.bytes, at) : 0;

		if (host > 0) {
			str_add_bytes(&out, at, host);
			at += host - 1;
		} else if ((*at > 0 && *at < ' ') || *at == 0x7F || strchr(refused, *at) != NULL
			|| (*at == '%' && !(is_hexadecimal(at[1]) && is_hexadecimal(at[2])))) {
			str_printf(&out, "%%%02X", (unsigned)(unsigned char)*at);
		} else {
			str_add_char(&out, *at);
		}
	}
	return out.bytes;
}

bool
markdown_address_is_absolute(const char *address)
{
	size_t length = scheme_length(address);

	return is_scheme(address, length, "http") || is_scheme(address, length, "https")
		|| strncmp(address, "//", 2) == 0;
}

/* The length of "http://" or "https://" when the text starts with it, else 0. */
static size_t
opening(const char *text)
{
	if (strncasecmp(text, "http", 4) != 0)
		return 0;
	text += 4;
	if (strncmp(text, "://", 3) == 0)
		return 7;
	return (*text == 's' || *text == 'S') && strncmp(text + 1, "://", 3) == 0 ? 8 : 0;
}

/* True for characters that a bare URL may contain. */
static bool
may_hold(int32_t c)
{
	if (c < 0x80)
		return c > ' ' && c != 0x7F && strchr("\"<>\\^`{|}", c) == NULL;
	/* General punctuation (dashes, ellipsis, curly quotes) and Chinese characters end the URL. */
	return c > 0xBF && !(c >= 0x2000 && c <= 0x206F) && !text_is_cjk(c) && !(c >= 0xFDD0 && c <= 0xFDEF)
		&& c != 0xFFFD;
}

/* Punctuation of the sentence after a URL. */
static bool
is_trailing(char c)
{
	return strchr("?!.,:;*_~'", c) != NULL;
}

static size_t
balance(const char *text, size_t length, char open, char close, size_t *ret_open)
{
	size_t closed = 0;

	*ret_open = 0;
	for (size_t i = 0; i < length; i++) {
		*ret_open += text[i] == open;
		closed += text[i] == close;
	}
	return closed;
}

static size_t
without_tail(const char *text, size_t length)
{
	size_t round, square, round_closed, square_closed;

	round_closed = balance(text, length, '(', ')', &round);
	square_closed = balance(text, length, '[', ']', &square);
	for (; length > 0; length--) {
		char c = text[length - 1];

		if (c == ')' && round_closed > round)
			round_closed--;
		else if (c == ']' && square_closed > square)
			square_closed--;
		else if (c == '(')
			round--;
		else if (c == '[')
			square--;
		else if (!is_trailing(c))
			break;
	}
	return length;
}

bool
markdown_address_find(const char *text, size_t *ret_start, size_t *ret_length)
{
	const char *at = text;

	for (; (at = strpbrk(at, "hH")) != NULL; at++) {
		size_t head = opening(at), length;
		const char *end;

		/* A host begins with a letter or a digit. */
		if (head == 0 || !(is_alpha(at[head]) || is_digit(at[head]) || at[head] < 0)
			|| (at > text && (is_alpha(at[-1]) || is_digit(at[-1]))))
			continue;
		for (end = at + head;;) {
			const char *next = end;

			if (!may_hold(text_next(&next)))
				break;
			end = next;
		}
		length = without_tail(at, (size_t)(end - at));
		if (length <= head) {
			at = end - 1;
			continue;
		}
		*ret_start = (size_t)(at - text);
		*ret_length = length;
		return true;
	}
	return false;
}
