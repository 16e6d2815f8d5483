/* Shared by text.c and text_clean.c. */
#ifndef CORE_TEXT_INTERNAL_H
#define CORE_TEXT_INTERNAL_H

#include "core/text.h"

/* Code points from first to last, inclusive. */
struct text_range {
	int32_t first, last;
};

static inline bool
text_within(const struct text_range *ranges, size_t count, int32_t code_point)
{
	for (size_t i = 0; i < count; i++)
		if (code_point >= ranges[i].first && code_point <= ranges[i].last)
			return true;
	return false;
}

#define TEXT_WITHIN(ranges, code_point) text_within((ranges), sizeof(ranges) / sizeof((ranges)[0]), (code_point))

/*
 * Counts the combining marks of the current run, which this character continues or ends. False when there are
 * too many.
 */
bool text_count_marks(int *marks, int32_t code_point);

/* utf8proc_map() with its options, into the arena. The text must have passed text_accept(). */
char *text_map(struct arena *arena, const char *text, size_t length, int options);

#endif
