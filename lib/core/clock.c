#include "core/clock.h"

#include <stdio.h>
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

static struct tm
local(int64_t seconds)
{
	time_t when = (time_t)seconds;
	struct tm tm = { 0 };

	localtime_r(&when, &tm);
	return tm;
}

/* --- local times ----------------------------------------------------------------- */

enum { NEARBY = 36 * 3600 }; /* more than any offset from UTC, less than the time between two changes */

static int64_t
offset_at(int64_t time)
{
	return local(time).tm_gmtoff;
}

int64_t
clock_to_local(int64_t time)
{
	return time + offset_at(time);
}

/* mktime() is not used: its result for a time that is skipped or repeated depends on earlier calls. */
int64_t
clock_from_local(int64_t local_time)
{
	int64_t before = offset_at(local_time - NEARBY), after = offset_at(local_time + NEARBY);

	if (before != after && offset_at(local_time - before) != before && offset_at(local_time - after) == after)
		return local_time - after;
	return local_time - before;
}

enum clock_transition
clock_transition(int64_t time)
{
	int64_t now = offset_at(time), before = offset_at(time - NEARBY), after = offset_at(time + NEARBY);

	if (now > before && offset_at(time - (now - before)) == before)
		return CLOCK_AFTER_GAP;
	if (now > after && offset_at(time + now - after) == after)
		return CLOCK_REPEATED_FIRST;
	if (now < before && offset_at(time + now - before) == before)
		return CLOCK_REPEATED_SECOND;
	return CLOCK_NORMAL;
}

/* The times at which local clocks show local_time. */
static enum clock_reading
times_of(int64_t local_time, int64_t ret_times[2])
{
	int64_t early = local_time - offset_at(local_time - NEARBY), late = local_time - offset_at(local_time + NEARBY);
	bool is_early = clock_to_local(early) == local_time, is_late = clock_to_local(late) == local_time;

	ret_times[0] = clock_from_local(local_time);
	if (!is_early && !is_late)
		return CLOCK_SKIPPED;
	if (!is_early || !is_late || early == late)
		return CLOCK_ONE_TIME;
	ret_times[0] = early;
	ret_times[1] = late;
	return CLOCK_TWO_TIMES;
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
		return times_of((int64_t)timegm(&tm), ret_times);
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

/*
 * Whether the system has a file for that zone (RFC 9636: it begins with "TZif"). libc silently uses UTC for an
 * unknown one.
 */
static bool
zone_is_known(const char *zone)
{
	char path[256], magic[4] = "";
	FILE *file;
	size_t read;

	if (zone[0] == '/' || strstr(zone, "..") != NULL || strlen(zone) > 200)
		return false;
	if (str_equal(zone, "UTC"))
		return true;
	(void)snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", zone);
	file = fopen(path, "re");
	if (file == NULL)
		return false;
	read = fread(magic, 1, sizeof(magic), file);
	(void)fclose(file);
	return read == sizeof(magic) && memcmp(magic, "TZif", 4) == 0;
}

bool
clock_use_zone(const char *zone)
{
	if (str_empty(zone) || !zone_is_known(zone) || setenv("TZ", zone, 1) != 0)
		return false;
	tzset();
	return true;
}

/*
 * mktime() is not used: where clocks change at the midnight that begins a month, its result is one hour off or
 * depends on earlier calls.
 */
int64_t
clock_month(int year, int month)
{
	enum { NEAR = 15 * 3600, FAR = 36 * 3600 };
	struct tm first = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = 1 };
	int64_t local_time = (int64_t)timegm(&first), low = local_time - NEAR, high = local_time + NEAR;
	int wanted = first.tm_year * 12 + first.tm_mon;

	if (local(local_time - FAR).tm_gmtoff == local(local_time + FAR).tm_gmtoff)
		return local_time - local(local_time).tm_gmtoff;
	while (low < high) {
		int64_t middle = low + (high - low) / 2;
		struct tm tm = local(middle);
		if (tm.tm_year * 12 + tm.tm_mon >= wanted)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

int64_t
clock_month_start(int64_t seconds, int *ret_year, int *ret_month)
{
	struct tm tm = local(seconds);
	int month = (tm.tm_year + 1900) * 12 + tm.tm_mon;

	/* Where clocks are set back into the old month (St John's, 2009), both months appear twice for a while. */
	if (seconds < clock_month(0, month + 1))
		month--;
	else if (seconds >= clock_month(0, month + 2))
		month++;
	*ret_year = month / 12;
	*ret_month = month % 12 + 1;
	return clock_month(*ret_year, *ret_month);
}

char *
clock_local(struct arena *arena, int64_t time)
{
	time_t instant = (time_t)time;
	struct tm local;
	char text[64];

	if (localtime_r(&instant, &local) == NULL || strftime(text, sizeof(text), "%Y-%m-%d %H:%M", &local) == 0)
		return arena_dup(arena, "");
	return arena_dup(arena, text);
}
