/*
 * Weekdays and times of day as text, in local time and in the page's language.
 * Strings are in the arena or static.
 */
#ifndef PAGE_LANG_DATE_TEXT_H
#define PAGE_LANG_DATE_TEXT_H

#include <stdint.h>

#include "core/arena.h"

/* "Monday" and "Mon". day is 0 for Monday to 6 for Sunday. */
const char *date_text_weekday(int day);
const char *date_text_weekday_short(int day);

/* The local weekday of a time in Unix seconds, 0 for Monday. */
int date_text_day(int64_t time);

/* The local time of day, such as "08:00". */
char *date_text_clock(struct arena *arena, int64_t time);

/*
 * Such as "Friday, 27 November 2026, 08:00". A note is added for times around a
 * change of the clocks.
 */
char *date_text_full(struct arena *arena, int64_t time);

#endif
