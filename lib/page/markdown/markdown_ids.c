#include "page/markdown/markdown_ids.h"

#include <stdint.h>
#include <string.h>

struct name {
	const char *text; /* NULL: the slot is free */
	unsigned next;    /* the first number to try for the next use of this name */
};

/* Open addressing; the size is a power of two and at least twice the count. */
struct markdown_ids {
	struct arena *arena;
	struct name *table;
	size_t size, count;
};

struct markdown_ids *
markdown_ids_new(struct arena *arena)
{
	struct markdown_ids *names = arena_new_of(arena, struct markdown_ids);

	names->arena = arena;
	names->size = 32;
	names->table = arena_array(arena, names->size, sizeof(*names->table));
	return names;
}

static size_t
hash(const char *text)
{
	uint64_t value = 14695981039346656037u; /* FNV-1a */

	for (; *text != '\0'; text++)
		value = (value ^ (unsigned char)*text) * 1099511628211u;
	return (size_t)(value ^ value >> 32);
}

/* The slot that holds the name or is free for it. */
static struct name *
place(const struct markdown_ids *names, const char *text)
{
	size_t i = hash(text);

	while (names->table[i & (names->size - 1)].text != NULL
		&& strcmp(names->table[i & (names->size - 1)].text, text) != 0)
		i++;
	return &names->table[i & (names->size - 1)];
}

static void
grow(struct markdown_ids *names)
{
	struct name *old = names->table;
	size_t size = names->size;

	names->size *= 2;
	names->table = arena_array(names->arena, names->size, sizeof(*names->table));
	for (size_t i = 0; i < size; i++)
		if (old[i].text != NULL)
			*place(names, old[i].text) = old[i];
}

static const char *
add(struct markdown_ids *names, const char *text)
{
	struct name *name;

	if ((names->count + 1) * 2 > names->size)
		grow(names);
	name = place(names, text);
	name->text = text;
	name->next = 2;
	names->count++;
	return text;
}

const char *
markdown_ids_take(struct markdown_ids *names, const char *wanted, const char *separator)
{
	struct name *taken = place(names, wanted);
	unsigned number;
	char *text;

	if (taken->text == NULL)
		return add(names, arena_dup(names->arena, wanted));
	/* add() may move the table, so the number is stored before it is called. */
	number = taken->next;
	do
		text = arena_printf(names->arena, "%s%s%u", wanted, separator, number++);
	while (place(names, text)->text != NULL);
	taken->next = number;
	return add(names, text);
}
