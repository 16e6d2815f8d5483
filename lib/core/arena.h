/*
 * One memory idea: all that belongs to one request (or one imported file) lives
 * in one arena and goes with it. What is not plain memory, such as a libxml2
 * document or an open statement, is registered with a cleanup where it is born.
 *
 * Nothing here returns NULL: out of memory ends the process, and its supervisor
 * starts another within milliseconds.
 */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* A new, empty arena. The caller owns it and ends it with arena_free(). */
struct arena *arena_new(void);

/* Runs the cleanups, newest first. The memory stays for what comes next, up to a megabyte. */
void arena_reset(struct arena *arena);

/* Runs the cleanups, newest first, and frees everything. NULL is allowed. */
void arena_free(struct arena *arena);

/* Zeroed memory, aligned for any type, valid until reset or free. */
void *arena_alloc(struct arena *arena, size_t size);

/* The same for count members of one size; aborts when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of length bytes, followed by a NUL. */
char *arena_bytes(struct arena *arena, const void *bytes, size_t length);

/* A copy of a string; NULL gives NULL. */
char *arena_dup(struct arena *arena, const char *string);

/* printf into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));

/* Calls cleanup(object) when the arena is reset or freed. */
void arena_cleanup(struct arena *arena, void (*cleanup)(void *object), void *object);

/* Bytes handed out since the last reset; for tests and logs. */
size_t arena_used(const struct arena *arena);

/* Room for one struct of that type. */
#define arena_new_of(arena, type) ((type *)arena_alloc((arena), sizeof(type)))

#endif
