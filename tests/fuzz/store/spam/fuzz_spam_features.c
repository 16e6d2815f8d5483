/*
 * The features of any bytes: each is there once, valid UTF-8 and short, the work is bounded, and the score is a number.
 * A newline splits the bytes into name, link and text.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/map.h"
#include "core/text.h"
#include "store/spam/spam_features.h"
#include "store/spam/spam_score.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
check(struct arena *arena, struct spam_features *features)
{
	struct map *seen = map_new(arena);
	struct spam_total total = { .spam = 3, .ham = 5 };

	if (features->count > SPAM_FEATURES_MAX || features->looked_at > 2 * (SPAM_TEXT_HEAD + SPAM_TEXT_TAIL))
		abort();
	for (size_t i = 0; i < features->count; i++) {
		struct spam_feature *feature = &features->list[i];
		if (strlen(feature->name) >= SPAM_FEATURE_BYTES || !text_is_utf8(feature->name) || !map_put(seen, feature->name, feature))
			abort();
		feature->spam = (int64_t)i % 4;
		feature->ham = (int64_t)i % 3;
	}
	if (!isfinite(spam_score(features, &total)))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();
	char *name = arena_bytes(arena, bytes, length), *link = strchr(name, '\n');
	struct spam_comment comment = { .text = name };
	struct spam_features features;

	if (link != NULL) {
		*link++ = '\0';
		comment.name = name;
		comment.link = link;
		comment.text = strchr(link, '\n');
	}
	spam_features_take(arena, &comment, &features);
	check(arena, &features);
	arena_free(arena);
	return 0;
}
