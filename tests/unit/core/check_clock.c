/* Dates: in English in any locale, strict when read, and correct when a local clock changes. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"

enum { SOME_TIME = 1795497822 }; /* 2026-11-24 05:23:42 UTC, a Tuesday */

static void
setup(void)
{
	arena_setup();
	ck_assert(clock_use_zone("UTC"));
}

/* strftime("%a") follows the locale, and then no feed reader can read the date. */
START_TEST(dates_are_english_in_any_locale)
{
	(void)setlocale(LC_ALL, "zh_CN.UTF-8");
	ck_assert(clock_use_zone("Asia/Shanghai"));
	ck_assert_str_eq(clock_http(arena, SOME_TIME), "Tue, 24 Nov 2026 05:23:42 GMT");
	ck_assert_str_eq(clock_rss(arena, SOME_TIME), "Tue, 24 Nov 2026 05:23:42 +0000");
	ck_assert_str_eq(clock_rfc3339(arena, SOME_TIME), "2026-11-24T05:23:42Z");
	ck_assert_str_eq(clock_http(arena, 0), "Thu, 01 Jan 1970 00:00:00 GMT");
	ck_assert_str_eq(clock_http(arena, -1), "Wed, 31 Dec 1969 23:59:59 GMT");
	ck_assert_str_eq(clock_rfc3339(arena, 951782400), "2000-02-29T00:00:00Z");
}
END_TEST

START_TEST(every_written_http_date_can_be_read)
{
	for (int64_t time = -5000000000; time < 5000000000; time += 86400 * 13 + 3671) {
		int64_t again = 1;
		ck_assert(clock_parse_http(clock_http(arena, time), &again));
		ck_assert_int_eq(again, time);
	}
}
END_TEST

static const char *const no_http_dates[] = {
	"",
	"Tue, 24 Nov 2026 05:23:42 UTC",
	"Tue, 24 Nov 2026 05:23:42 GMT ",
	" Tue, 24 Nov 2026 05:23:42 GMT",
	"Tue, 24 Nov 2026 05:23:42",
	"Tuesday, 24-Nov-26 05:23:42 GMT",
	"Tue Nov 24 05:23:42 2026",
	"Tue, 24 nov 2026 05:23:42 GMT",
	"Tue, 24 Nop 2026 05:23:42 GMT",
	"Xyz, 24 Nov 2026 05:23:42 GMT",
	/* sscanf() accepts blanks and signs before digits, and timegm() accepts dates that do not exist. */
	"Tue,  4 Nov 2026 05:23:42 GMT",
	"Tue, -1 Nov 2026 05:23:42 GMT",
	"Tue, +4 Nov 2026 05:23:42 GMT",
	"Tue, 24 Nov 2026 -5:23:42 GMT",
	"Tue, 24 Nov +026 05:23:42 GMT",
	"Tue, 00 Nov 2026 05:23:42 GMT",
	"Tue, 31 Nov 2026 05:23:42 GMT",
	"Tue, 99 Nov 2026 05:23:42 GMT",
	"Tue, 24 Nov 2026 24:00:00 GMT",
	"Tue, 24 Nov 2026 05:60:42 GMT",
	"Tue, 24 Nov 2026 05:23:99 GMT",
	"Tue, 24\tNov 2026 05:23:42 GMT",
};

START_TEST(other_http_dates_are_refused)
{
	int64_t time = 42;

	ck_assert_msg(!clock_parse_http(no_http_dates[_i], &time), "%s", no_http_dates[_i]);
	ck_assert_int_eq(time, 42);
	ck_assert(!clock_parse_http(NULL, &time));
}
END_TEST

static const struct {
	const char *text;
	int64_t time;
} dates[] = {
	{ "2026-11-24", 1795478400 },
	{ "2026-11-24 05:23", 1795497780 },
	{ "2026-11-24T05:23:42", SOME_TIME },
	{ "2026-11-24t05:23:42z", SOME_TIME },
	{ "2026-11-24T05:23:42.987Z", SOME_TIME },
	{ "2026-11-24T13:23:42+08:00", SOME_TIME },
	{ "2026-11-24 13:23:42 +0800", SOME_TIME },
	{ "2026-11-23T20:53:42-08:30", SOME_TIME },
	{ "2026-11-24Z", 1795478400 },
	{ "2028-02-29", 1835395200 },
	{ "1969-12-31T23:59:59Z", -1 },
};

