#include "http/response_cache.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"

enum { CHAINS = 1024, OVERHEAD = 64 /* of malloc(), for the parts of one entry */ };

/* An entry stands in a chain of entries with the same hash, and in the list of all entries by their last use. */
struct cached_entry {
	struct cached_entry *next_in_chain, *newer, *older;
	char *key;
	size_t bytes; /* that it uses, with this struct */
	struct cached_response response;
};

struct response_cache {
	size_t most, bytes, count;
	struct cached_entry *newest, *oldest;
	struct cached_entry *chains[CHAINS];
};

/* FNV-1a, 32 bits. Keys are compared as well, so a collision only costs time. */
static struct cached_entry **
chain_of(struct response_cache *cache, const char *key)
{
	uint32_t hash = 2166136261U;

	for (const unsigned char *c = (const unsigned char *)key; *c != '\0'; c++)
		hash = (hash ^ *c) * 16777619U;
	return &cache->chains[hash % CHAINS];
}

static void *
must(void *memory)
{
	if (memory == NULL)
		abort(); /* as the arena does; the supervisor restarts the worker */
	return memory;
}

static char *
copy_text(const char *text)
{
	return text == NULL ? NULL : must(strdup(text));
}

static char *
copy_bytes(const char *bytes, size_t length)
{
	char *made = must(malloc(length + 1));

	if (length > 0)
		memcpy(made, bytes, length);
	made[length] = '\0';
	return made;
}

struct response_cache *
response_cache_new(size_t most)
{
	struct response_cache *cache = must(calloc(1, sizeof(*cache)));

	cache->most = most;
	return cache;
}

/* --- the list by last use ------------------------------------------------------ */

static void
unlink_entry(struct response_cache *cache, struct cached_entry *entry)
{
	*(entry->newer != NULL ? &entry->newer->older : &cache->newest) = entry->older;
	*(entry->older != NULL ? &entry->older->newer : &cache->oldest) = entry->newer;
	entry->newer = entry->older = NULL;
}

static void
link_newest(struct response_cache *cache, struct cached_entry *entry)
{
	entry->older = cache->newest;
	entry->newer = NULL;
	*(cache->newest != NULL ? &cache->newest->newer : &cache->oldest) = entry;
	cache->newest = entry;
}

static void
remove_entry(struct response_cache *cache, struct cached_entry *entry)
{
	struct cached_entry **place = chain_of(cache, entry->key);

	while (*place != entry)
		place = &(*place)->next_in_chain;
	*place = entry->next_in_chain;
	unlink_entry(cache, entry);
	cache->bytes -= entry->bytes;
	cache->count--;
	free(entry->key);
	free((char *)entry->response.etag);
	free((char *)entry->response.lang);
	free((char *)entry->response.content_type);
	free((char *)entry->response.vary);
	free((char *)entry->response.event);
	for (int i = 0; i < RESPONSE_ENCODINGS; i++)
		free((char *)entry->response.bodies[i].bytes);
	free(entry);
}

void
response_cache_clear(struct response_cache *cache)
{
	while (cache->oldest != NULL)
		remove_entry(cache, cache->oldest);
}

void
response_cache_free(struct response_cache *cache)
{
	if (cache == NULL)
		return;
	response_cache_clear(cache);
	free(cache);
}

/* --- finding and storing --------------------------------------------------------- */

static struct cached_entry *
find_entry(struct response_cache *cache, const char *key)
{
	struct cached_entry *entry = *chain_of(cache, key);

	while (entry != NULL && strcmp(entry->key, key) != 0)
		entry = entry->next_in_chain;
	return entry;
}

const struct cached_response *
response_cache_find(struct response_cache *cache, const char *key)
{
	struct cached_entry *entry = find_entry(cache, key);

	if (entry == NULL)
		return NULL;
	unlink_entry(cache, entry);
	link_newest(cache, entry);
	return &entry->response;
}

static size_t
text_size(const char *text)
{
	return text == NULL ? 0 : strlen(text) + 1;
}

static size_t
size_of(const char *key, const struct cached_response *response)
{
	size_t bytes = sizeof(struct cached_entry) + OVERHEAD + text_size(key) + text_size(response->etag) + text_size(response->lang) +
		text_size(response->content_type) + text_size(response->vary) + text_size(response->event);

	for (int i = 0; i < RESPONSE_ENCODINGS; i++)
		bytes += response->bodies[i].bytes == NULL ? 0 : response->bodies[i].length + 1;
	return bytes;
}

/* Removes the entries that were not used for the longest time. The newest stays: one entry never fills the cache. */
static void
make_room(struct response_cache *cache)
{
	while (cache->bytes > cache->most && cache->oldest != cache->newest)
		remove_entry(cache, cache->oldest);
}

void
response_cache_add(struct response_cache *cache, const char *key, const struct cached_response *response)
{
	struct cached_entry *entry = find_entry(cache, key), **chain = chain_of(cache, key);
	size_t bytes = size_of(key, response);

	if (entry != NULL)
		remove_entry(cache, entry);
	if (bytes > cache->most / RESPONSE_CACHE_PARTS)
		return;
	entry = must(calloc(1, sizeof(*entry)));
	entry->bytes = bytes;
	entry->key = copy_text(key);
	entry->response = (struct cached_response){ .etag = copy_text(response->etag), .lang = copy_text(response->lang),
		.content_type = copy_text(response->content_type), .vary = copy_text(response->vary), .event = copy_text(response->event),
		.row = response->row, .depends_count = response->depends_count };
	memcpy(entry->response.depends, response->depends, sizeof(response->depends));
	for (int i = 0; i < RESPONSE_ENCODINGS; i++)
		if (response->bodies[i].bytes != NULL) {
			entry->response.bodies[i].bytes = copy_bytes(response->bodies[i].bytes, response->bodies[i].length);
			entry->response.bodies[i].length = response->bodies[i].length;
		}
	entry->next_in_chain = *chain;
	*chain = entry;
	link_newest(cache, entry);
	cache->bytes += bytes;
	cache->count++;
	make_room(cache);
}

void
response_cache_add_body(struct response_cache *cache, const char *key, enum response_encoding encoding, const char *bytes, size_t length)
{
	struct cached_entry *entry = find_entry(cache, key);

	if (entry == NULL || entry->response.bodies[encoding].bytes != NULL ||
		entry->bytes + length + 1 > cache->most / RESPONSE_CACHE_PARTS)
		return;
	entry->response.bodies[encoding].bytes = copy_bytes(bytes, length);
	entry->response.bodies[encoding].length = length;
	entry->bytes += length + 1;
	cache->bytes += length + 1;
	unlink_entry(cache, entry);
	link_newest(cache, entry);
	make_room(cache);
}

size_t
response_cache_bytes(const struct response_cache *cache)
{
	return cache->bytes;
}

size_t
response_cache_count(const struct response_cache *cache)
{
	return cache->count;
}
