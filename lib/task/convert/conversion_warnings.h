/*
 * Import warnings: the parts of a text that an import could not keep. They are grouped by kind, so that every loss is
 * reported and yet the report on a folder of 100,000 files stays readable.
 */
#ifndef TASK_CONVERT_CONVERSION_WARNINGS_H
#define TASK_CONVERT_CONVERSION_WARNINGS_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

struct conversion_warnings;

/* The parts of the report. */
enum conversion_part {
	CONVERSION_WARNINGS_CHANGED,    /* not imported unchanged */
	CONVERSION_WARNINGS_RESTRICTED, /* not public, restricted, or not published yet */
	CONVERSION_WARNINGS_LEFT_OUT,   /* files that are not articles */
	CONVERSION_WARNINGS_PARTS,
};

/* An empty report, in the arena. */
struct conversion_warnings *conversion_warnings_new(struct arena *arena);

/*
 * Adds one warning. kind is in English, for lang_text(). It may end with the name of something ("unknown key: weight"),
 * or contain "%s" as the place of the detail. line may be 0 and detail NULL. Only the first few details of a kind are
 * kept.
 */
void conversion_warnings_add(struct conversion_warnings *warnings, const char *kind, const char *path, int line, const char *detail);

/* The same in another part of the report, which keeps all examples. */
void conversion_warnings_add_to(struct conversion_warnings *warnings, enum conversion_part part, const char *kind, const char *path, int line, const char *detail);

/* The same for count warnings at once. */
void conversion_warnings_count(struct conversion_warnings *warnings, const char *kind, const char *path, int line, const char *detail,
	int64_t count);

/* From now on, calls on_warning for each warning. */
void conversion_warnings_listen(struct conversion_warnings *warnings, void (*on_warning)(void *context, const char *kind, const char *path, int line, const char *detail,
	int64_t count), void *context);

/* The number of warnings in CONVERSION_WARNINGS_CHANGED. */
int64_t conversion_warnings_total(const struct conversion_warnings *warnings);

/* The report in its parts, each sorted by frequency; "" when there are no warnings. In the arena of the warnings. */
const char *conversion_warnings_text(const struct conversion_warnings *warnings);

#endif
