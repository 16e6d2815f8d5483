/* The publishing schedule: which post has a time slot, what moves in the queue and what does not, and whether slots were used. */
#include "support/store_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "store/schedule/schedule.h"

static const char tuesdays_and_fridays[] = "FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0";

static struct user author, other, editor;

static void
add_rule(const char *rule, int64_t since, enum status expected)
{
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(schedule_rule_add(store->db, store->arena, rule, since), expected);
	if (expected == OK)
		ck_assert_int_eq(db_commit(store->db), OK);
	else
		db_end(store->db);
}

static void
setup(void)
{
	ck_assert(clock_use_zone("Europe/Berlin"));
	store_setup();
	author = store_user_by_id(store, store_user(store, "Anna", "author"));
	other = store_user_by_id(store, store_user(store, "Bert", "author"));
	editor = store_user_by_id(store, store_user(store, "Edda", "editor"));
	add_rule(tuesdays_and_fridays, STORE_NOW - 365 * 86400, OK);
}

static int64_t
at(const char *text)
{
	int64_t time;

	ck_assert(clock_parse_date(text, &time));
	return time;
}

static int64_t
post_at(const struct user *user, const char *slug, const char *when)
{
	struct post_save save = store_post(user->id, slug, slug, "Words.", "");

	save.post.published = at(when);
	return store_save(store, &save);
}

static const char *
time_of(int64_t id)
{
	return clock_local(store->arena, store_post_by_id(store, id).published);
}

static enum status
move(const struct user *user, int64_t id, bool later)
{
	enum status status;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	status = schedule_move(store->db, store->arena, user, id, store_post_by_id(store, id).published, later, STORE_NOW);
	if (status == OK)
		ck_assert_int_eq(db_commit(store->db), OK);
	db_end(store->db);
	return status;
}

