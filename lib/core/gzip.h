/* Compression with gzip (RFC 1952), in memory. */
#ifndef CORE_GZIP_H
#define CORE_GZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/*
 * Compresses bytes with a level from 1 (fast) to 9 (short). *ret_bytes is in the arena, with the same result for the same bytes and level.
 * False when there is not enough memory, or when the result is not shorter. allocate: malloc(), or what a test uses instead; its memory is
 * freed with free().
 */
bool gzip_compress(struct arena *arena, const char *bytes, size_t length, int level, void *(*allocate)(size_t size),
	const char **ret_bytes, size_t *ret_length);

#endif
