#include "core/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FIRST_BLOCK = 16 * 1024,
	LARGEST_BLOCK = 256 * 1024,
	KEPT_BYTES = 1024 * 1024, /* arena_reset() keeps blocks of up to this many bytes */
};

struct block {
	struct block *next;
	size_t size, used;
	alignas(max_align_t) unsigned char bytes[];
};

struct cleanup {
	struct cleanup *next;
	void (*run)(void *object);
	void *object;
};

struct arena {
	struct block *first, *current;
	struct cleanup *cleanups;
	size_t used;
};

static void
out_of_memory(void)
{
	static const char words[] = "renown: out of memory\n";
	(void)fwrite(words, 1, sizeof(words) - 1, stderr);
	abort();
}

static struct block *
block_new(size_t size)
{
	struct block *block = malloc(sizeof(*block) + size);

	if (block == NULL)
		out_of_memory();
	block->next = NULL;
	block->size = size;
	block->used = 0;
	return block;
}

struct arena *
arena_new(void)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (arena == NULL)
		out_of_memory();
	arena->first = arena->current = block_new(FIRST_BLOCK);
	return arena;
}

static void
run_cleanups(struct arena *arena)
{
	/* A cleanup may register another one. Removing one per turn runs that one too. */
	while (arena->cleanups != NULL) {
		struct cleanup *cleanup = arena->cleanups;
		arena->cleanups = cleanup->next;
		cleanup->run(cleanup->object);
	}
}

void
arena_reset(struct arena *arena)
{
	size_t kept = 0;

	run_cleanups(arena);
	for (struct block *block = arena->first; block != NULL; block = block->next) {
		block->used = 0;
		kept += block->size;
		/* Keep only what an ordinary request needs; free the rest. */
		while (block->next != NULL && kept + block->next->size > KEPT_BYTES) {
			struct block *large = block->next;
			block->next = large->next;
			free(large);
		}
	}
	arena->current = arena->first;
	arena->used = 0;
}

void
arena_free(struct arena *arena)
{
	if (arena == NULL)
		return;
	run_cleanups(arena);
	for (struct block *block = arena->first, *next; block != NULL; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}

static size_t
aligned(size_t size)
{
	return (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

/*
 * Marks size bytes of the current block as used and returns their start. The block must
 * have room for them.
 */
static void *
take(struct arena *arena, size_t size)
{
	struct block *block = arena->current;
	void *memory = block->bytes + block->used;
	/*
	 * Block sizes are multiples of the alignment, so a size that fits also fits after
	 * rounding up.
	 */
	size_t need = aligned(size);

	block->used += need;
	arena->used += need;
	return memory;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	struct block *block = arena->current;
	size_t need;

	if (size > SIZE_MAX / 2)
		out_of_memory();
	need = aligned(size);
	while (block->size - block->used < need) {
		if (block->next == NULL) {
			size_t room = block->size * 2 > LARGEST_BLOCK ? LARGEST_BLOCK : block->size * 2;
			block->next = block_new(need > room ? need : room);
		}
		block = arena->current = block->next;
	}
	return memset(take(arena, size), 0, need);
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / 2 / size)
		out_of_memory();
	return arena_alloc(arena, count * size);
}

char *
arena_bytes(struct arena *arena, const void *bytes, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	if (length > 0)
		memcpy(copy, bytes, length);
	return copy;
}

char *
arena_dup(struct arena *arena, const char *string)
{
	return string == NULL ? NULL : arena_bytes(arena, string, strlen(string));
}

/* Prints straight into the rest of the current block, where the text almost always fits. */
char *
arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
	struct block *block = arena->current;
	size_t room = block->size - block->used;
	char *string = (char *)block->bytes + block->used;
	va_list again;
	int length;

	va_copy(again, arguments);
	length = vsnprintf(string, room, format, again);
	va_end(again);
	if (length < 0)
		abort();
	if ((size_t)length < room) {
		take(arena, (size_t)length + 1);
		return string;
	}
	string = arena_alloc(arena, (size_t)length + 1);
	(void)vsnprintf(string, (size_t)length + 1, format, arguments);
	return string;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	char *string;

	va_start(arguments, format);
	string = arena_vprintf(arena, format, arguments);
	va_end(arguments);
	return string;
}

void
arena_cleanup(struct arena *arena, void (*run)(void *object), void *object)
{
	struct cleanup *cleanup = arena_new_of(arena, struct cleanup);

	cleanup->run = run;
	cleanup->object = object;
	cleanup->next = arena->cleanups;
	arena->cleanups = cleanup;
}

size_t
arena_used(const struct arena *arena)
{
	return arena->used;
}
