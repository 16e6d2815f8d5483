/*
 * A/B tests in the database: which variant each reader gets, independent of other tests; one test at a time; and what
 * remains when one ends.
 */
#include "support/store_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "store/db/site_key.h"
#include "store/experiment/experiment.h"

static int64_t author, post;

static void
setup(void)
{
	struct post_save save;

	store_setup();
	author = store_user(store, "Anna", "author");
	save = store_post(author, "tried", "Own title", "Own words.", "");
	post = store_save(store, &save);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(site_key_make(store->db, store->arena), OK);
}

static void
teardown(void)
{
	db_end(store->db);
	store_close(store);
}

static const struct experiment_variant variants[] = {
	{ .letter = "A", .title = "Own title", .summary = "Own words.", .cover_alt = "" },
	{ .letter = "B", .title = "Title of B", .summary = "", .cover_alt = "" },
	{ .letter = "C", .title = "", .summary = "Summary of C.", .cover_alt = "" },
};

static enum status
start(const int *shares, size_t count, int64_t started, int64_t ends, int64_t *ret_id)
{
	struct experiment experiment = { .post_id = post, .goal = "open", .min_difference = 5, .started = started, .ends = ends, .variants = variants,
		.variant_count = count };

	return experiment_start(store->db, store->arena, &experiment, shares, author, ret_id);
}

static struct experiment
started(const int *shares, size_t count, int64_t at, int64_t ends)
{
	struct experiment experiment;
	int64_t id;

	ck_assert_int_eq(start(shares, count, at, ends, &id), OK);
	ck_assert_int_eq(experiment_of_post(store->db, store->arena, post, id, &experiment), OK);
	return experiment;
}

START_TEST(buckets_match_the_shares_exactly)
{
	static const int shares[] = { 60, 25, 15 };
	struct experiment experiment = started(shares, 3, STORE_NOW, EXPERIMENT_OPEN);

	ck_assert_uint_eq(strlen(experiment.buckets), EXPERIMENT_BUCKETS);
	ck_assert_int_eq(experiment_share(&experiment, 'A'), 60);
	ck_assert_int_eq(experiment_share(&experiment, 'B'), 25);
	ck_assert_int_eq(experiment_share(&experiment, 'C'), 15);
	ck_assert_int_eq(experiment_share(&experiment, 'D'), 0);
	for (int bucket = 1; bucket <= EXPERIMENT_BUCKETS; bucket++)
		ck_assert_int_eq(experiment_letter(&experiment, bucket), experiment.buckets[bucket - 1]);
	ck_assert_int_eq(experiment_letter(&experiment, 0), 'A');
	ck_assert_int_eq(experiment_letter(&experiment, -1), 'A');
	ck_assert_int_eq(experiment_letter(&experiment, EXPERIMENT_BUCKETS + 1), 'A');
}
END_TEST

/*
 * 1,000 experiments with two equal halves, one after the other. The variant of a bucket in one experiment says nothing about any
 * bucket in the next: each of the 20 x 20 cells "both see B" is counted. Under independence a cell holds 999/4, and the sum of squares
 * over its variance is about 400. Cells depend on each other, so the limit is wide. An order that repeats, or depends on the bucket,
 * fails at once.
 */
START_TEST(experiments_are_independent_of_each_other)
{
	enum { EXPERIMENTS = 1000 };
	static const int shares[] = { 50, 50 };
	static int both[EXPERIMENT_BUCKETS][EXPERIMENT_BUCKETS];
	int of_b[EXPERIMENT_BUCKETS] = { 0 };
	double x = 0, y = 0, expected = (EXPERIMENTS - 1) / 4.0;
	char last[EXPERIMENT_BUCKETS + 1] = "";

	for (int i = 0; i < EXPERIMENTS; i++) {
		struct experiment experiment = started(shares, 2, STORE_NOW + i, STORE_NOW + i + 1);
		for (int a = 0; a < EXPERIMENT_BUCKETS; a++) {
			of_b[a] += experiment.buckets[a] == 'B';
			for (int b = 0; b < EXPERIMENT_BUCKETS && *last != '\0'; b++)
				both[a][b] += last[a] == 'B' && experiment.buckets[b] == 'B';
		}
		memcpy(last, experiment.buckets, sizeof(last));
	}
	for (int a = 0; a < EXPERIMENT_BUCKETS; a++) {
		y += (of_b[a] - EXPERIMENTS / 2.0) * (of_b[a] - EXPERIMENTS / 2.0) / (EXPERIMENTS / 4.0);
		for (int b = 0; b < EXPERIMENT_BUCKETS; b++)
			x += (both[a][b] - expected) * (both[a][b] - expected) / (expected * 3 / 4);
	}
	ck_assert_double_lt(y, 60);   /* chi-square, 19 degrees of freedom: once in 200,000 times */
	ck_assert_double_gt(y, 2);    /* not more even than chance allows */
	ck_assert_double_gt(x, 100);
	ck_assert_double_lt(x, 900);
}
END_TEST

