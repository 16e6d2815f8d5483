/*
 * A growing string in an arena, and a few string helpers that libc lacks. The
 * bytes are always NUL-terminated.
 */
#ifndef CORE_STR_H
#define CORE_STR_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

struct str {
	struct arena *arena; /* owns the bytes */
	char *bytes;         /* NUL-terminated; never NULL after str_init() */
	size_t length;       /* without the NUL */
	size_t room;         /* bytes reserved, including the NUL */
};

/* Creates an empty string. */
struct str str_init(struct arena *arena);

/*
 * Append to the string: a string, length bytes, one byte, or a printf() format.
 */
void str_add(struct str *str, const char *string);
void str_add_bytes(struct str *str, const char *bytes, size_t length);
void str_add_char(struct str *str, char c);
void str_printf(struct str *str, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Comparisons. NULL equals nothing, not even NULL, and starts and ends with
 * nothing.
 */
bool str_equal(const char *a, const char *b);
bool str_starts(const char *string, const char *prefix);
bool str_ends(const char *string, const char *suffix);

/* True for NULL and "". */
bool str_empty(const char *string);

/* A copy without ASCII white space at both ends. */
char *str_trim(struct arena *arena, const char *string);

/*
 * Reads a decimal integer: digits with an optional leading '-', nothing else.
 * False when the text is different or out of range.
 */
bool str_to_integer(const char *string, long long *ret_value);

#endif
