/*
 * A/B tests in the store: which variant each reader gets, independent of other tests; one test at a time; and what is
 * left when one ends.
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
	struct experiment trial = { .post_id = post, .goal = "open", .worth = 5, .started = started, .ends = ends, .variants = variants,
		.variant_count = count };

	return experiment_start(store->db, store->arena, &trial, shares, author, ret_id);
}

static struct experiment
started(const int *shares, size_t count, int64_t at, int64_t ends)
{
	struct experiment trial;
	int64_t id;

	ck_assert_int_eq(start(shares, count, at, ends, &id), OK);
	ck_assert_int_eq(experiment_of_post(store->db, store->arena, post, id, &trial), OK);
	return trial;
}

START_TEST(shares_are_obeyed_exactly)
{
	static const int shares[] = { 60, 25, 15 };
	struct experiment trial = started(shares, 3, STORE_NOW, TRIAL_OPEN);

	ck_assert_uint_eq(strlen(trial.buckets), TRIAL_BUCKETS);
	ck_assert_int_eq(experiment_share(&trial, 'A'), 60);
	ck_assert_int_eq(experiment_share(&trial, 'B'), 25);
	ck_assert_int_eq(experiment_share(&trial, 'C'), 15);
	ck_assert_int_eq(experiment_share(&trial, 'D'), 0);
	for (int bucket = 1; bucket <= TRIAL_BUCKETS; bucket++)
		ck_assert_int_eq(experiment_letter(&trial, bucket), trial.buckets[bucket - 1]);
	ck_assert_int_eq(experiment_letter(&trial, 0), 'A');
	ck_assert_int_eq(experiment_letter(&trial, -1), 'A');
	ck_assert_int_eq(experiment_letter(&trial, TRIAL_BUCKETS + 1), 'A');
}
END_TEST

/*
 * 1,000 trials of two halves, after one another. Of what a bucket sees in one trial nothing follows for any bucket in the next:
 * each of the 20 x 20 cells "both see B" is counted. Under independence a cell holds 999/4, and the sum of squares over its variance
 * is about 400; cells hang together, so the limit is wide. An order that repeats, or depends on the bucket, breaks it at once.
 */
START_TEST(trials_are_independent_of_each_other)
{
	enum { TRIALS = 1000 };
	static const int shares[] = { 50, 50 };
	static int both[TRIAL_BUCKETS][TRIAL_BUCKETS];
	int of_b[TRIAL_BUCKETS] = { 0 };
	double x = 0, y = 0, expected = (TRIALS - 1) / 4.0;
	char last[TRIAL_BUCKETS + 1] = "";

	for (int i = 0; i < TRIALS; i++) {
		struct experiment trial = started(shares, 2, STORE_NOW + i, STORE_NOW + i + 1);
		for (int a = 0; a < TRIAL_BUCKETS; a++) {
			of_b[a] += trial.buckets[a] == 'B';
			for (int b = 0; b < TRIAL_BUCKETS && *last != '\0'; b++)
				both[a][b] += last[a] == 'B' && trial.buckets[b] == 'B';
		}
		memcpy(last, trial.buckets, sizeof(last));
	}
	for (int a = 0; a < TRIAL_BUCKETS; a++) {
		y += (of_b[a] - TRIALS / 2.0) * (of_b[a] - TRIALS / 2.0) / (TRIALS / 4.0);
		for (int b = 0; b < TRIAL_BUCKETS; b++)
			x += (both[a][b] - expected) * (both[a][b] - expected) / (expected * 3 / 4);
	}
	ck_assert_double_lt(y, 60);   /* chi-square, 19 degrees of freedom: once in 200,000 times */
	ck_assert_double_gt(y, 2);    /* nor more even than chance */
	ck_assert_double_gt(x, 100);
	ck_assert_double_lt(x, 900);
}
END_TEST

START_TEST(a_post_has_one_at_a_time)
{
	static const int shares[] = { 50, 50 };
	struct experiment trial = started(shares, 2, STORE_NOW, STORE_NOW + 100);
	int64_t id;

	ck_assert_int_eq(start(shares, 2, STORE_NOW + 99, TRIAL_OPEN, &id), CONFLICT);
	ck_assert_int_eq(start(shares, 2, STORE_NOW + 100, TRIAL_OPEN, &id), OK);
	ck_assert_int_eq(experiment_end(store->db, trial.id, STORE_NOW + 100), CONFLICT);
	ck_assert_int_eq(experiment_end(store->db, id, STORE_NOW + 150), OK);
	ck_assert_int_eq(experiment_end(store->db, id, STORE_NOW + 151), CONFLICT);
	ck_assert_int_eq(experiment_of_post(store->db, store->arena, post + 1, id, &trial), NOT_FOUND);
}
END_TEST