START_TEST(dates_are_read)
{
	int64_t time = 42;

	ck_assert_msg(clock_parse_date(dates[_i].text, &time), "%s", dates[_i].text);
	ck_assert_msg(time == dates[_i].time, "%s: %lld", dates[_i].text, (long long)time);
}
END_TEST

static const char *const no_dates[] = {
	"", "2026", "2026-", "2026-11", "2026-11-", "2026-1-24", "26-11-24", "2026/11/24", "yesterday",
	"2026-00-24", "2026-13-24", "2026-11-00", "2026-11-31", "2026-02-29", "2026-02-30", "2026-11-32",
	"2026-11-24T", "2026-11-24 ", "2026-11-24T5:23", "2026-11-24T24:00", "2026-11-24T05", "2026-11-24T05:",
	"2026-11-24T05:60", "2026-11-24T05:23:61", "2026-11-24T05:23:", "2026-11-24T05:23 PM",
	"2026-11-24T05:23:42+", "2026-11-24T05:23:42+8", "2026-11-24T05:23:42+08:", "2026-11-24T05:23:42+16:00",
	"2026-11-24T05:23:42+08:60", "2026-11-24T05:23:42ZZ", "2026-11-24T05:23:42 CET", "-026-11-24", "0000-01-01",
	"\xef\xbc\x92" "026-11-24",
};

START_TEST(other_dates_are_refused)
{
	int64_t time = 42;

	ck_assert_msg(!clock_parse_date(no_dates[_i], &time), "%s", no_dates[_i]);
	ck_assert_int_eq(time, 42);
	ck_assert(!clock_parse_date(NULL, &time));
}
END_TEST

START_TEST(a_date_without_offset_is_local)
{
	int64_t time;

	ck_assert(clock_use_zone("Asia/Shanghai"));
	ck_assert(clock_parse_date("2026-11-24T13:23:42", &time));
	ck_assert_int_eq(time, SOME_TIME);
	ck_assert(clock_parse_date("2026-11-24T05:23:42Z", &time));
	ck_assert_int_eq(time, SOME_TIME);
}
END_TEST

/* 02:30 does not exist on that day in Berlin, and exists twice on the other. */
START_TEST(a_skipped_or_repeated_local_time_is_read_as_a_time_on_that_day)
{
	int64_t time;

	ck_assert(clock_use_zone("Europe/Berlin"));
	ck_assert(clock_parse_date("2026-03-29 02:30", &time));
	ck_assert_int_ge(time, 1774744200 - 3600);
	ck_assert_int_le(time, 1774744200 + 3600);
	ck_assert(clock_parse_date("2026-10-25 02:30", &time));
	ck_assert(time == 1792888200 || time == 1792891800);
	ck_assert(clock_parse_date("2026-03-29 02:30+01:00", &time));
	ck_assert_int_eq(time, 1774747800);
}
END_TEST

static const struct {
	const char *zone;
	bool known;
} zones[] = {
	{ "Asia/Shanghai", true }, { "Europe/Berlin", true }, { "UTC", true }, { "Etc/GMT+8", true },
	{ "", false }, { NULL, false }, { "Mars/Olympus", false }, { "/etc/passwd", false },
	{ "../zoneinfo/UTC", false }, { "Asia/../UTC", false },
	/* These files exist but are no time zones: libc would use UTC without reporting an error. */
	{ "Asia", false }, { ".", false }, { "zone.tab", false },
};

START_TEST(zones_of_the_system_are_accepted_and_others_refused)
{
	char before[] = "UTC";

	ck_assert_int_eq(clock_use_zone(before), 1);
	ck_assert_msg(clock_use_zone(zones[_i].zone) == zones[_i].known, "%s", zones[_i].zone);
	if (!zones[_i].known)
		ck_assert_str_eq(getenv("TZ"), "UTC");
}
END_TEST

