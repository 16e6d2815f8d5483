/*
 * Times that come back every week, kept as recurrence rules that calendars read (RFC 5545, section 3.3.10):
 *
 *     FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0;BYSECOND=0
 *
 * The rule is local time of the process (clock_use_zone); where clocks jump, clock_from_local() says what it means.
 */
#ifndef CORE_RRULE_H
#define CORE_RRULE_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/status.h"

enum {
	RRULE_WEEKS_MOST = 4,              /* "every fourth week" */
	RRULE_TEXT_MOST = 200,             /* bytes of a rule */
	RRULE_SPAN_MOST = 366 * 24 * 3600, /* seconds that one look at rules reaches */
};

struct rrule {
	unsigned days;    /* bit 0: Monday … bit 6: Sunday; at least one */
	int hour, minute;
	int weeks;        /* 1: every week, 2: every other week … */
};

/* INVALID for anything but a weekly rule with days and one time of day, without an end. */
enum status rrule_read(const char *rule, struct rrule *ret_rrule);

/* The rule as it is stored: equal ones are spelled alike. */
char *rrule_write(struct arena *arena, const struct rrule *rrule);

struct rrule_rule {
	const char *rule;
	int64_t since; /* nothing before it; "every other week" is counted from its week */
};

/*
 * The times of all rules in (after, until], ascending, none twice. until is taken to be at most RRULE_SPAN_MOST after `after`.
 * INVALID when a rule is none.
 */
enum status rrule_between(struct arena *arena, const struct rrule_rule *rules, size_t rule_count, int64_t after, int64_t until,
	int64_t **ret_times, size_t *ret_count);

#endif
