/*
 * Rates against published figures: Newcombe's table of intervals (Statistics in Medicine 17, 1998), the mismatch that
 * Fabijan and others print, power.prop.test() of R, and numeric integrals (the chi-square density; the likelihood ratio
 * over its mixture).
 */
#include "support/suite.h"

#include <stdbool.h>
#include <stdlib.h>

#include "core/experiment_stats.h"

static void
expect_interval(int64_t acted, int64_t seen, double low, double high)
{
	struct interval interval = experiment_stats_interval((struct experiment_proportion){ acted, seen });

	ck_assert_double_eq_tol(interval.low, low, 5e-7);
	ck_assert_double_eq_tol(interval.high, high, 5e-7);
}

START_TEST(wilson_intervals_match_published_values)
{
	expect_interval(81, 263, 0.255289, 0.366210);
	expect_interval(15, 148, 0.062386, 0.160487);
	expect_interval(0, 20, 0, 0.161125);
	expect_interval(1, 29, 0.006113, 0.171755);
	expect_interval(20, 20, 0.838875, 1);
	expect_interval(1000, 10000, 0.094273, 0.106034);
	expect_interval(0, 0, 0, 1);
}
END_TEST

START_TEST(sample_ratio_mismatch_matches_published_values)
{
	const double halves[] = { 50, 50 }, thirds[] = { 60, 30, 10 }, quarters[] = { 25, 25, 25, 25 };

	ck_assert_double_eq_tol(experiment_stats_mismatch((int64_t[]){ 821588, 815482 }, halves, 2), 1.8217929e-6, 1e-12);
	ck_assert_double_eq_tol(experiment_stats_mismatch((int64_t[]){ 5000, 5200 }, halves, 2), 0.04767038, 1e-7);
	ck_assert_double_eq_tol(experiment_stats_mismatch((int64_t[]){ 1000, 990 }, halves, 2), 0.82262664, 1e-7);
	ck_assert_double_eq_tol(experiment_stats_mismatch((int64_t[]){ 600, 300, 120 }, thirds, 3), 0.17123714, 1e-7);
	ck_assert_double_eq_tol(experiment_stats_mismatch((int64_t[]){ 250, 250, 250, 310 }, quarters, 4), 0.01702854, 1e-7);
	ck_assert_double_eq(experiment_stats_mismatch((int64_t[]){ 0, 0 }, halves, 2), 1);
}
END_TEST

static double
same(int64_t a, int64_t of_a, int64_t b, int64_t of_b, double spread)
{
	return experiment_stats_same((struct experiment_proportion){ a, of_a }, (struct experiment_proportion){ b, of_b }, spread);
}

START_TEST(always_valid_p_values_match_numeric_integrals)
{
	ck_assert_double_eq_tol(same(1000, 10000, 1300, 10000, 0.05), 3.3322111e-9, 1e-15);
	ck_assert_double_eq_tol(same(500, 5000, 590, 5000, 0.02), 0.075114611, 1e-8);
	ck_assert_double_eq_tol(same(120, 1000, 160, 1000, 0.05), 0.16294308, 1e-7);
	ck_assert_double_eq_tol(same(30, 300, 52, 310, 0.05), 0.20663354, 1e-7);
	ck_assert_double_eq_tol(same(52, 310, 30, 300, 0.05), 0.20663354, 1e-7);
	ck_assert_double_eq(same(12, 100, 15, 104, 0.05), 1);
	ck_assert_double_eq(same(0, 0, 5, 10, 0.05), 1);
	ck_assert_double_eq(same(0, 100, 0, 100, 0.05), 1);
	ck_assert_double_eq(same(100, 100, 100, 100, 0.05), 1);
}
END_TEST

/* Of 1,000 experiments without any difference, each checked 200 times, at most one in twenty may report a difference. */
START_TEST(repeated_checks_keep_the_rate_of_false_positives)
{
	uint32_t state = 12345;
	int misled = 0;

	for (int experiment = 0; experiment < 1000; experiment++) {
		struct experiment_proportion groups[2] = { { 0, 0 }, { 0, 0 } };
		bool found = false;
		for (int reader = 0; reader < 8000 && !found; reader++) {
			struct experiment_proportion *group = &groups[reader % 2];
			state = state * 1664525U + 1013904223U; /* Numerical Recipes' generator; its high bits are good enough */
			group->seen++;
			group->converted += (state >> 16) % 100 < 20;
			found = reader % 40 == 39 && experiment_stats_same(groups[0], groups[1], 0.05) < 0.05;
		}
		misled += found;
	}
	ck_assert_int_gt(misled, 0);
	ck_assert_int_le(misled, 50);
}
END_TEST

START_TEST(needed_sample_sizes_match_power_prop_test)
{
	ck_assert_int_eq(experiment_stats_needed(0.10, 0.05), 686);
	ck_assert_int_eq(experiment_stats_needed(0.50, 0.05), 1565);
	ck_assert_int_eq(experiment_stats_needed(0.05, 0.05), 435);
	ck_assert_int_eq(experiment_stats_needed(0.50, 0.25), 58);
	ck_assert_int_eq(experiment_stats_needed(0.30, 0.01), 33275);
	ck_assert_int_eq(experiment_stats_needed(0.98, 0.05), 269);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("experiment_stats");
	TCase *tests = tcase_create("experiment_stats");

	suite_add_tcase(suite, tests);
	tcase_add_test(tests, wilson_intervals_match_published_values);
	tcase_add_test(tests, sample_ratio_mismatch_matches_published_values);
	tcase_add_test(tests, always_valid_p_values_match_numeric_integrals);
	tcase_add_test(tests, repeated_checks_keep_the_rate_of_false_positives);
	tcase_add_test(tests, needed_sample_sizes_match_power_prop_test);
	return suite_run(suite);
}
