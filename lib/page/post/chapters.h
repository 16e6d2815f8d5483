/*
 * Chapters of a recording, as their author writes them: a line each, "12:34 Title" or "1:02:03 Title". Empty lines do not count.
 */
#ifndef PAGE_POST_CHAPTERS_H
#define PAGE_POST_CHAPTERS_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/status.h"

enum { CHAPTERS_MOST = 200 };

struct chapter {
	int64_t seconds; /* where it begins */
	const char *title;
};

/*
 * INVALID when a line is none, a time is not after the one before it, or there are too many; the number of that line, from 1, is then
 * in *ret_line.
 */
enum status chapters_read(struct arena *arena, const char *text, struct chapter **ret_chapters, size_t *ret_count, int *ret_line);

/* "12:34", or "1:02:03" from an hour on. */
const char *chapters_time(struct arena *arena, int64_t seconds);

/* As JSON Chapters 1.2 of the podcast namespace: the bytes of a file. */
char *chapters_json(struct arena *arena, const char *title, const struct chapter *chapters, size_t count);

#endif
