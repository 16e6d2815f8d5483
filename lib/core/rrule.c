#include "core/rrule.h"

#include <stdlib.h>
#include <string.h>
#include <libical/ical.h>

#include "core/clock.h"
#include "core/str.h"

enum { DAY = 24 * 3600, WEEK = 7 * DAY, DAYS = 7 };

static const char day_names[DAYS][3] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

/* --- rules as text --------------------------------------------------------------- */

static bool
is_empty(const short *list)
{
	return list[0] == ICAL_RECURRENCE_ARRAY_MAX;
}

/* The only number of a list; -1 when it has none or several. */
static int
single(const short *list)
{
	return is_empty(list) || list[1] != ICAL_RECURRENCE_ARRAY_MAX ? -1 : list[0];
}

/* The weekdays of a list as bits; 0 when one of them has a position, such as "the second Tuesday". */
static unsigned
read_days(const short *list)
{
	unsigned days = 0;

	for (size_t i = 0; list[i] != ICAL_RECURRENCE_ARRAY_MAX; i++) {
		enum icalrecurrencetype_weekday day = icalrecurrencetype_day_day_of_week(list[i]);
		if (icalrecurrencetype_day_position(list[i]) != 0 || day == ICAL_NO_WEEKDAY)
			return 0;
		days |= 1U << ((int)day + DAYS - ICAL_MONDAY_WEEKDAY) % DAYS;
	}
	return days;
}

/* Parses any text with libical. Its errors must be return values; by default some builds abort. */
static struct icalrecurrencetype
parse(const char *rule)
{
	icalerror_set_errors_are_fatal(false);
	return icalrecurrencetype_from_string(rule);
}

enum status
rrule_read(const char *rule, struct rrule *ret_rrule)
{
	struct icalrecurrencetype parsed;
	struct rrule rrule;
	bool more;

	if (str_empty(rule) || strlen(rule) > RRULE_TEXT_MAX)
		return INVALID;
	parsed = parse(rule);
	more = parsed.count != 0 || !icaltime_is_null_time(parsed.until) || parsed.rscale != NULL || !is_empty(parsed.by_month_day) ||
		!is_empty(parsed.by_year_day) || !is_empty(parsed.by_week_no) || !is_empty(parsed.by_month) ||
		!is_empty(parsed.by_set_pos) || (!is_empty(parsed.by_second) && single(parsed.by_second) != 0);
	rrule = (struct rrule){ read_days(parsed.by_day), single(parsed.by_hour), single(parsed.by_minute), parsed.interval };
	free(parsed.rscale);
	if (more || parsed.freq != ICAL_WEEKLY_RECURRENCE || rrule.days == 0 || rrule.hour < 0 || rrule.hour > 23 || rrule.minute < 0 ||
		rrule.minute > 59 || rrule.weeks < 1 || rrule.weeks > RRULE_WEEKS_MAX)
		return INVALID;
	*ret_rrule = rrule;
	return OK;
}

char *
rrule_write(struct arena *arena, const struct rrule *rrule)
{
	struct str text = str_init(arena);
	const char *comma = "";

	str_add(&text, "FREQ=WEEKLY;");
	if (rrule->weeks > 1)
		str_printf(&text, "INTERVAL=%d;", rrule->weeks);
	str_add(&text, "BYDAY=");
	for (int day = 0; day < DAYS; day++) {
		if (((rrule->days >> day) & 1) == 0)
			continue;
		str_printf(&text, "%s%s", comma, day_names[day]);
		comma = ",";
	}
	str_printf(&text, ";BYHOUR=%d;BYMINUTE=%d;BYSECOND=0", rrule->hour, rrule->minute);
	return text.bytes;
}

/* --- times ------------------------------------------------------------------------- */

struct times {
	int64_t *list;
	size_t count, room;
};

/* The midnight at the start of the week (Monday) of a local time. 1 January 1970 was a Thursday. */
static int64_t
monday(int64_t local_time)
{
	int64_t days = local_time / DAY - (local_time % DAY < 0);

	return (days - ((days + 3) % DAYS + DAYS) % DAYS) * DAY;
}

/*
 * libical iterates over every week, starting two weeks early: with INTERVAL=2;BYDAY=SU, version 3.0.16 begins in
 * the wrong week and omits a Sunday in the first one. is_in_turn() then selects the weeks.
 */
static icalrecur_iterator *
iterate(const char *rule, int64_t after)
{
	struct icalrecurrencetype weekly = parse(rule);

	weekly.interval = 1;
	return icalrecur_iterator_new(weekly, icaltime_from_timet_with_zone((time_t)(monday(clock_to_local(after)) - 2 * WEEK), 0, NULL));
}

/* Whether a local time is in one of the weeks that the rule's interval selects. */
static bool
is_in_turn(const struct rrule *rrule, int64_t since, int64_t local_time)
{
	return (monday(local_time) - monday(clock_to_local(since))) / WEEK % rrule->weeks == 0;
}

static enum status
add_times(struct times *times, const struct rrule_since *rule, int64_t after, int64_t until)
{
	struct rrule rrule;
	icalrecur_iterator *iterator;

	TRY(rrule_read(rule->rule, &rrule));
	iterator = iterate(rule->rule, after);
	if (iterator == NULL)
		return INVALID;
	while (times->count < times->room) {
		struct icaltimetype next = icalrecur_iterator_next(iterator);
		int64_t local_time = (int64_t)icaltime_as_timet(next), time = clock_from_local(local_time);
		if (icaltime_is_null_time(next) || time > until)
			break;
		if (time > after && time >= rule->since && is_in_turn(&rrule, rule->since, local_time))
			times->list[times->count++] = time;
	}
	icalrecur_iterator_free(iterator);
	return OK;
}

static int
by_time(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

enum status
rrule_between(struct arena *arena, const struct rrule_since *rules, size_t rule_count, int64_t after, int64_t until,
	int64_t **ret_times, size_t *ret_count)
{
	struct times times = { 0 };
	size_t kept = 0;

	if (until > after + RRULE_SPAN_MAX)
		until = after + RRULE_SPAN_MAX;
	times.room = until <= after ? 0 : rule_count * DAYS * (size_t)((until - after) / WEEK + 2);
	times.list = arena_array(arena, times.room + 1, sizeof(times.list[0]));
	for (size_t i = 0; i < rule_count; i++)
		TRY(add_times(&times, &rules[i], after, until));
	qsort(times.list, times.count, sizeof(times.list[0]), by_time);
	for (size_t i = 0; i < times.count; i++)
		if (kept == 0 || times.list[i] != times.list[kept - 1])
			times.list[kept++] = times.list[i];
	*ret_times = times.list;
	*ret_count = kept;
	return OK;
}
