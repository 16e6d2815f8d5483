#include "page/theme/fragment_cache.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

/* A key may use any slot of its set. When the set is full, its slots are replaced in turn. */
enum { SET = 8, SETS = FRAGMENT_CACHE_PLACES / SET };

struct place {
	char *key, *part; /* NULL: empty */
};

struct fragment_cache {
	char *shared; /* NULL: not said yet */
	unsigned turn;
	struct place places[SETS][SET];
};

/* FNV-1a, 32 bits. Collisions are harmless: such keys only replace each other. */
static size_t
set_of(const char *key)
{
	uint32_t hash = 2166136261U;

	for (const unsigned char *c = (const unsigned char *)key; *c != '\0'; c++)
		hash = (hash ^ *c) * 16777619U;
	return hash % SETS;
}

static char *
copy(const char *text)
{
	char *made = strdup(text);

	if (made == NULL)
		abort();
	return made;
}

struct fragment_cache *
fragment_cache_new(void)
{
	struct fragment_cache *fragment_cache = calloc(1, sizeof(*fragment_cache));

	if (fragment_cache == NULL)
		abort();
	return fragment_cache;
}

static void
forget(struct place *place)
{
	free(place->key);
	free(place->part);
	*place = (struct place){ 0 };
}

static void
forget_all(struct fragment_cache *fragment_cache)
{
	for (size_t i = 0; i < FRAGMENT_CACHE_PLACES; i++)
		forget(&fragment_cache->places[i / SET][i % SET]);
}

void
fragment_cache_free(struct fragment_cache *fragment_cache)
{
	if (fragment_cache == NULL)
		return;
	forget_all(fragment_cache);
	free(fragment_cache->shared);
	free(fragment_cache);
}

void
fragment_cache_use(struct fragment_cache *fragment_cache, const char *shared)
{
	if (str_equal(fragment_cache->shared, shared))
		return;
	forget_all(fragment_cache);
	free(fragment_cache->shared);
	fragment_cache->shared = copy(shared);
}

const char *
fragment_cache_find(const struct fragment_cache *fragment_cache, struct arena *arena, const char *key)
{
	const struct place *set = fragment_cache->places[set_of(key)];

	for (size_t i = 0; i < SET; i++)
		if (str_equal(set[i].key, key))
			return arena_dup(arena, set[i].part);
	return NULL;
}

/* The slot that holds a key, or may hold it. */
static struct place *
place_for(struct fragment_cache *fragment_cache, const char *key)
{
	struct place *set = fragment_cache->places[set_of(key)], *empty = NULL;

	for (size_t i = 0; i < SET; i++) {
		if (str_equal(set[i].key, key))
			return &set[i];
		if (set[i].key == NULL && empty == NULL)
			empty = &set[i];
	}
	return empty != NULL ? empty : &set[fragment_cache->turn++ % SET];
}

void
fragment_cache_add(struct fragment_cache *fragment_cache, const char *key, const char *part)
{
	struct place *place;

	if (strlen(part) > FRAGMENT_CACHE_PART_MAX)
		return;
	place = place_for(fragment_cache, key);
	forget(place);
	place->key = copy(key);
	place->part = copy(part);
}
