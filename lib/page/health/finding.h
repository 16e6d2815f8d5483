/*
 * A result of a health check: an English message and its values, stored separately so that a saved result can be shown
 * later in any language.
 */
#ifndef PAGE_HEALTH_FINDING_H
#define PAGE_HEALTH_FINDING_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/str.h"

enum { FINDING_VALUES = 6 };

struct finding {
	const char *check;   /* the check's name in English, for lang_text(), like message */
	const char *message; /* a format with only %s, %d, %u and %lld for its values */
	const char *values[FINDING_VALUES];
	size_t count;
};

/*
 * Makes a finding from a message and its arguments; the values are copied to the arena. A format that a finding cannot
 * hold is a programming error and aborts.
 */
struct finding finding_take(struct arena *arena, const char *check, const char *message, va_list arguments);

/* The sentence in the current language. A translation may use the values in another order, as %2$s. */
const char *finding_sentence(struct arena *arena, const struct finding *finding);

/* Appends the finding to a report, one line per finding. */
void finding_write(struct str *report, const struct finding *finding);

/* Reads the next finding from a report and moves *report behind it. False at the end of the report. */
bool finding_read(struct arena *arena, const char **report, struct finding *ret_finding);

#endif
