/* Writes calendars that calendar programs can subscribe to: iCalendar (RFC 5545), by libical. */
#ifndef CORE_ICALENDAR_H
#define CORE_ICALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

/* One event. Times are Unix seconds. */
struct icalendar_event {
	const char *uid;      /* globally unique, and always the same for the same event */
	int64_t start;
	int64_t seconds;      /* duration */
	int64_t stamp;        /* DTSTAMP, Unix seconds */
	const char *summary, *url; /* plain text; an absolute URL */
	bool is_free_slot;    /* an open time slot without a post: STATUS is TENTATIVE */
};

/* Writes a calendar with the line ends and line folding of the format. The text is in the arena. */
char *icalendar_write(struct arena *arena, const char *name, const struct icalendar_event *events, size_t count);

#endif
