#include "core/clock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/str.h"

static const char days[7][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
	"Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

int64_t
clock_now(void)
{
	return (int64_t)time(NULL);
}

int64_t
clock_micros(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct tm
utc(int64_t seconds)
{
	time_t when = (time_t)seconds;
	struct tm tm = { 0 };

	gmtime_r(&when, &tm);
	return tm;
}

static char *
english_date(struct arena *arena, int64_t seconds, const char *zone)
{
	struct tm tm = utc(seconds);

	return arena_printf(arena, "%s, %02d %s %04d %02d:%02d:%02d %s",
		days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
		tm.tm_hour, tm.tm_min, tm.tm_sec, zone);
}

char *
clock_http(struct arena *arena, int64_t seconds)
{
	return english_date(arena, seconds, "GMT");
}

char *
clock_rss(struct arena *arena, int64_t seconds)
{
	return english_date(arena, seconds, "+0000");
}

char *
clock_rfc3339(struct arena *arena, int64_t seconds)
{
	struct tm tm = utc(seconds);

	return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900,
		tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* The index of the name that text starts with in a table of three-letter names, or -1. */
static int
find_name(const char *text, const char (*names)[4], int count)
{
	for (int i = 0; i < count; i++)
		if (strncmp(text, names[i], 3) == 0)
			return i;
	return -1;
}

/* Whether the date exists. timegm() would silently turn 31 February into 3 March. */
static bool
is_day(struct tm tm)
{
	int day = tm.tm_mday;

	(void)timegm(&tm);
	return tm.tm_mday == day;
}

bool
clock_parse_http(const char *text, int64_t *ret_time)
{
	static const char form[] = "Www, 00 Www 0000 00:00:00 GMT";
	struct tm tm = { 0 };

	/*
	 * sscanf() and atoi() accept blanks and signs where digits are expected, so check the kind of each byte
	 * first.
	 */
	if (text == NULL || strlen(text) != sizeof(form) - 1)
		return false;
	for (size_t i = 0; form[i] != '\0'; i++) {
		bool digit = text[i] >= '0' && text[i] <= '9', name = form[i] == 'W' || form[i] == 'w';
		if (form[i] == '0' ? !digit : !name && text[i] != form[i])
			return false;
	}
	tm.tm_mday = atoi(text + 5);
	tm.tm_mon = find_name(text + 8, months, 12);
	tm.tm_year = atoi(text + 12) - 1900;
	tm.tm_hour = atoi(text + 17);
	tm.tm_min = atoi(text + 20);
	tm.tm_sec = atoi(text + 23);
	if (find_name(text, days, 7) < 0 || tm.tm_mon < 0 || tm.tm_hour > 23 || tm.tm_min > 59 || tm.tm_sec > 60 ||
		!is_day(tm))
		return false;
	*ret_time = (int64_t)timegm(&tm);
	return true;
}

/* Reads exactly count digits as a number and moves *text behind them; -1 if there are fewer. */
static int
digits(const char **text, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++, (*text)++) {
		if (**text < '0' || **text > '9')
			return -1;
		value = value * 10 + (**text - '0');
	}
	return value;
}

static bool
parse_clock(const char **text, struct tm *tm)
{
	if (**text != ' ' && **text != 'T' && **text != 't')
		return true;
	(*text)++;
	tm->tm_hour = digits(text, 2);
	if (tm->tm_hour < 0 || tm->tm_hour > 23 || *(*text)++ != ':')
		return false;
	tm->tm_min = digits(text, 2);
	if (tm->tm_min < 0 || tm->tm_min > 59)
		return false;
	if (**text == ':') {
		(*text)++;
		tm->tm_sec = digits(text, 2);
		if (tm->tm_sec < 0 || tm->tm_sec > 60)
			return false;
		if (**text == '.')
			for ((*text)++; **text >= '0' && **text <= '9'; (*text)++)
				continue;
	}
	return true;
}

/* Reads an offset as seconds east of UTC. Sets *ret_given when the text contains one. */
static bool
parse_offset(const char *text, bool *ret_given, int *ret_offset)
{
	int sign, hours, minutes;

	while (*text == ' ')
		text++;
	*ret_given = *text != '\0';
	*ret_offset = 0;
	if (*text == '\0')
		return true;
	if ((*text == 'Z' || *text == 'z') && text[1] == '\0')
		return true;
	if (*text != '+' && *text != '-')
		return false;
	sign = *text++ == '-' ? -1 : 1;
	hours = digits(&text, 2);
	if (*text == ':')
		text++;
	minutes = digits(&text, 2);
	if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59 || *text != '\0')
		return false;
	*ret_offset = sign * (hours * 3600 + minutes * 60);
	return true;
}

enum clock_reading
clock_read_date(const char *text, int64_t ret_times[2])
{
	struct tm tm = { 0 };
	bool given;
	int offset;

	if (text == NULL)
		return CLOCK_NO_DATE;
	tm.tm_year = digits(&text, 4) - 1900;
	if (tm.tm_year < -400 || *text++ != '-')
		return CLOCK_NO_DATE;
	tm.tm_mon = digits(&text, 2) - 1;
	if (tm.tm_mon < 0 || tm.tm_mon > 11 || *text++ != '-')
		return CLOCK_NO_DATE;
	tm.tm_mday = digits(&text, 2);
	if (tm.tm_mday < 1 || tm.tm_mday > 31 || !is_day(tm))
		return CLOCK_NO_DATE;
	if (!parse_clock(&text, &tm) || !parse_offset(text, &given, &offset))
		return CLOCK_NO_DATE;
	if (!given)
		return clock_local_times((int64_t)timegm(&tm), ret_times);
	ret_times[0] = (int64_t)timegm(&tm) - offset;
	return CLOCK_ONE_TIME;
}

bool
clock_parse_date(const char *text, int64_t *ret_time)
{
	int64_t times[2];

	if (clock_read_date(text, times) == CLOCK_NO_DATE)
		return false;
	*ret_time = times[0];
	return true;
}
