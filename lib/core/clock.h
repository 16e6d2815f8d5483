/*
 * Times are unix seconds, UTC, everywhere but at the edge. Feeds and headers
 * need English names whatever the locale, so these never ask strftime for one.
 */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"

/* Now, in unix seconds. */
int64_t clock_now(void);

/* Monotonic microseconds, for durations only. */
int64_t clock_micros(void);

/* "Tue, 24 Nov 2026 05:23:42 GMT" (RFC 9110 section 5.6.7). */
char *clock_http(struct arena *arena, int64_t time);

/* "Tue, 24 Nov 2026 05:23:42 +0000" (RFC 822 as RSS 2.0 amends it). */
char *clock_rss(struct arena *arena, int64_t time);

/* "2026-11-24T05:23:42Z" (RFC 3339). */
char *clock_rfc3339(struct arena *arena, int64_t time);

/* Reads an HTTP date of the preferred form only; false for any other text. */
bool clock_parse_http(const char *text, int64_t *ret_time);

/*
 * Reads "2026-11-24", "2026-11-24 05:23", "2026-11-24T05:23:42", with an
 * optional "Z", "+08:00" or "+0800". Without an offset the text is local time
 * of the process (see clock_use_zone, clock_from_local). False when it is no such date.
 */
bool clock_parse_date(const char *text, int64_t *ret_time);

/* What a date means where local clocks jump. */
enum clock_reading {
	CLOCK_NO_DATE,  /* the text is no date */
	CLOCK_ONE_TIME, /* ret_times[0] */
	CLOCK_TWO_TIMES, /* clocks are set back and show it twice: ret_times, the earlier one first */
	CLOCK_SKIPPED,  /* clocks are put forward and skip it: ret_times[0] is the time that clock_from_local() gives */
};

/* Reads the same texts as clock_parse_date(), and tells when such a local time comes twice, or not at all. */
enum clock_reading clock_read_date(const char *text, int64_t ret_times[2]);

/*
 * Where local clocks jump (RFC 5545, 3.3.5): a time that they skip is as many hours after the jump as it would have been without
 * it, 02:30 being 03:30; of a time that they show twice, the first is meant. flat: a local time, counted as if it were UTC.
 */
int64_t clock_from_local(int64_t flat);

/* The other way round: what local clocks show, counted as if it were UTC. */
int64_t clock_to_local(int64_t time);

/* What is odd about what local clocks show at a time. */
enum clock_oddity {
	CLOCK_PLAIN,
	CLOCK_AFTER_GAP, /* they have just been put forward, by more than passed since */
	CLOCK_FIRST,     /* they will show the same once more */
	CLOCK_SECOND,    /* they have shown the same before */
};
enum clock_oddity clock_oddity(int64_t time);

/* "2026-11-24 08:00", local time, as clock_parse_date() reads it. */
char *clock_local(struct arena *arena, int64_t time);

/*
 * Makes "Asia/Shanghai" the zone of local times. False, and nothing changes,
 * when the system does not know that zone.
 */
bool clock_use_zone(const char *zone);

/* The names of the system's zones, ended by NULL; none where the system has no list of them. */
const char *const *clock_zones(struct arena *arena);

/* The first second of the local month (1 to 12) that holds time. */
int64_t clock_month_start(int64_t time, int *ret_year, int *ret_month);

/* The first second of a local month; month may run past 12 or below 1. */
int64_t clock_month(int year, int month);

#endif
