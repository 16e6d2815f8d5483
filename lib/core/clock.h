/*
 * Times are Unix seconds (UTC) everywhere in the code; only input and output use other forms. HTTP headers and
 * feeds need English names in every locale, so these functions do not use strftime() for names.
 */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"

/* The current time in Unix seconds. */
int64_t clock_now(void);

/* Microseconds of the monotonic clock, only for measuring durations. */
int64_t clock_micros(void);

/* Formats a time as "Tue, 24 Nov 2026 05:23:42 GMT" (RFC 9110, section 5.6.7). The text is in the arena. */
char *clock_http(struct arena *arena, int64_t time);

/* Formats a time as "Tue, 24 Nov 2026 05:23:42 +0000" (RFC 822 as amended by RSS 2.0). */
char *clock_rss(struct arena *arena, int64_t time);

/* Formats a time as "2026-11-24T05:23:42Z" (RFC 3339). */
char *clock_rfc3339(struct arena *arena, int64_t time);

/* Reads an HTTP date in the preferred form of RFC 9110. False for any other text, and for NULL. */
bool clock_parse_http(const char *text, int64_t *ret_time);

/*
 * Reads "2026-11-24", "2026-11-24 05:23" or "2026-11-24T05:23:42", with an optional "Z", "+08:00" or "+0800".
 * Without an offset the text is local time of the process (see clock_use_zone() and clock_from_local()). False when
 * the text is not such a date.
 */
bool clock_parse_date(const char *text, int64_t *ret_time);

/* How many times a date can mean where local clocks change. */
enum clock_reading {
	CLOCK_NO_DATE,  /* the text is not a date */
	CLOCK_ONE_TIME, /* ret_times[0] */
	CLOCK_TWO_TIMES, /* clocks are set back, so the local time occurs twice: ret_times holds both, the earlier one first */
	CLOCK_SKIPPED,  /* clocks are put forward over the local time: ret_times[0] is the result of clock_from_local() */
};

/*
 * Reads the same texts as clock_parse_date(). Also reports whether such a local time occurs once, twice or not at
 * all.
 */
enum clock_reading clock_read_date(const char *text, int64_t ret_times[2]);

/*
 * Converts a local time to Unix seconds (rules of RFC 5545, section 3.3.5). A local time that clocks skip gets the
 * offset from before the change: 02:30 then means 03:30. A local time that occurs twice means the first one. local_time:
 * the local time, counted as if it were UTC.
 */
int64_t clock_from_local(int64_t local_time);

/* The inverse: the local time at a given time, counted as if it were UTC. */
int64_t clock_to_local(int64_t time);

/* Whether local clocks show something unusual at a given time. */
enum clock_transition {
	CLOCK_NORMAL,
	CLOCK_AFTER_GAP, /* clocks were just put forward, less than the size of the change ago */
	CLOCK_REPEATED_FIRST,     /* the same local time will occur again */
	CLOCK_REPEATED_SECOND,    /* the same local time has occurred before */
};
enum clock_transition clock_transition(int64_t time);

/*
 * Formats a time as "2026-11-24 08:00" in local time. clock_parse_date() reads it. An empty text for a time out of
 * range.
 */
char *clock_local(struct arena *arena, int64_t time);

/*
 * Sets the zone of local times, such as "Asia/Shanghai". If the system does not know the zone, returns false and
 * changes nothing.
 */
bool clock_use_zone(const char *zone);

/* The names of the system's time zones, ended by NULL, in the arena. Empty when the system has no list of them. */
const char *const *clock_zones(struct arena *arena);

/* The first second of the local month that contains time. Sets its year and month (1 to 12). */
int64_t clock_month_start(int64_t time, int *ret_year, int *ret_month);

/* The first second of a local month. month may be above 12 or below 1; it then counts into other years. */
int64_t clock_month(int year, int month);

#endif
