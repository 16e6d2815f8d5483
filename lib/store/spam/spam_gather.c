#include "store/spam/spam_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "store/spam/spam_prior.h"

/* The set never holds more: all that the prior knows, what it does not know, and the bounded features of form. */
enum { SLOTS = 16384, CANDIDATES_MAX = SLOTS / 2 };
_Static_assert(SPAM_UNKNOWN_MAX + 4096 <= CANDIDATES_MAX, "the set needs more slots");

/* Features of form come before all words. */
#define ORDER_OF_FORM (-1e9)

/* From this ratio of the prior on, a word counts as a word of spam. */
#define SPAM_WORD_RATIO 3.0F

void
spam_gather_begin(struct arena *arena, struct spam_gather *gather)
{
	*gather = (struct spam_gather){ .arena = arena, .unknown_max = SPAM_UNKNOWN_MAX };
	gather->list = arena_array(arena, CANDIDATES_MAX, sizeof(*gather->list));
	gather->slots = arena_array(arena, SLOTS, sizeof(*gather->slots));
}

static uint32_t
hash(const char *name, size_t length)
{
	uint32_t sum = 2166136261U;

	for (size_t i = 0; i < length; i++)
		sum = (sum ^ (unsigned char)name[i]) * 16777619U;
	return sum ^ sum >> 15;
}

/* How much a row of the prior can tell: its information in bits, times how frequent it is. */
static double
order_of_known(const struct spam_prior *prior)
{
	return -1 - 1000.0 * fabs(log(prior->spam / prior->ham)) * sqrt(prior->spam + prior->ham);
}

void
spam_gather_add(struct spam_gather *gather, const char *prefix, const char *name, bool is_word)
{
	char full[SPAM_FEATURE_BYTES];
	size_t before = strlen(prefix), length = before + strlen(name);
	const struct spam_prior *prior;
	struct spam_candidate *candidate;
	uint32_t sum, slot;

	gather->looked_at++;
	if (length >= sizeof(full) || *name == '\0')
		return;
	memcpy(full, prefix, before);
	memcpy(full + before, name, length - before + 1);
	sum = hash(full, length);
	for (slot = sum % SLOTS; gather->slots[slot] != 0; slot = (slot + 1) % SLOTS) {
		candidate = &gather->list[gather->slots[slot] - 1];
		if (candidate->hash == sum && str_equal(candidate->name, full))
			return;
	}
	prior = spam_prior_find(full);
	if (gather->count == CANDIDATES_MAX || (prior == NULL && is_word && gather->unknown >= gather->unknown_max))
		return;
	candidate = &gather->list[gather->count++];
	gather->slots[slot] = (uint32_t)gather->count;
	candidate->name = arena_bytes(gather->arena, full, length);
	candidate->hash = sum;
	candidate->order = !is_word ? ORDER_OF_FORM : prior == NULL ? 0 : order_of_known(prior);
	gather->unknown += is_word && prior == NULL;
	gather->spam_words += is_word && prior != NULL && prior->spam > prior->ham * SPAM_WORD_RATIO;
}

static int
by_order(const void *a, const void *b)
{
	const struct spam_candidate *one = a, *other = b;

	if (one->order != other->order)
		return one->order < other->order ? -1 : 1;
	return strcmp(one->name, other->name);
}

void
spam_gather_end(struct spam_gather *gather, struct spam_features *ret_features)
{
	size_t place = 0, count = gather->count < SPAM_FEATURES_MAX ? gather->count : SPAM_FEATURES_MAX;

	if (gather->count > SPAM_FEATURES_MAX) {
		/* Noise may come before or after what somebody wants to be read, so both ends are taken. */
		for (size_t i = 0; i < gather->count; i++)
			if (gather->list[i].order == 0) {
				size_t from_end = gather->unknown - 1 - place;
				gather->list[i].order = 1 + (double)(place < from_end ? place : from_end);
				place++;
			}
		qsort(gather->list, gather->count, sizeof(*gather->list), by_order);
	}
	ret_features->list = arena_array(gather->arena, count + 1, sizeof(*ret_features->list));
	ret_features->count = count;
	ret_features->looked_at = gather->looked_at;
	for (size_t i = 0; i < count; i++)
		ret_features->list[i].name = gather->list[i].name;
}
