/* Any bytes through the check of text: the output is always text that the check accepts, also after further processing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
need(bool holds)
{
	if (!holds)
		abort();
}

/* A clean text is not changed. */
static void
check_clean(struct arena *arena, const char *text, enum text_kind kind)
{
	char *again = NULL;

	need(text_accept(arena, text, strlen(text), kind, &again));
	need(strcmp(text, again) == 0);
	need(strcmp(text, text_clean(arena, text, strlen(text), kind)) == 0);
	need(text_keeps_all(text, strlen(text), kind));
}

static void
check_walk(const char *text)
{
	const char *rest = text;
	char coded[4];
	size_t count = 0;

	for (;;) {
		const char *here = rest;
		int32_t c = text_next(&rest);

		if (c == 0)
			break;
		count++;
		need(text_put(c, coded) == (size_t)(rest - here) && memcmp(coded, here, (size_t)(rest - here)) == 0);
	}
	need(rest == text + strlen(text) && count == text_length(text));
}

static void
check_made(struct arena *arena, const char *text, size_t limit)
{
	const char *folded = text_fold(arena, text), *slug = text_slug(arena, text);
	const char *collapsed = text_collapse(arena, text), *shortened = text_shorten(arena, text, limit);
	size_t words, ideographs;

	check_walk(folded);
	need(strcmp(folded, text_fold(arena, folded)) == 0);
	need(*slug == '\0' || text_is_slug(slug));
	need(text_length(slug) <= 80);
	need(strcmp(collapsed, text_collapse(arena, collapsed)) == 0);
	need(text_length(shortened) <= limit);
	check_walk(shortened);
	text_count(text, &words, &ideographs);
	need(words + ideographs <= text_length(text));
	need(text_minutes(text) >= 1);
	(void)text_guess_language(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();

	for (enum text_kind kind = TEXT_LINE; kind <= TEXT_RENDERED; kind++) {
		struct text_fault fault = { 0 };
		char *accepted = NULL, *clean = text_clean(arena, (const char *)bytes, length, kind);
		bool good = text_accept(arena, (const char *)bytes, length, kind, &accepted);

		need(good == (accepted != NULL));
		need(good != text_find_fault((const char *)bytes, length, kind, &fault));
		need(good || (fault.line > 0 && fault.column > 0));
		/* A text that needs no cleaning is accepted, and is changed only by NFC and line ends. */
		need(!text_keeps_all((const char *)bytes, length, kind) || good);
		if (good)
			need(strcmp(accepted, clean) == 0);
		check_clean(arena, clean, kind);
		check_walk(clean);
		check_made(arena, clean, length % 50);
	}
	arena_free(arena);
	return 0;
}
