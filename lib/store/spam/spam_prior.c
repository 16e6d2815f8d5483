#include "store/spam/spam_prior.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static const struct spam_prior rows[] = {
#include "store/spam_prior_rows.h"
};

enum { ROWS = sizeof(rows) / sizeof(*rows), SLOTS = 4096 };
_Static_assert(ROWS * 2 <= SLOTS, "the hash table needs more slots");

/* FNV-1a. The rows are constant, so nobody can choose keys that collide. */
static uint32_t
hash(const char *feature)
{
	uint32_t sum = 2166136261U;

	for (; *feature != '\0'; feature++)
		sum = (sum ^ (unsigned char)*feature) * 16777619U;
	return sum ^ sum >> 16;
}

/* Open addressing: the number of a row + 1, or 0. A text of 64 KiB asks ten thousand times, so this is no binary search. */
static const uint16_t *
slots(void)
{
	static uint16_t table[SLOTS];
	static bool made;

	for (size_t i = 0; !made && i < ROWS; i++) {
		uint32_t slot = hash(rows[i].feature) % SLOTS;
		while (table[slot] != 0)
			slot = (slot + 1) % SLOTS;
		table[slot] = (uint16_t)(i + 1);
	}
	made = true;
	return table;
}

const struct spam_prior *
spam_prior_find(const char *feature)
{
	const uint16_t *table = slots();

	for (uint32_t slot = hash(feature) % SLOTS; table[slot] != 0; slot = (slot + 1) % SLOTS)
		if (strcmp(rows[table[slot] - 1].feature, feature) == 0)
			return &rows[table[slot] - 1];
	return NULL;
}

const struct spam_prior *
spam_prior_all(size_t *ret_count)
{
	*ret_count = ROWS;
	return rows;
}
