/*
 * Rendered parts of pages, kept by a worker between requests.
 *
 * An entry of a list looks the same to every reader, so it is rendered once and its bytes are copied into later pages.
 * The cache is emptied when the content version in the database changes, so it does not matter what a part was made
 * from. It holds FRAGMENT_CACHE_PLACES parts; after that a new part replaces another.
 *
 * A part may depend only on the database, the theme and its key. A part that depended on the reader would be shown to
 * others (see lib/http/list_entries.c).
 */
#ifndef PAGE_THEME_FRAGMENT_CACHE_H
#define PAGE_THEME_FRAGMENT_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

enum {
	FRAGMENT_CACHE_PLACES = 1024,
	FRAGMENT_CACHE_PART_MAX = 4096, /* bytes; a longer part is not kept */
};

struct fragment_cache;

/* An empty cache. The caller frees it. */
struct fragment_cache *fragment_cache_new(void);
void fragment_cache_free(struct fragment_cache *fragment_cache);

/* Empties the cache unless content_version (change.counter in the database) is the same as in the last call. */
void fragment_cache_use(struct fragment_cache *fragment_cache, int64_t content_version);

/* A copy of the part in the arena, or NULL. */
const char *fragment_cache_find(const struct fragment_cache *fragment_cache, struct arena *arena, const char *key);

/* Stores copies of both strings. A part longer than FRAGMENT_CACHE_PART_MAX is ignored. */
void fragment_cache_add(struct fragment_cache *fragment_cache, const char *key, const char *part);

#endif
