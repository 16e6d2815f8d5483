#include "core/str.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct str
str_init(struct arena *arena)
{
	struct str str = { .arena = arena, .room = 64 };

	str.bytes = arena_alloc(arena, str.room);
	return str;
}

static void
reserve(struct str *str, size_t more)
{
	char *bytes;

	if (str->room - str->length > more)
		return;
	while (str->room - str->length <= more)
		str->room *= 2;
	bytes = arena_alloc(str->arena, str->room);
	memcpy(bytes, str->bytes, str->length);
	str->bytes = bytes;
}

void
str_add_bytes(struct str *str, const char *bytes, size_t length)
{
	reserve(str, length);
	if (length > 0)
		memcpy(str->bytes + str->length, bytes, length);
	str->length += length;
	str->bytes[str->length] = '\0';
}

void
str_add(struct str *str, const char *string)
{
	str_add_bytes(str, string, strlen(string));
}

void
str_add_char(struct str *str, char c)
{
	str_add_bytes(str, &c, 1);
}

void
str_printf(struct str *str, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0)
		abort();
	reserve(str, (size_t)length);
	va_start(arguments, format);
	(void)vsnprintf(str->bytes + str->length, (size_t)length + 1, format, arguments);
	va_end(arguments);
	str->length += (size_t)length;
}

bool
str_equal(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

bool
str_starts(const char *string, const char *prefix)
{
	return string != NULL && strncmp(string, prefix, strlen(prefix)) == 0;
}

bool
str_ends(const char *string, const char *suffix)
{
	size_t length = string == NULL ? 0 : strlen(string), tail = strlen(suffix);

	return string != NULL && length >= tail && strcmp(string + length - tail, suffix) == 0;
}

bool
str_empty(const char *string)
{
	return string == NULL || *string == '\0';
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

char *
str_trim(struct arena *arena, const char *string)
{
	size_t length;

	while (is_space(*string))
		string++;
	length = strlen(string);
	while (length > 0 && is_space(string[length - 1]))
		length--;
	return arena_bytes(arena, string, length);
}

bool
str_to_integer(const char *string, long long *ret_value)
{
	const char *digit = string;
	char *end;
	long long value;

	if (str_empty(string))
		return false;
	if (*digit == '-')
		digit++;
	if (*digit < '0' || *digit > '9')
		return false;
	errno = 0;
	value = strtoll(string, &end, 10);
	if (errno != 0 || *end != '\0')
		return false;
	*ret_value = value;
	return true;
}
