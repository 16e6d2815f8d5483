/* Names to things, in an arena: a balanced tree (tsearch(3)). */
#ifndef CORE_MAP_H
#define CORE_MAP_H

#include <stdbool.h>

#include "core/arena.h"

struct map;

/* Freed with the arena. Keys must live as long. */
struct map *map_new(struct arena *arena);

/* NULL when there is no such key. */
void *map_get(const struct map *map, const char *key);

/* Keeps what is there already; true when it was added. value must not be NULL. */
bool map_put(struct map *map, const char *key, void *value);

#endif
