/* The time zone of the site: local times, months, and the names of the system's zones. */
#include "core/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/str.h"

static struct tm
local(int64_t seconds)
{
	time_t when = (time_t)seconds;
	struct tm tm = { 0 };

	localtime_r(&when, &tm);
	return tm;
}

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
clock_from_local(int64_t flat)
{
	int64_t before = offset_at(flat - NEARBY), after = offset_at(flat + NEARBY);

	if (before != after && offset_at(flat - before) != before && offset_at(flat - after) == after)
		return flat - after;
	return flat - before;
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

enum clock_reading
clock_local_times(int64_t flat, int64_t ret_times[2])
{
	int64_t early = flat - offset_at(flat - NEARBY), late = flat - offset_at(flat + NEARBY);
	bool is_early = clock_to_local(early) == flat, is_late = clock_to_local(late) == flat;

	ret_times[0] = clock_from_local(flat);
	if (!is_early && !is_late)
		return CLOCK_SKIPPED;
	if (!is_early || !is_late || early == late)
		return CLOCK_ONE_TIME;
	ret_times[0] = early;
	ret_times[1] = late;
	return CLOCK_TWO_TIMES;
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
	int64_t flat = (int64_t)timegm(&first), low = flat - NEAR, high = flat + NEAR;
	int wanted = first.tm_year * 12 + first.tm_mon;

	if (local(flat - FAR).tm_gmtoff == local(flat + FAR).tm_gmtoff)
		return flat - local(flat).tm_gmtoff;
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

enum { ZONES_MAX = 800 };

/*
 * zone1970.tab of tzdata: one place per line, columns separated by tabs; the third column is the zone's
 * name.
 */
static const char table[] = "/usr/share/zoneinfo/zone1970.tab";

const char *const *
clock_zones(struct arena *arena)
{
	const char **names = arena_array(arena, ZONES_MAX + 1, sizeof(*names));
	FILE *file = fopen(table, "re");
	char line[512];
	size_t count = 0;

	if (file == NULL)
		return names;
	names[count++] = "UTC";
	while (count < ZONES_MAX && fgets(line, sizeof(line), file) != NULL) {
		char *rest = line, *name = NULL;
		if (line[0] == '#')
			continue;
		for (int column = 0; column < 3; column++)
			name = strsep(&rest, "\t\n");
		if (!str_empty(name))
			names[count++] = arena_dup(arena, name);
	}
	(void)fclose(file);
	return names;
}
