/*
 * The result of a health check. The English message and its values are stored separately, so that a saved result can be
 * shown in any language.
 */
#ifndef PAGE_HEALTH_HEALTH_RESULT_H
#define PAGE_HEALTH_HEALTH_RESULT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/str.h"

enum { HEALTH_RESULT_VALUES = 6 };

struct health_result {
	const char *check;   /* the check's name in English, for lang_text(), like message */
	const char *message; /* a format with only %s, %d, %u and %lld for its values */
	const char *values[HEALTH_RESULT_VALUES];
	size_t count;
};

/*
 * Makes a result from a message and its arguments; the values are copied to the arena. A format that a result cannot
 * hold is a programming error and aborts.
 */
struct health_result health_result_take(struct arena *arena, const char *check, const char *message, va_list arguments);

/* The sentence in the current language. A translation may use the values in another order, as %2$s. */
const char *health_result_text(struct arena *arena, const struct health_result *health_result);

/* Appends the result to a report, one line per result. */
void health_result_write(struct str *report, const struct health_result *health_result);

/* Reads the next result from a report and moves *report behind it. False at the end of the report. */
bool health_result_read(struct arena *arena, const char **report, struct health_result *ret_finding);

#endif