static void
close_gaps(const struct user *user)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(schedule_close_gaps(store->db, store->arena, user, STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

START_TEST(rules_are_limited_in_number_and_unique)
{
	struct schedule_rule *rules;
	size_t count;

	add_rule("FREQ=WEEKLY;BYHOUR=8;BYMINUTE=0;BYDAY=FR,TU;BYSECOND=0", STORE_NOW, CONFLICT);
	add_rule("FREQ=DAILY;BYHOUR=8;BYMINUTE=0", STORE_NOW, INVALID);
	for (int hour = 9; hour < 9 + SCHEDULE_RULES_MAX - 1; hour++)
		add_rule(arena_printf(store->arena, "FREQ=WEEKLY;BYDAY=MO;BYHOUR=%d;BYMINUTE=0", hour), STORE_NOW, OK);
	add_rule("FREQ=WEEKLY;BYDAY=MO;BYHOUR=1;BYMINUTE=0", STORE_NOW, TOO_LARGE);
	ck_assert_int_eq(schedule_rules(store->db, store->arena, &rules, &count), OK);
	ck_assert_uint_eq(count, SCHEDULE_RULES_MAX);
	ck_assert_int_eq(schedule_rule_remove(store->db, store->arena, 12345), NOT_FOUND);
}
END_TEST

/* STORE_NOW is 06:23 on a Tuesday in Berlin. */
START_TEST(the_next_free_slot_is_found)
{
	int64_t time, own;

	ck_assert_int_eq(schedule_next_free(store->db, store->arena, STORE_NOW, 0, &time), OK);
	ck_assert_str_eq(clock_local(store->arena, time), "2026-11-24 08:00");
	own = post_at(&author, "one", "2026-11-24 08:00");
	(void)post_at(&author, "two", "2026-11-27 08:00");
	(void)post_at(&author, "near", "2026-12-01 08:01");
	ck_assert_int_eq(schedule_next_free(store->db, store->arena, STORE_NOW, 0, &time), OK);
	ck_assert_str_eq(clock_local(store->arena, time), "2026-12-01 08:00");
	ck_assert_int_eq(schedule_next_free(store->db, store->arena, STORE_NOW, own, &time), OK);
	ck_assert_str_eq(clock_local(store->arena, time), "2026-11-24 08:00");
	/* A slot in the current second is not in the future. */
	ck_assert_int_eq(schedule_next_free(store->db, store->arena, at("2026-11-24 08:00"), own, &time), OK);
	ck_assert_str_eq(clock_local(store->arena, time), "2026-12-01 08:00");
	ck_assert_int_eq(schedule_rule_remove(store->db, store->arena, 1), OK);
	ck_assert_int_eq(schedule_next_free(store->db, store->arena, STORE_NOW, 0, &time), NOT_FOUND);
}
END_TEST

START_TEST(entries_combine_slots_and_scheduled_posts)
{
	struct schedule_entry *entries;
	size_t count;

	(void)post_at(&author, "one", "2026-11-27 08:00");
	(void)post_at(&other, "own-time", "2026-11-28 17:00");
	(void)post_at(&other, "same-slot", "2026-11-27 08:00");
	ck_assert_int_eq(schedule_entries(store->db, store->arena, &author, STORE_NOW, at("2026-12-01 08:00"), &entries, &count), OK);
	ck_assert_uint_eq(count, 5);
	ck_assert(entries[0].slot && entries[0].post == NULL);
	ck_assert(entries[1].slot && entries[1].post != NULL && entries[1].may);
	ck_assert(entries[2].slot && entries[2].post != NULL && !entries[2].may);
	ck_assert(!entries[3].slot && entries[3].post != NULL && !entries[3].may);
	ck_assert(entries[4].slot && entries[4].post == NULL);
}
END_TEST

START_TEST(moving_a_post_skips_the_posts_of_others)
{
	int64_t one = post_at(&author, "one", "2026-11-24 08:00"), foreign = post_at(&other, "foreign", "2026-11-27 08:00");
	int64_t two = post_at(&author, "two", "2026-12-01 08:00"), apart = post_at(&author, "apart", "2026-11-30 12:00");

	ck_assert_int_eq(move(&author, one, false), NOT_FOUND);
	ck_assert_int_eq(move(&author, one, true), OK);
	ck_assert_str_eq(time_of(one), "2026-12-01 08:00");
	ck_assert_str_eq(time_of(two), "2026-11-24 08:00");
	ck_assert_str_eq(time_of(foreign), "2026-11-27 08:00");
	ck_assert_int_eq(move(&author, foreign, true), NOT_FOUND);
	ck_assert_int_eq(move(&author, apart, true), NOT_FOUND);
	ck_assert_int_eq(move(&editor, foreign, false), OK);
	ck_assert_str_eq(time_of(foreign), "2026-11-24 08:00");
	ck_assert_str_eq(time_of(two), "2026-11-27 08:00");
	ck_assert_str_eq(time_of(apart), "2026-11-30 12:00");
	ck_assert_int_eq(store_post_by_id(store, two).revision, 3);
	ck_assert_int_eq(move(&author, one, true), OK);
	ck_assert_str_eq(time_of(one), "2026-12-04 08:00");
}
END_TEST

START_TEST(gaps_are_closed_in_order)
{
	int64_t one = post_at(&author, "one", "2026-11-27 08:00"), foreign = post_at(&other, "foreign", "2026-12-01 08:00");
	int64_t two = post_at(&author, "two", "2026-12-08 08:00"), far = post_at(&author, "far", "2027-06-01 08:00");

	close_gaps(&author);
	ck_assert_str_eq(time_of(one), "2026-11-24 08:00");
	ck_assert_str_eq(time_of(two), "2026-11-27 08:00");
	ck_assert_str_eq(time_of(foreign), "2026-12-01 08:00");
	ck_assert_str_eq(time_of(far), "2026-12-04 08:00");
	close_gaps(&author);
	ck_assert_str_eq(time_of(far), "2026-12-04 08:00");
	ck_assert_int_eq(store_post_by_id(store, far).revision, 2);
}
END_TEST

START_TEST(the_history_counts_a_slot_as_used_once_per_day)
{
	int64_t slots = 0, used = 0;
	struct schedule_week *weeks;

	(void)post_at(&author, "kept", "2026-11-20 08:00");
	(void)post_at(&author, "late", "2026-11-17 22:00");
	(void)post_at(&author, "late-too", "2026-11-17 23:00");
	(void)post_at(&author, "unplanned", "2026-11-18 08:00");
	(void)post_at(&author, "before", "2026-11-10 00:00");
	(void)post_at(&author, "to-come", "2026-11-24 08:00");
	ck_assert_int_eq(schedule_history(store->db, store->arena, STORE_NOW, &weeks), OK);
	for (size_t i = 0; i < SCHEDULE_RECORD_WEEKS; i++) {
		ck_assert_int_le(weeks[i].used, weeks[i].slots);
		slots += weeks[i].slots;
		used += weeks[i].used;
	}
	ck_assert_int_eq(slots, 22);
	ck_assert_int_eq(used, 3);
	ck_assert_int_eq(weeks[SCHEDULE_RECORD_WEEKS - 2].used, 2);
	ck_assert_str_eq(clock_local(store->arena, weeks[0].start), "2026-09-07 00:00");
	ck_assert_str_eq(clock_local(store->arena, weeks[11].start), "2026-11-23 00:00");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("schedule");
	TCase *tests = tcase_create("schedule");

	tcase_add_checked_fixture(tests, setup, store_teardown);
	tcase_add_test(tests, rules_are_limited_in_number_and_unique);
	tcase_add_test(tests, the_next_free_slot_is_found);
	tcase_add_test(tests, entries_combine_slots_and_scheduled_posts);
	tcase_add_test(tests, moving_a_post_skips_the_posts_of_others);
	tcase_add_test(tests, gaps_are_closed_in_order);
	tcase_add_test(tests, the_history_counts_a_slot_as_used_once_per_day);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
