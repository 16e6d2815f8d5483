/* The text gate on any bytes: what it lets in is clean, and cleaning twice changes nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
try_kind(struct arena *arena, const char *bytes, size_t length, enum text_kind kind)
{
	char *accepted, *again, *clean = text_clean(arena, bytes, length, kind);

	if (!text_accept(arena, clean, strlen(clean), kind, &again) || strcmp(clean, again) != 0)
		abort();
	if (text_accept(arena, bytes, length, kind, &accepted)) {
		if (!text_accept(arena, accepted, strlen(accepted), kind, &again) || strcmp(accepted, again) != 0)
			abort();
	}
	for (const char *c = clean; text_next(&c) != 0;)
		continue;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();
	char *clean, *slug;

	try_kind(arena, (const char *)bytes, length, TEXT_LINE);
	try_kind(arena, (const char *)bytes, length, TEXT_BLOCK);
	clean = text_clean(arena, (const char *)bytes, length, TEXT_LINE);
	slug = text_slug(arena, clean);
	if (*slug != '\0' && !text_is_slug(slug))
		abort();
	(void)text_fold(arena, clean);
	(void)text_minutes(clean);
	(void)text_guess_language(clean);
	if (text_length(text_shorten(arena, clean, 20)) > 21)
		abort();
	arena_free(arena);
	return 0;
}
