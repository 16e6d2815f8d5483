/*
 * What an import could not take over, grouped: nothing is lost without a word, and a folder of 100,000 files
 * still gives a report that can be read.
 */
#ifndef TASK_CONVERT_CONVERSION_WARNINGS_H
#define TASK_CONVERT_CONVERSION_WARNINGS_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

struct conversion_warnings;

/* The parts of the report. */
enum conversion_part {
	CONVERSION_WARNINGS_CHANGED,    /* not taken over as it was */
	CONVERSION_WARNINGS_RESTRICTED, /* not public, or not for everybody, or not yet */
	CONVERSION_WARNINGS_LEFT_OUT,   /* files that are no articles */
	CONVERSION_WARNINGS_PARTS,
};

struct conversion_warnings *conversion_warnings_new(struct arena *arena);

/*
 * One more of a kind, in English for lang_text(), perhaps with the name of something behind it ("unknown key: weight"), or with "%s" in it, which is then the detail. line may be 0;
 * detail, which may be NULL, is kept for the first few only.
 */
void conversion_warnings_add(struct conversion_warnings *warnings, const char *kind, const char *path, int line, const char *detail);

/* The same in another part of the report, which names more of the places. */
void conversion_warnings_add_to(struct conversion_warnings *warnings, enum conversion_part part, const char *kind, const char *path, int line, const char *detail);

/* The same for several at once. */
void conversion_warnings_count(struct conversion_warnings *warnings, const char *kind, const char *path, int line, const char *detail,
	int64_t count);

/* Calls heard for each of them from now on. */
void conversion_warnings_listen(struct conversion_warnings *warnings, void (*heard)(void *context, const char *kind, const char *path, int line, const char *detail,
	int64_t count), void *context);

/* How much was not taken over as it was (CONVERSION_WARNINGS_CHANGED). */
int64_t conversion_warnings_total(const struct conversion_warnings *warnings);

/* The report in its parts, the most frequent first in each; "" when there is nothing to report. */
const char *conversion_warnings_text(const struct conversion_warnings *warnings);

#endif
