/* The limits on writing comments: the pause between two, the sliding window, and what the table holds. */
#include "support/raw_sql.h"
#include "support/store_case.h"
#include "support/suite.h"

#include "store/comment/rate_limit.h"

static const struct rate_limit limit = { .name = "network 192.0.2", .pause = 15, .most = 10, .seconds = 600 };

static int64_t
wait_at(const struct rate_limit *of, int64_t time)
{
	int64_t seconds;

	ck_assert_int_eq(rate_limit_wait(store->db, store->arena, of, STORE_NOW + time, &seconds), OK);
	return seconds;
}

static int64_t
recent_at(const struct rate_limit *of, int64_t time)
{
	int64_t count;

	ck_assert_int_eq(rate_limit_recent(store->db, store->arena, of, STORE_NOW + time, &count), OK);
	return count;
}

static void
count_at(const struct rate_limit *of, int64_t time)
{
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(rate_limit_count(store->db, store->arena, of, STORE_NOW + time), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

START_TEST(two_need_a_pause_between_them)
{
	struct rate_limit other = limit;

	ck_assert_int_eq(wait_at(&limit, 0), 0);
	count_at(&limit, 0);
	ck_assert_int_eq(wait_at(&limit, 0), 15);
	ck_assert_int_eq(wait_at(&limit, 14), 1);
	ck_assert_int_eq(wait_at(&limit, 15), 0);
	other.name = "network 192.0.3";
	ck_assert_int_eq(wait_at(&other, 0), 0);
	/* The clock was set back. */
	ck_assert_int_eq(wait_at(&limit, -100), 0);
}
END_TEST

/* Someone who always waits as long as told: no stretch of ten minutes ever has more than the limit allows. */
START_TEST(a_window_holds_no_more_than_the_limit)
{
	int64_t times[200], time = 0;
	size_t count = 0;

	while (time < 7200) {
		int64_t seconds = wait_at(&limit, time);
		if (seconds > 0) {
			time += seconds;
			continue;
		}
		ck_assert_uint_lt(count, sizeof(times) / sizeof(*times));
		times[count++] = time;
		count_at(&limit, time);
	}
	ck_assert_uint_ge(count, 60);
	ck_assert_int_eq(times[9] - times[0], 9 * 15);
	for (size_t i = 0; i < count; i++) {
		size_t in = 0;
		for (size_t j = i; j < count && times[j] - times[i] < 600; j++)
			in++;
		ck_assert_uint_le(in, 11); /* by interpolation, not by exact times */
	}
}
END_TEST

START_TEST(the_wait_is_long_enough)
{
	int64_t seconds;

	for (int i = 0; i < 10; i++)
		count_at(&limit, i * 15);
	seconds = wait_at(&limit, 150);
	ck_assert_int_gt(seconds, 400);
	ck_assert_int_gt(wait_at(&limit, 150 + seconds - 2), 0);
	ck_assert_int_eq(wait_at(&limit, 150 + seconds), 0);
}
END_TEST

START_TEST(the_count_fades)
{
	struct rate_limit hour = { .name = "guests", .seconds = 3600 };

	for (int i = 0; i < 100; i++)
		count_at(&hour, i);
	ck_assert_int_eq(recent_at(&hour, 100), 100);
	ck_assert_int_eq(recent_at(&hour, 3599), 100);
	ck_assert_int_eq(recent_at(&hour, 3600 + 1800), 50);
	ck_assert_int_eq(recent_at(&hour, 7200), 0);
	ck_assert_int_eq(wait_at(&hour, 100), 0);
}
END_TEST

START_TEST(a_row_names_nobody_and_is_removed)
{
	bool due;

	count_at(&limit, 0);
	ck_assert_int_eq(raw_number(store->db, "SELECT count(*) FROM rate_limit WHERE id LIKE '%192%'"), 0);
	ck_assert_int_eq(raw_number(store->db, "SELECT length(id) FROM rate_limit"), 64);
	ck_assert_int_eq(rate_limit_is_due(store->db, STORE_NOW + 1199, &due), OK);
	ck_assert(!due);
	ck_assert_int_eq(rate_limit_is_due(store->db, STORE_NOW + 1200, &due), OK);
	ck_assert(due);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(rate_limit_sweep(store->db, STORE_NOW + 1200), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(raw_number(store->db, "SELECT count(*) FROM rate_limit"), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rate_limit");
	TCase *cases = tcase_create("rate_limit");

	tcase_add_checked_fixture(cases, store_setup, store_teardown);
	tcase_set_timeout(cases, 30);
	tcase_add_test(cases, two_need_a_pause_between_them);
	tcase_add_test(cases, a_window_holds_no_more_than_the_limit);
	tcase_add_test(cases, the_wait_is_long_enough);
	tcase_add_test(cases, the_count_fades);
	tcase_add_test(cases, a_row_names_nobody_and_is_removed);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
