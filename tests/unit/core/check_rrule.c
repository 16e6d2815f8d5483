/* Time slots of a publishing schedule: correct when clocks change, never twice, never in the past; and the calendar made of them. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/icalendar.h"
#include "core/clock.h"
#include "core/rrule.h"

enum { NOW = 1795497822, WEEK = 7 * 24 * 3600 }; /* 2026-11-24 05:23:42 UTC, a Tuesday */

static void
setup(void)
{
	arena_setup();
	ck_assert(clock_use_zone("UTC"));
}

static int64_t
at(const char *text)
{
	int64_t time;

	ck_assert(clock_parse_date(text, &time));
	return time;
}

/* The times as text with commas between, in the zone that is in use. */
static const char *
times_of(const char *rule, const char *since, const char *after, const char *until)
{
	struct rrule_since rules[] = { { rule, at(since) } };
	const char *text = "";
	int64_t *times;
	size_t count;

	ck_assert_int_eq(rrule_between(arena, rules, 1, at(after), at(until), &times, &count), OK);
	for (size_t i = 0; i < count; i++)
		text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" : ", ", clock_local(arena, times[i]));
	return text;
}

START_TEST(rules_are_read_and_written)
{
	static const char *const wrong[] = { NULL, "", "x", "FREQ=WEEKLY", "FREQ=DAILY;BYHOUR=8;BYMINUTE=0", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=8",
		"FREQ=WEEKLY;BYDAY=2TU;BYHOUR=8;BYMINUTE=0", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=8,9;BYMINUTE=0", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=24;BYMINUTE=0",
		"FREQ=WEEKLY;BYDAY=TU;BYHOUR=8;BYMINUTE=0;COUNT=3", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=8;BYMINUTE=0;UNTIL=20270101T000000Z",
		"FREQ=WEEKLY;INTERVAL=5;BYDAY=TU;BYHOUR=8;BYMINUTE=0", "FREQ=WEEKLY;INTERVAL=0;BYDAY=TU;BYHOUR=8;BYMINUTE=0",
		"FREQ=WEEKLY;BYDAY=TU;BYHOUR=8;BYMINUTE=0;BYMONTH=2", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=8;BYMINUTE=0;BYSECOND=7",
		"FREQ=WEEKLY;BYDAY=XX;BYHOUR=8;BYMINUTE=0", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=-1;BYMINUTE=0",
		"FREQ=SECONDLY;BYDAY=TU;BYHOUR=8;BYMINUTE=0" };
	struct rrule rrule;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(rrule_read(wrong[i], &rrule) == INVALID, "%s was accepted", wrong[i]);
	ck_assert_int_eq(rrule_read("FREQ=WEEKLY;BYMINUTE=5;BYHOUR=8;BYDAY=FR,TU,SU", &rrule), OK);
	ck_assert_str_eq(rrule_write(arena, &rrule), "FREQ=WEEKLY;BYDAY=TU,FR,SU;BYHOUR=8;BYMINUTE=5;BYSECOND=0");
	for (unsigned i = 1; i < 128 * 4; i++) {
		struct rrule given = { .days = i % 128, .hour = (int)(i % 24), .minute = (int)(i % 60), .weeks = (int)(i / 128) + 1 };
		if (given.days == 0)
			continue;
		ck_assert_int_eq(rrule_read(rrule_write(arena, &given), &rrule), OK);
		ck_assert_uint_eq(rrule.days, given.days);
		ck_assert_int_eq(rrule.hour, given.hour);
		ck_assert_int_eq(rrule.minute, given.minute);
		ck_assert_int_eq(rrule.weeks, given.weeks);
	}
}
END_TEST

