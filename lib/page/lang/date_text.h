/* Days and times of day in words, local, in the page's language. */
#ifndef PAGE_LANG_DATE_TEXT_H
#define PAGE_LANG_DATE_TEXT_H

#include <stdint.h>

#include "core/arena.h"

/* "Monday", and "Mon" where there is little room; day 0 is Monday. */
const char *date_text_weekday(int day);
const char *date_text_weekday_short(int day);

/* The local day of the week of a time, from 0 for Monday. */
int date_text_day(int64_t time);

/* "08:00". */
char *date_text_clock(struct arena *arena, int64_t time);

/* "Friday, 27 November 2026, 08:00"; where clocks jump, with what that means. */
char *date_text_text(struct arena *arena, int64_t time);

#endif