static const struct {
	const char *zone, *text;
	enum clock_reading reading;
	int64_t first, second;
} readings[] = {
	{ "Europe/Berlin", "2026-10-25 02:30", CLOCK_TWO_TIMES, 1792888200, 1792891800 },
	{ "Europe/Berlin", "2026-10-25 02:00", CLOCK_TWO_TIMES, 1792886400, 1792890000 },
	{ "Europe/Berlin", "2026-10-25 01:59", CLOCK_ONE_TIME, 1792886340, 0 },
	{ "Europe/Berlin", "2026-10-25 03:00", CLOCK_ONE_TIME, 1792893600, 0 },
	{ "Europe/Berlin", "2026-10-25 02:30 +01:00", CLOCK_ONE_TIME, 1792891800, 0 },
	{ "Europe/Berlin", "2026-03-29 02:30", CLOCK_SKIPPED, 1774747800, 0 },
	{ "Europe/Berlin", "2026-03-29 01:59", CLOCK_ONE_TIME, 1774745940, 0 },
	{ "Europe/Berlin", "2026-03-29 03:00", CLOCK_ONE_TIME, 1774746000, 0 },
	{ "America/New_York", "2026-11-01 01:30", CLOCK_TWO_TIMES, 1793511000, 1793514600 },
	{ "America/New_York", "2026-03-08 02:30", CLOCK_SKIPPED, 1772955000, 0 },
	{ "Asia/Shanghai", "2026-03-29 02:30", CLOCK_ONE_TIME, 1774722600, 0 },
	{ "Asia/Shanghai", "2026-10-25 02:30", CLOCK_ONE_TIME, 1792866600, 0 },
	{ "Australia/Lord_Howe", "2026-04-05 01:45", CLOCK_TWO_TIMES, 1775313900, 1775315700 },
	{ "Australia/Lord_Howe", "2026-10-04 02:15", CLOCK_SKIPPED, 1791042300, 0 },
	{ "Pacific/Apia", "2011-12-30 12:00", CLOCK_SKIPPED, 1325282400, 0 },
	{ "UTC", "2026-02-30 12:00", CLOCK_NO_DATE, 0, 0 },
	{ "UTC", "next week", CLOCK_NO_DATE, 0, 0 },
	{ "UTC", "", CLOCK_NO_DATE, 0, 0 },
};

START_TEST(skipped_and_repeated_local_times_are_reported)
{
	int64_t times[2] = { 0, 0 };

	ck_assert(clock_use_zone(readings[_i].zone));
	ck_assert_msg(clock_read_date(readings[_i].text, times) == readings[_i].reading, "%s", readings[_i].text);
	ck_assert_int_eq(times[0], readings[_i].first);
	ck_assert_int_eq(times[1], readings[_i].second);
}
END_TEST

static const char *const whole_years[] = { "Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca", "UTC" };

/* The local time that a form shows is read again as the same time, or as one of two. */
START_TEST(each_local_time_of_a_year_is_read_back)
{
	ck_assert(clock_use_zone(whole_years[_i]));
	for (int64_t time = 1767225600; time < 1767225600 + 366 * 86400; time += 900) {
		int64_t times[2] = { 0, 0 };
		enum clock_reading reading = clock_read_date(clock_local(arena, time), times);
		ck_assert_msg(reading == CLOCK_ONE_TIME ? times[0] == time : reading == CLOCK_TWO_TIMES && times[0] < times[1] &&
			(times[0] == time || times[1] == time), "%s %s", whole_years[_i], clock_local(arena, time));
		/* clock_read_date() and clock_transition() agree. */
		ck_assert_int_eq(reading == CLOCK_TWO_TIMES, clock_transition(time) == CLOCK_REPEATED_FIRST || clock_transition(time) == CLOCK_REPEATED_SECOND);
		if (reading == CLOCK_TWO_TIMES)
			ck_assert_int_eq(clock_transition(time), time == times[0] ? CLOCK_REPEATED_FIRST : CLOCK_REPEATED_SECOND);
	}
}
END_TEST

START_TEST(months_outside_1_to_12_belong_to_the_next_or_previous_year)
{
	ck_assert_int_eq(clock_month(2026, 11), 1793491200);
	ck_assert_int_eq(clock_month(2026, 13), clock_month(2027, 1));
	ck_assert_int_eq(clock_month(2026, 0), clock_month(2025, 12));
	ck_assert(clock_use_zone("Asia/Shanghai"));
	ck_assert_int_eq(clock_month(2026, 11), 1793491200 - 8 * 3600);
}
END_TEST

