/*
 * What a check has found: a message in English with its values apart, so that it can be kept today and read in another language
 * tomorrow.
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
	const char *check;   /* in English for lang_text(), like message */
	const char *message; /* with printf's %s, %d, %u and %lld, and nothing else, where its values stand */
	const char *values[FINDING_VALUES];
	size_t count;
};

/* Takes the values of a message from a list of arguments. What no finding can hold ends the process: a programming error. */
struct finding finding_take(struct arena *arena, const char *check, const char *message, va_list arguments);

/* The sentence in the language in use. A translation may take the values in another order, as %2$s. */
const char *finding_sentence(struct arena *arena, const struct finding *finding);

/* Adds it to a report, a line each. */
void finding_write(struct str *report, const struct finding *finding);

/* Takes the next one from a report; false at its end. */
bool finding_read(struct arena *arena, const char **report, struct finding *ret_finding);

#endif