START_TEST(a_post_has_one_experiment_at_a_time)
{
	static const int shares[] = { 50, 50 };
	struct experiment experiment = started(shares, 2, STORE_NOW, STORE_NOW + 100);
	int64_t id;

	ck_assert_int_eq(start(shares, 2, STORE_NOW + 99, EXPERIMENT_OPEN, &id), CONFLICT);
	ck_assert_int_eq(start(shares, 2, STORE_NOW + 100, EXPERIMENT_OPEN, &id), OK);
	ck_assert_int_eq(experiment_end(store->db, experiment.id, STORE_NOW + 100), CONFLICT);
	ck_assert_int_eq(experiment_end(store->db, id, STORE_NOW + 150), OK);
	ck_assert_int_eq(experiment_end(store->db, id, STORE_NOW + 151), CONFLICT);
	ck_assert_int_eq(experiment_of_post(store->db, store->arena, post + 1, id, &experiment), NOT_FOUND);
}
END_TEST

START_TEST(running_experiments_are_listed_with_their_variants)
{
	static const int halves[] = { 50, 50 }, thirds[] = { 40, 30, 30 };
	struct post_save save = store_post(author, "second", "Second", "Words.", "");
	struct experiment *experiments;
	size_t count;
	int64_t last_end;

	(void)started(halves, 2, STORE_NOW, STORE_NOW + 10);
	(void)started(thirds, 3, STORE_NOW + 20, EXPERIMENT_OPEN);
	ck_assert_int_eq(db_commit(store->db), OK);
	post = store_save(store, &save);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	(void)started(halves, 2, STORE_NOW + 20, STORE_NOW + 500);
	ck_assert_int_eq(experiment_running(store->db, store->arena, STORE_NOW + 30, &experiments, &count, &last_end), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(last_end, STORE_NOW + 10);
	ck_assert_int_eq(experiments[0].post_id, post);
	ck_assert_uint_eq(experiments[0].variant_count, 2);
	ck_assert_uint_eq(experiments[1].variant_count, 3);
	ck_assert_str_eq(experiments[1].variants[2].summary, "Summary of C.");
	ck_assert_int_eq(experiment_running(store->db, store->arena, STORE_NOW + 500, &experiments, &count, &last_end), OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(last_end, STORE_NOW + 500);
}
END_TEST

START_TEST(empty_fields_of_a_variant_keep_those_of_the_post)
{
	static const int shares[] = { 40, 30, 30 };
	struct experiment experiment = started(shares, 3, STORE_NOW, EXPERIMENT_OPEN);
	struct post shown = store_post_by_id(store, post), own = shown;

	experiment_apply(&experiment, 'B', &shown);
	ck_assert_str_eq(shown.title, "Title of B");
	ck_assert_str_eq(shown.summary, own.summary);
	shown = own;
	experiment_apply(&experiment, 'C', &shown);
	ck_assert_str_eq(shown.title, "Own title");
	ck_assert_str_eq(shown.summary, "Summary of C.");
	shown = own;
	experiment_apply(&experiment, 'A', &shown);
	ck_assert_ptr_eq(shown.title, own.title);
	experiment_apply(&experiment, 'D', &shown);
	ck_assert_ptr_eq(shown.title, own.title);
}
END_TEST

START_TEST(counts_and_the_winner_are_stored)
{
	static const int shares[] = { 50, 50 };
	struct experiment experiment = started(shares, 2, STORE_NOW, EXPERIMENT_OPEN);

	ck_assert_int_eq(experiment_count(store->db, experiment.id, "B", 10, 3), OK);
	ck_assert_int_eq(experiment_count(store->db, experiment.id, "B", 20, 5), OK);
	ck_assert_int_eq(experiment_count(store->db, experiment.id, "C", 20, 5), NOT_FOUND);
	ck_assert_int_eq(experiment_count(store->db, experiment.id + 1, "A", 20, 5), NOT_FOUND);
	ck_assert_int_eq(experiment_set_winner(store->db, experiment.id, "B", STORE_NOW + 50), OK);
	ck_assert_int_eq(experiment_set_winner(store->db, experiment.id, "A", STORE_NOW + 60), CONFLICT);
	ck_assert_int_eq(experiment_of_post(store->db, store->arena, post, experiment.id, &experiment), OK);
	ck_assert_int_eq(experiment.ends, STORE_NOW + 50);
	ck_assert_str_eq(experiment.winner, "B");
	ck_assert_str_eq(experiment.user_name, "Anna");
	ck_assert_int_eq(experiment.variants[1].seen, 20);
	ck_assert_int_eq(experiment.variants[1].converted, 5);
	ck_assert_int_eq(experiment.variants[0].seen, 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("experiment");
	TCase *tests = tcase_create("experiment");

	suite_add_tcase(suite, tests);
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, buckets_match_the_shares_exactly);
	tcase_add_test(tests, experiments_are_independent_of_each_other);
	tcase_add_test(tests, a_post_has_one_experiment_at_a_time);
	tcase_add_test(tests, running_experiments_are_listed_with_their_variants);
	tcase_add_test(tests, empty_fields_of_a_variant_keep_those_of_the_post);
	tcase_add_test(tests, counts_and_the_winner_are_stored);
	return suite_run(suite);
}
