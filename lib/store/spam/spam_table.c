#include "store/spam/spam_table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/arena.h"

struct entry {
	const char *name; /* NULL: free */
	int64_t spam, ham;
};

struct spam_table {
	struct arena *arena; /* owns the slots and the names */
	struct entry *slots; /* open addressing, at most half full */
	size_t slot_count;   /* a power of two */
	size_t count, most;
	struct spam_total total;
};

static uint32_t
hash(const char *name)
{
	uint32_t sum = 2166136261U;

	for (; *name != '\0'; name++)
		sum = (sum ^ (unsigned char)*name) * 16777619U;
	return sum ^ sum >> 15;
}

static void
empty(struct spam_table *table)
{
	table->arena = arena_new();
	table->slots = arena_array(table->arena, table->slot_count, sizeof(*table->slots));
	table->count = 0;
}

struct spam_table *
spam_table_new(size_t most)
{
	struct spam_table *table = calloc(1, sizeof(*table));

	if (table == NULL)
		abort();
	table->most = most;
	for (table->slot_count = 1024; table->slot_count < 2 * (most + SPAM_FEATURES_MAX); table->slot_count *= 2)
		;
	empty(table);
	return table;
}

void
spam_table_free(struct spam_table *table)
{
	if (table == NULL)
		return;
	arena_free(table->arena);
	free(table);
}

/* The slot of a name: its own, or a free one. */
static struct entry *
find(const struct spam_table *table, const char *name)
{
	size_t slot = hash(name) & (table->slot_count - 1);

	while (table->slots[slot].name != NULL && !str_equal(table->slots[slot].name, name))
		slot = (slot + 1) & (table->slot_count - 1);
	return &table->slots[slot];
}

static void
count(struct spam_table *table, const char *name, int64_t spam, int64_t ham)
{
	struct entry *entry = find(table, name);

	if (entry->name == NULL) {
		entry->name = arena_dup(table->arena, name);
		table->count++;
	}
	entry->spam += spam;
	entry->ham += ham;
}

/* Moves what was seen more often than so many times into a new table. */
static void
drop(struct spam_table *table, int64_t seen)
{
	struct spam_table old = *table;

	empty(table);
	for (size_t i = 0; i < old.slot_count; i++)
		if (old.slots[i].name != NULL && old.slots[i].spam + old.slots[i].ham > seen)
			count(table, old.slots[i].name, old.slots[i].spam, old.slots[i].ham);
	arena_free(old.arena);
}

void
spam_table_learn(struct spam_table *table, const struct spam_features *features, bool is_spam)
{
	for (size_t i = 0; i < features->count; i++)
		count(table, features->list[i].name, is_spam, !is_spam);
	table->total.spam += is_spam;
	table->total.ham += !is_spam;
	for (int64_t seen = 1; table->count > table->most; seen *= 2)
		drop(table, seen);
}

void
spam_table_look_up(const struct spam_table *table, struct spam_features *features, struct spam_total *ret_total)
{
	for (size_t i = 0; i < features->count; i++) {
		const struct entry *entry = find(table, features->list[i].name);
		features->list[i].spam = entry->name == NULL ? 0 : entry->spam;
		features->list[i].ham = entry->name == NULL ? 0 : entry->ham;
	}
	*ret_total = table->total;
}

size_t
spam_table_count(const struct spam_table *table)
{
	return table->count;
}
