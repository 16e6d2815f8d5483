/*
 * A string that grows inside an arena, and the few string helpers that libc
 * lacks. The bytes are always NUL-terminated.
 */
#ifndef CORE_STR_H
#define CORE_STR_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

struct str {
	struct arena *arena; /* where the bytes live */
	char *bytes;         /* NUL-terminated; never NULL after str_init() */
	size_t length;       /* without the NUL */
	size_t room;         /* bytes reserved, with the NUL */
};

/* An empty string. */
struct str str_init(struct arena *arena);

void str_add(struct str *str, const char *string);
void str_add_bytes(struct str *str, const char *bytes, size_t length);
void str_add_char(struct str *str, char c);
void str_printf(struct str *str, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

bool str_equal(const char *a, const char *b);
bool str_starts(const char *string, const char *prefix);
bool str_ends(const char *string, const char *suffix);

/* True for NULL and "". */
bool str_empty(const char *string);

/* A copy without white space (ASCII) at both ends. */
char *str_trim(struct arena *arena, const char *string);

/* Strict decimal: digits with an optional leading '-', nothing else, in range. */
bool str_to_integer(const char *string, long long *ret_value);

#endif
