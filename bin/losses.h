/*
 * What an import could not take over, grouped: nothing is lost without a word, and a folder of 100,000 files
 * still gives a report that can be read.
 */
#ifndef BIN_LOSSES_H
#define BIN_LOSSES_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

struct losses;

struct losses *losses_new(struct arena *arena);

/*
 * One more of a kind, in English for lang_text(), perhaps with the name of something behind it ("unknown key: weight"). line may be 0;
 * detail, which may be NULL, is kept for the first few only.
 */
void losses_add(struct losses *losses, const char *kind, const char *path, int line, const char *detail);

/* The same for several at once. */
void losses_count(struct losses *losses, const char *kind, const char *path, int line, const char *detail,
	int64_t count);

/* Calls heard for each of them from now on. */
void losses_listen(struct losses *losses, void (*heard)(void *context, const char *kind, const char *path, int line, const char *detail,
	int64_t count), void *context);

/* How many there were in all. */
int64_t losses_total(const struct losses *losses);

/* The report on standard output, the most frequent first. */
void losses_print(const struct losses *losses);

#endif
