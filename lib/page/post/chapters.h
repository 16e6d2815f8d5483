/*
 * Chapters of a recording as the author types them, one per line: "12:34 Title" or "1:02:03 Title". Empty lines are
 * ignored.
 */
#ifndef PAGE_POST_CHAPTERS_H
#define PAGE_POST_CHAPTERS_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/status.h"

enum { CHAPTERS_MAX = 200 };

struct chapter {
	int64_t seconds; /* start, from the beginning of the recording */
	const char *title;
};

/*
 * Parses the chapters. INVALID when a line has no time and title, when a time is not later than the previous one, or
 * when there are more than CHAPTERS_MAX. *ret_line is then the number of that line, from 1.
 */
enum status chapters_read(struct arena *arena, const char *text, struct chapter **ret_chapters, size_t *ret_count, int *ret_line);

/* "12:34", or "1:02:03" from one hour on. In the arena. */
const char *chapters_time(struct arena *arena, int64_t seconds);

/* The chapters as a JSON Chapters 1.2 file (podcast namespace). In the arena. */
char *chapters_json(struct arena *arena, const char *title, const struct chapter *chapters, size_t count);

#endif
