/*
 * Memory management: everything that belongs to one request (or one imported file) is
 * allocated from one arena and freed with it. Resources other than memory, such as a libxml2
 * document or an open statement, are registered with a cleanup when they are created.
 *
 * No function here returns NULL. Out of memory aborts the process; its supervisor starts
 * another within milliseconds.
 */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* Creates an empty arena. The caller owns it and frees it with arena_free(). */
struct arena *arena_new(void);

/*
 * Runs the cleanups, newest first, and empties the arena. It keeps up to 1 MiB of blocks for
 * the next request.
 */
void arena_reset(struct arena *arena);

/* Runs the cleanups, newest first, and frees all memory. NULL is allowed. */
void arena_free(struct arena *arena);

/*
 * Returns zeroed memory of size bytes, aligned for any type. It is valid until the arena is
 * reset or freed.
 */
void *arena_alloc(struct arena *arena, size_t size);

/*
 * Returns zeroed memory for count members of size bytes each. Aborts when the product
 * overflows.
 */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Returns a copy of length bytes, followed by a NUL. */
char *arena_bytes(struct arena *arena, const void *bytes, size_t length);

/* Returns a copy of a string; NULL for NULL. */
char *arena_dup(struct arena *arena, const char *string);

/* Formats like printf() into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));

/* Registers a cleanup: cleanup(object) is called when the arena is reset or freed. */
void arena_cleanup(struct arena *arena, void (*cleanup)(void *object), void *object);

/*
 * Bytes allocated since the last reset, after rounding up to the alignment. For tests and
 * logs.
 */
size_t arena_used(const struct arena *arena);

/* Zeroed memory for one object of a type. */
#define arena_new_of(arena, type) ((type *)arena_alloc((arena), sizeof(type)))

#endif
