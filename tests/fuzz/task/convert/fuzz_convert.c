/* Markdown of other systems from any bytes: no crash, no output that the check of text would refuse, no output that grows without bound. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "task/convert/convert.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Replaces conversion_warnings.c. */
void
conversion_warnings_add(struct conversion_warnings *warnings, const char *kind, const char *path, int line, const char *detail)
{
	if (warnings == NULL || *kind == '\0' || *path == '\0' || line < 1 || (detail != NULL && strlen(detail) > 100 * 1024))
		abort();
}

static size_t
count_lines(const char *text)
{
	size_t lines = 0;

	for (; *text != '\0'; text++)
		lines += *text == '\n';
	return lines;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();
	char *text = text_clean(arena, (const char *)bytes, length, TEXT_BLOCK), *accepted;
	enum convert_comments kinds = length == 0 ? CONVERT_COMMENTS : (enum convert_comments)(bytes[0] % 3);
	int open = 0;
	const char *seen = convert_comments(arena, text, 1, "x", (struct conversion_warnings *)arena, kinds, &open);
	const char *tidied = convert_text(arena, seen, 1, "x", (struct conversion_warnings *)arena);

	/* Comments are removed, and nothing else changes: each line keeps its number. */
	if (strlen(seen) > strlen(text) || count_lines(seen) != count_lines(text))
		abort();

	/* Eight containers add sixteen bytes before each line. */
	if (!text_accept(arena, tidied, strlen(tidied), TEXT_BLOCK, &accepted) || strlen(tidied) > strlen(text) * 40 + 100)
		abort();
	arena_free(arena);
	return 0;
}