START_TEST(rules_give_the_right_days)
{
	ck_assert_str_eq(times_of("FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0", "2026-01-01", "2026-11-24 08:00", "2026-12-04 08:00"),
		"2026-11-27 08:00, 2026-12-01 08:00, 2026-12-04 08:00");
	ck_assert_str_eq(times_of("FREQ=WEEKLY;BYDAY=MO;BYHOUR=0;BYMINUTE=0", "2026-11-30 00:00", "2026-11-01", "2026-12-08"),
		"2026-11-30 00:00, 2026-12-07 00:00");
	/* Every other week is counted from the week in which the rule began, for every range. */
	ck_assert_str_eq(times_of("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;BYHOUR=23;BYMINUTE=59", "2026-11-24", "2026-11-24", "2026-12-28"),
		"2026-11-29 23:59, 2026-12-13 23:59, 2026-12-27 23:59");
	ck_assert_str_eq(times_of("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;BYHOUR=23;BYMINUTE=59", "2026-11-24", "2026-12-01", "2026-12-28"),
		"2026-12-13 23:59, 2026-12-27 23:59");
	ck_assert_str_eq(times_of("FREQ=WEEKLY;INTERVAL=3;BYDAY=WE;BYHOUR=6;BYMINUTE=0", "2026-11-24", "2027-10-18", "2027-11-20"),
		"2027-10-27 06:00, 2027-11-17 06:00");
	ck_assert_str_eq(times_of("FREQ=WEEKLY;BYDAY=TU;BYHOUR=8;BYMINUTE=0", "2026-01-01", "2026-12-04", "2026-11-04"), "");
}
END_TEST

/* The night of 29 March 2026 has no 02:30 in Berlin, that of 25 October has two; the same in New York on 8 March and 1 November. */
START_TEST(slots_are_right_when_clocks_change)
{
	static const char half_past_two[] = "FREQ=WEEKLY;BYDAY=SU;BYHOUR=2;BYMINUTE=30";

	ck_assert(clock_use_zone("Europe/Berlin"));
	ck_assert_str_eq(times_of(half_past_two, "2026-01-01", "2026-03-20", "2026-04-06"),
		"2026-03-22 02:30, 2026-03-29 03:30, 2026-04-05 02:30");
	ck_assert_int_eq(at("2026-03-29 02:30"), at("2026-03-29 01:30Z"));
	ck_assert_int_eq(at("2026-10-25 02:30"), at("2026-10-25 00:30Z"));
	ck_assert_int_eq(at("2026-10-25 03:00"), at("2026-10-25 02:00Z"));
	ck_assert_str_eq(times_of(half_past_two, "2026-01-01", "2026-10-20", "2026-11-02"), "2026-10-25 02:30, 2026-11-01 02:30");
	/* A slot on Tuesday at 08:00 stays at 08:00 when the week is an hour longer or shorter. */
	ck_assert_str_eq(times_of("FREQ=WEEKLY;BYDAY=TU;BYHOUR=8;BYMINUTE=0", "2026-01-01", "2026-10-19", "2026-10-28"),
		"2026-10-20 08:00, 2026-10-27 08:00");
	ck_assert_int_eq(clock_transition(at("2026-03-29 03:30")), CLOCK_AFTER_GAP);
	ck_assert_int_eq(clock_transition(at("2026-03-29 04:00")), CLOCK_NORMAL);
	ck_assert_int_eq(clock_transition(at("2026-03-29 01:59:59")), CLOCK_NORMAL);
	ck_assert_int_eq(clock_transition(at("2026-10-25 00:30Z")), CLOCK_REPEATED_FIRST);
	ck_assert_int_eq(clock_transition(at("2026-10-25 01:30Z")), CLOCK_REPEATED_SECOND);
	ck_assert_int_eq(clock_transition(at("2026-10-25 02:00Z")), CLOCK_NORMAL);
	ck_assert_int_eq(clock_transition(at("2026-10-24 23:59Z")), CLOCK_NORMAL);

	ck_assert(clock_use_zone("America/New_York"));
	ck_assert_int_eq(at("2026-03-08 02:30"), at("2026-03-08 07:30Z"));
	ck_assert_str_eq(clock_local(arena, at("2026-03-08 02:30")), "2026-03-08 03:30");
	ck_assert_int_eq(at("2026-11-01 01:30"), at("2026-11-01 05:30Z"));
	ck_assert_int_eq(clock_transition(at("2026-11-01 06:30Z")), CLOCK_REPEATED_SECOND);
	/* A zone whose clock skips midnight, and one that changes by half an hour. */
	ck_assert(clock_use_zone("America/Santiago"));
	ck_assert_str_eq(clock_local(arena, at("2026-09-06 00:30")), "2026-09-06 01:30");
	ck_assert(clock_use_zone("Australia/Lord_Howe"));
	ck_assert_str_eq(clock_local(arena, at("2026-10-04 02:15")), "2026-10-04 02:45");
}
END_TEST