START_TEST(running_ones_come_with_their_variants)
{
	static const int halves[] = { 50, 50 }, thirds[] = { 40, 30, 30 };
	struct post_save save = store_post(author, "second", "Second", "Words.", "");
	struct experiment *trials;
	size_t count;
	int64_t last_end;

	(void)started(halves, 2, STORE_NOW, STORE_NOW + 10);
	(void)started(thirds, 3, STORE_NOW + 20, TRIAL_OPEN);
	ck_assert_int_eq(db_commit(store->db), OK);
	post = store_save(store, &save);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	(void)started(halves, 2, STORE_NOW + 20, STORE_NOW + 500);
	ck_assert_int_eq(experiment_running(store->db, store->arena, STORE_NOW + 30, &trials, &count, &last_end), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(last_end, STORE_NOW + 10);
	ck_assert_int_eq(trials[0].post_id, post);
	ck_assert_uint_eq(trials[0].variant_count, 2);
	ck_assert_uint_eq(trials[1].variant_count, 3);
	ck_assert_str_eq(trials[1].variants[2].summary, "Summary of C.");
	ck_assert_int_eq(experiment_running(store->db, store->arena, STORE_NOW + 500, &trials, &count, &last_end), OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(last_end, STORE_NOW + 500);
}
END_TEST

START_TEST(what_is_empty_stays_the_posts)
{
	static const int shares[] = { 40, 30, 30 };
	struct experiment trial = started(shares, 3, STORE_NOW, TRIAL_OPEN);
	struct post shown = store_post_by_id(store, post), own = shown;

	experiment_dress(&trial, 'B', &shown);
	ck_assert_str_eq(shown.title, "Title of B");
	ck_assert_str_eq(shown.summary, own.summary);
	shown = own;
	experiment_dress(&trial, 'C', &shown);
	ck_assert_str_eq(shown.title, "Own title");
	ck_assert_str_eq(shown.summary, "Summary of C.");
	shown = own;
	experiment_dress(&trial, 'A', &shown);
	ck_assert_ptr_eq(shown.title, own.title);
	experiment_dress(&trial, 'D', &shown);
	ck_assert_ptr_eq(shown.title, own.title);
}
END_TEST

START_TEST(counts_and_what_is_kept)
{
	static const int shares[] = { 50, 50 };
	struct experiment trial = started(shares, 2, STORE_NOW, TRIAL_OPEN);

	ck_assert_int_eq(experiment_count(store->db, trial.id, "B", 10, 3), OK);
	ck_assert_int_eq(experiment_count(store->db, trial.id, "B", 20, 5), OK);
	ck_assert_int_eq(experiment_count(store->db, trial.id, "C", 20, 5), NOT_FOUND);
	ck_assert_int_eq(experiment_count(store->db, trial.id + 1, "A", 20, 5), NOT_FOUND);
	ck_assert_int_eq(experiment_keep(store->db, trial.id, "B", STORE_NOW + 50), OK);
	ck_assert_int_eq(experiment_keep(store->db, trial.id, "A", STORE_NOW + 60), CONFLICT);
	ck_assert_int_eq(experiment_of_post(store->db, store->arena, post, trial.id, &trial), OK);
	ck_assert_int_eq(trial.ends, STORE_NOW + 50);
	ck_assert_str_eq(trial.kept, "B");
	ck_assert_str_eq(trial.user_name, "Anna");
	ck_assert_int_eq(trial.variants[1].seen, 20);
	ck_assert_int_eq(trial.variants[1].acted, 5);
	ck_assert_int_eq(trial.variants[0].seen, 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("trial");
	TCase *tests = tcase_create("trial");

	suite_add_tcase(suite, tests);
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, shares_are_obeyed_exactly);
	tcase_add_test(tests, trials_are_independent_of_each_other);
	tcase_add_test(tests, a_post_has_one_at_a_time);
	tcase_add_test(tests, running_ones_come_with_their_variants);
	tcase_add_test(tests, what_is_empty_stays_the_posts);
	tcase_add_test(tests, counts_and_what_is_kept);
	return suite_run(suite);
}