/* Zones whose clock jumped at the midnight that begins a month: Havana back, Asuncion, Beirut and Cairo forward. */
static const char *const jumping[] = { "America/Havana", "America/Asuncion", "America/Sao_Paulo", "Asia/Beirut",
	"Africa/Cairo", "Asia/Tehran", "Atlantic/Azores", "Australia/Lord_Howe", "Pacific/Apia", "America/Scoresbysund",
	"Asia/Amman", "Asia/Gaza", "America/St_Johns", "America/Montevideo", "Asia/Damascus", "UTC" };

/*
 * The archive finds the previous month by the last post before the start of this month. If that start were later
 * than the post itself, the archive would show the same month for ever.
 */
START_TEST(a_month_starts_before_each_time_in_it)
{
	ck_assert(clock_use_zone(jumping[_i]));
	for (int year = 1970; year <= 2030; year++)
		for (int month = 1; month <= 12; month++) {
			int64_t begin = clock_month(year, month), next = clock_month(year, month + 1);
			int in_year, in_month;
			ck_assert_int_lt(begin, next);
			for (int64_t time = begin - 3 * 3600; time <= begin + 3 * 3600; time += 600) {
				int64_t start = clock_month_start(time, &in_year, &in_month);
				ck_assert_msg(start <= time, "%s %d-%02d: %lld begins after %lld", jumping[_i], year, month,
					(long long)start, (long long)time);
				/* clock_month() and clock_month_start() agree on the month that a second belongs to. */
				ck_assert_msg((time >= begin) == (in_year * 12 + in_month >= year * 12 + month),
					"%s %d-%02d: %lld", jumping[_i], year, month, (long long)(time - begin));
			}
			ck_assert_int_eq(clock_month_start(next - 1, &in_year, &in_month), begin);
			ck_assert_int_eq(in_year * 12 + in_month, year * 12 + month);
		}
}
END_TEST

/* mktime() chooses between two midnights depending on its previous call. */
START_TEST(the_start_of_a_month_does_not_depend_on_earlier_calls)
{
	int64_t after_winter, after_summer;

	ck_assert(clock_use_zone("America/Havana"));
	(void)clock_month(2015, 1);
	after_winter = clock_month(2015, 11);
	(void)clock_month(2015, 7);
	after_summer = clock_month(2015, 11);
	ck_assert_int_eq(after_winter, after_summer);
	ck_assert_int_eq(after_summer, 1446350400); /* 00:00 in summer time: the first of the two */
}
END_TEST

START_TEST(the_clock_does_not_go_backwards)
{
	int64_t before = clock_micros();

	ck_assert_int_gt(clock_now(), 1700000000);
	ck_assert_int_ge(clock_micros(), before);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("clock");
	TCase *cases = tcase_create("clock");

	tcase_add_checked_fixture(cases, setup, arena_teardown);
	tcase_set_timeout(cases, 30);
	tcase_add_test(cases, dates_are_english_in_any_locale);
	tcase_add_test(cases, every_written_http_date_can_be_read);
	tcase_add_loop_test(cases, other_http_dates_are_refused, 0, sizeof(no_http_dates) / sizeof(*no_http_dates));
	tcase_add_loop_test(cases, dates_are_read, 0, sizeof(dates) / sizeof(*dates));
	tcase_add_loop_test(cases, other_dates_are_refused, 0, sizeof(no_dates) / sizeof(*no_dates));
	tcase_add_test(cases, a_date_without_offset_is_local);
	tcase_add_test(cases, a_skipped_or_repeated_local_time_is_read_as_a_time_on_that_day);
	tcase_add_loop_test(cases, zones_of_the_system_are_accepted_and_others_refused, 0, sizeof(zones) / sizeof(*zones));
	tcase_add_loop_test(cases, skipped_and_repeated_local_times_are_reported, 0, sizeof(readings) / sizeof(*readings));
	tcase_add_loop_test(cases, each_local_time_of_a_year_is_read_back, 0, sizeof(whole_years) / sizeof(*whole_years));
	tcase_add_test(cases, months_outside_1_to_12_belong_to_the_next_or_previous_year);
	tcase_add_loop_test(cases, a_month_starts_before_each_time_in_it, 0, sizeof(jumping) / sizeof(*jumping));
	tcase_add_test(cases, the_start_of_a_month_does_not_depend_on_earlier_calls);
	tcase_add_test(cases, the_clock_does_not_go_backwards);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
