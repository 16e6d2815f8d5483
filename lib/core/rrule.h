/*
 * Weekly times, stored as recurrence rules that calendar programs read (RFC 5545, section 3.3.10):
 *
 *     FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0;BYSECOND=0
 *
 * Rules are in local time of the process (clock_use_zone()). Where clocks change, clock_from_local() defines the
 * result.
 */
#ifndef CORE_RRULE_H
#define CORE_RRULE_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/status.h"

enum {
	RRULE_WEEKS_MAX = 4,              /* "every fourth week" */
	RRULE_TEXT_MAX = 200,             /* bytes of a rule */
	RRULE_SPAN_MAX = 366 * 24 * 3600, /* seconds that one call of rrule_between() covers */
};

struct rrule {
	unsigned days;    /* bit 0: Monday … bit 6: Sunday; at least one */
	int hour, minute;
	int weeks;        /* 1: every week, 2: every second week, and so on */
};

/* Reads a rule. INVALID for anything except a weekly rule with days and one time of day and without an end. */
enum status rrule_read(const char *rule, struct rrule *ret_rrule);

/* Writes a rule in the form that is stored, in the arena. Equal rules give equal texts. */
char *rrule_write(struct arena *arena, const struct rrule *rrule);

struct rrule_since {
	const char *rule;
	int64_t since; /* no time before this; "every second week" counts from its week */
};

/*
 * Lists the times of all rules in (after, until], ascending and without duplicates, in the arena. until is limited
 * to RRULE_SPAN_MAX seconds after `after`. INVALID when a rule cannot be read.
 */
enum status rrule_between(struct arena *arena, const struct rrule_since *rules, size_t rule_count, int64_t after, int64_t until,
	int64_t **ret_times, size_t *ret_count);

#endif
