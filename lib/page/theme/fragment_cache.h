/*
 * Finished pieces of pages, kept by a worker between requests.
 *
 * An entry of a list looks the same to every reader, so the sheets need not make it anew for each: it is made once, and
 * its bytes go into the next page as they are. All is forgotten when the store changes, so nobody has to know
 * what a piece was made from. There is room for FRAGMENT_CACHE_PLACES of them; a newer one then takes the place of another.
 *
 * Whoever makes pieces must not let them see more than the store, the theme and what their key says: a piece that
 * depends on the reader would be shown to another (see lib/http/list_entries.c).
 */
#ifndef PAGE_THEME_FRAGMENT_CACHE_H
#define PAGE_THEME_FRAGMENT_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

enum {
	FRAGMENT_CACHE_PLACES = 512,
	FRAGMENT_CACHE_PIECE_MAX = 4096, /* bytes; a longer one is not kept */
};

struct fragment_cache;

struct fragment_cache *fragment_cache_new(void);
void fragment_cache_free(struct fragment_cache *fragment_cache);

/* Forgets everything, unless change (change.counter of the store) is the same as the last time. */
void fragment_cache_use(struct fragment_cache *fragment_cache, int64_t change);

/* A copy in the arena, or NULL. */
const char *fragment_cache_find(const struct fragment_cache *fragment_cache, struct arena *arena, const char *key);

/* Keeps copies of both. */
void fragment_cache_add(struct fragment_cache *fragment_cache, const char *key, const char *piece);

#endif