/* Slots must be ascending, within the range, without duplicates and on their days: for random zones, seasons and rules. */
START_TEST(random_rules_give_ordered_slots_on_their_days)
{
	static const char *const zones[] = { "Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe",
		"Africa/Casablanca", "America/Santiago", "Pacific/Apia", "UTC" };
	unsigned chance = 20261124;

	for (int round = 0; round < 400; round++) {
		struct rrule_since rules[4];
		unsigned days = 0, numbers[8];
		int64_t *times, after, until, shortest;
		size_t count;
		for (size_t i = 0; i < 8; i++)
			numbers[i] = (chance = chance * 1103515245U + 12345U) >> 8;
		ck_assert(clock_use_zone(zones[numbers[0] % 8]));
		after = NOW + (int64_t)(numbers[1] % 200000) * 1000 - 100000000;
		until = after + (int64_t)(numbers[2] % 60 + 6) * WEEK;
		for (size_t i = 0; i < 4; i++) {
			struct rrule rrule = { numbers[i] / 8 % 127 + 1, (int)(numbers[4 + i] % 24), (int)(numbers[i] % 60), (int)(numbers[i] % 4) + 1 };
			rules[i] = (struct rrule_since){ rrule_write(arena, &rrule), after - (int64_t)(numbers[3] % 400) * 86400 };
			days |= rrule.days;
		}
		ck_assert_int_eq(rrule_between(arena, rules, 4, after, until, &times, &count), OK);
		shortest = until < after + RRULE_SPAN_MAX ? until : after + RRULE_SPAN_MAX;
		ck_assert_uint_gt(count, 0);
		for (size_t i = 0; i < count; i++) {
			int64_t local_time = clock_to_local(times[i]);
			ck_assert_int_gt(times[i], i == 0 ? after : times[i - 1]);
			ck_assert_int_le(times[i], shortest);
			/* A slot in a gap at the end of a day belongs to the next day. */
			if (clock_transition(times[i]) != CLOCK_AFTER_GAP)
				ck_assert_uint_ne((days >> (local_time / 86400 + 3) % 7) & 1, 0);
		}
	}
}
END_TEST

START_TEST(a_calendar_has_its_events_in_folded_lines)
{
	const char *title = "浆糊的承诺，以及我们为什么仍然用手工装订每一本书；还有一些\\别的事情\n第二行, 有逗号; 和分号，长得必须折行";
	struct icalendar_event events[] = {
		{ "post-1@example.org", NOW, 1800, NOW - 60, title, "https://example.org/blog/x", false },
		{ "slot-2@example.org", NOW + 86400, 1800, NOW - 60, "Free", "https://example.org/write/new", true },
	};
	const char *text = icalendar_write(arena, "A plan", events, 2);

	ck_assert_ptr_nonnull(strstr(text, "DTSTART:20261124T052342Z\r\n"));
	ck_assert_ptr_nonnull(strstr(text, "DTEND:20261124T055342Z\r\n"));
	ck_assert_ptr_nonnull(strstr(text, "STATUS:TENTATIVE\r\n"));
	for (const char *line = text, *end; *line != '\0'; line = end + 2) {
		end = strstr(line, "\r\n");
		ck_assert_ptr_nonnull(end);
		ck_assert_int_le(end - line, 75);
		ck_assert_msg((*line & 0xC0) != 0x80 && (line[0] != ' ' || (line[1] & 0xC0) != 0x80), "folded inside a character");
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rrule");
	TCase *tests = tcase_create("rrule");

	tcase_add_checked_fixture(tests, setup, arena_teardown);
	tcase_add_test(tests, rules_are_read_and_written);
	tcase_add_test(tests, rules_give_the_right_days);
	tcase_add_test(tests, slots_are_right_when_clocks_change);
	tcase_add_test(tests, random_rules_give_ordered_slots_on_their_days);
	tcase_add_test(tests, a_calendar_has_its_events_in_folded_lines);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
