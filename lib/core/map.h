/* A map from strings to pointers, in an arena: a balanced tree (tsearch(3)). */
#ifndef CORE_MAP_H
#define CORE_MAP_H

#include <stdbool.h>

#include "core/arena.h"

struct map;

/*
 * A new, empty map, freed with the arena. Keys are not copied and must live as
 * long as the map.
 */
struct map *map_new(struct arena *arena);

/* The value of a key; NULL when there is no such key. */
void *map_get(const struct map *map, const char *key);

/*
 * Adds a value, which must not be NULL. False when the key exists already; its
 * value then stays.
 */
bool map_put(struct map *map, const char *key, void *value);

#endif
