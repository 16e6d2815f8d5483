#include "core/map.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

struct map {
	struct arena *arena;
	void *root;
};

struct pair {
	const char *key;
	void *value;
};

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct pair *)a)->key, ((const struct pair *)b)->key);
}

static void
keep(void *pair)
{
	(void)pair; /* pairs belong to the arena */
}

static void
destroy(void *object)
{
	tdestroy(((struct map *)object)->root, keep);
}

struct map *
map_new(struct arena *arena)
{
	struct map *map = arena_new_of(arena, struct map);

	map->arena = arena;
	arena_cleanup(arena, destroy, map);
	return map;
}

void *
map_get(const struct map *map, const char *key)
{
	const struct pair wanted = { .key = key };
	void *const *found = tfind(&wanted, &map->root, compare);

	return found == NULL ? NULL : ((const struct pair *)*found)->value;
}

bool
map_put(struct map *map, const char *key, void *value)
{
	struct pair *pair;

	if (map_get(map, key) != NULL)
		return false;
	pair = arena_new_of(map->arena, struct pair);
	*pair = (struct pair){ .key = key, .value = value };
	if (tsearch(pair, &map->root, compare) == NULL)
		abort();
	return true;
}
