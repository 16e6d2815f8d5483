/*
 * Merging three texts and comparing two: each line that somebody added is in the result, and both texts can be restored
 * from the pieces of a comparison.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "page/post/text_merge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The next text, up to a byte that no text contains. */
static const char *
take(struct arena *arena, const char **rest, const char *end)
{
	const char *stop = memchr(*rest, 0xFF, (size_t)(end - *rest)), *start = *rest;

	*rest = stop == NULL ? end : stop + 1;
	return text_clean(arena, start, (size_t)((stop == NULL ? end : stop) - start), TEXT_BLOCK);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct text_merge_marks marks = { "*mine*", "*theirs*", "*end*" };
	struct arena *arena = arena_new();
	const char *rest = (const char *)data, *end = rest + size;
	const char *base = take(arena, &rest, end), *mine = take(arena, &rest, end), *theirs = take(arena, &rest, end);
	struct str before = str_init(arena), after = str_init(arena);
	struct change_piece *pieces;
	size_t count, conflicts;
	char *text;

	if (text_merge_lines(arena, base, mine, theirs, &marks, &text, &conflicts) != OK)
		abort();
	/* A text that nobody else has changed is the result. */
	if (text_merge_lines(arena, base, mine, base, &marks, &text, &conflicts) != OK || conflicts != 0 ||
		strncmp(text, mine, strlen(mine)) != 0)
		abort();
	if (text_merge_compare(arena, mine, theirs, &pieces, &count) != OK)
		abort();
	for (size_t i = 0; i < count; i++) {
		if (pieces[i].change != CHANGE_IN)
			str_add(&before, pieces[i].text);
		if (pieces[i].change != CHANGE_OUT)
			str_add(&after, pieces[i].text);
	}
	if (!str_equal(before.bytes, mine) || !str_equal(after.bytes, theirs))
		abort();
	arena_free(arena);
	return 0;
}
