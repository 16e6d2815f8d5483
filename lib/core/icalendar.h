/* A calendar as calendar programs subscribe to it: iCalendar (RFC 5545), written by libical. */
#ifndef CORE_ICALENDAR_H
#define CORE_ICALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

struct icalendar_event {
	const char *uid;      /* the same for the same event for ever, and nowhere else */
	int64_t start;
	int64_t seconds;      /* how long it takes */
	int64_t stamp;        /* when this was so */
	const char *summary, *url; /* text; an absolute address */
	bool free;            /* nothing is there yet: tentative, and leaves its time free */
};

/* All of it, with the line ends and folded lines that the format wants. */
char *icalendar_write(struct arena *arena, const char *name, const struct icalendar_event *events, size_t count);

#endif
