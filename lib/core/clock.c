#include "core/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

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

bool
clock_parse_http(const char *text, int64_t *ret_time)
{
	struct tm tm = { 0 };
	char day[4], month[4];
	int used = 0;

	if (text == NULL || sscanf(text, "%3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n", day,
		&tm.tm_mday, month, &tm.tm_year, &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &used) != 7 ||
		used != 29 || text[used] != '\0')
		return false;
	for (tm.tm_mon = 0; tm.tm_mon < 12; tm.tm_mon++)
		if (strcmp(month, months[tm.tm_mon]) == 0)
			break;
	if (tm.tm_mon == 12)
		return false;
	tm.tm_year -= 1900;
	*ret_time = (int64_t)timegm(&tm);
	return true;
}

/* Exactly count digits as a number, or -1. */
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

/* Seconds east of UTC; sets *ret_given when the text names an offset. */
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

bool
clock_parse_date(const char *text, int64_t *ret_time)
{
	struct tm tm = { .tm_isdst = -1 }, check;
	bool given;
	int offset;

	if (text == NULL)
		return false;
	tm.tm_year = digits(&text, 4) - 1900;
	if (tm.tm_year < -400 || *text++ != '-')
		return false;
	tm.tm_mon = digits(&text, 2) - 1;
	if (tm.tm_mon < 0 || tm.tm_mon > 11 || *text++ != '-')
		return false;
	tm.tm_mday = digits(&text, 2);
	if (tm.tm_mday < 1 || tm.tm_mday > 31)
		return false;
	check = tm;
	if (!parse_clock(&text, &tm) || !parse_offset(text, &given, &offset))
		return false;
	/* timegm() would quietly turn 31 February into 3 March. */
	(void)timegm(&check);
	if (check.tm_mday != tm.tm_mday)
		return false;
	*ret_time = given ? (int64_t)timegm(&tm) - offset : (int64_t)mktime(&tm);
	return true;
}

bool
clock_use_zone(const char *zone)
{
	char path[256];

	if (str_empty(zone) || zone[0] == '/' || strstr(zone, "..") != NULL)
		return false;
	(void)snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", zone);
	if (!str_equal(zone, "UTC") && access(path, R_OK) != 0)
		return false;
	if (setenv("TZ", zone, 1) != 0)
		return false;
	tzset();
	return true;
}

int64_t
clock_month(int year, int month)
{
	struct tm tm = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = 1, .tm_isdst = -1 };

	return (int64_t)mktime(&tm);
}

int64_t
clock_month_start(int64_t seconds, int *ret_year, int *ret_month)
{
	time_t when = (time_t)seconds;
	struct tm tm = { 0 };

	localtime_r(&when, &tm);
	*ret_year = tm.tm_year + 1900;
	*ret_month = tm.tm_mon + 1;
	return clock_month(*ret_year, *ret_month);
}
