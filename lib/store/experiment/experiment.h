/*
 * A/B tests: two to four variants of a post's title, summary or cover, each shown to a part of the readers.
 *
 * The web server assigns readers to 20 fixed buckets (conf/nginx/http.conf). A test assigns a variant to each bucket,
 * in an order that is shuffled when the test starts, by digests with a key of the site, and then stored. So what a
 * reader sees of one test is independent of other tests, and no reader changes variants while a test runs. A test
 * that ends at a set time needs no write to end. Times are Unix seconds.
 */
#ifndef STORE_EXPERIMENT_H
#define STORE_EXPERIMENT_H

#include "store/post/post.h"

enum {
	EXPERIMENT_BUCKETS = 20,
	EXPERIMENT_STEP = 100 / EXPERIMENT_BUCKETS, /* shares are multiples of this many percent */
	EXPERIMENT_VARIANTS = 4,
};

/* The end of a test that has no end yet: 9999-12-31. */
#define EXPERIMENT_OPEN INT64_C(253402300799)

struct experiment_variant {
	int64_t experiment_id;
	const char *letter;         /* "A" to "D"; A is the post unchanged */
	const char *title, *summary; /* "": those of the post; for A: their values when the test began */
	int64_t cover_id;           /* 0: the post's cover */
	const char *cover_alt, *cover_path; /* as in struct post */
	int64_t cover_width, cover_height;
	int64_t seen, converted;        /* the counted readers; 0 from experiment_running() */
};

struct experiment {
	int64_t id, post_id;
	const char *buckets;        /* 20 letters; the first is for bucket 1 */
	const char *goal;           /* open: opening the post from a list; read: reading it to the end */
	int64_t min_difference;              /* the smallest difference of rates that matters, in hundredths */
	int64_t started, ends;
	const char *winner;           /* the letter of the winner, which became the post's own variant, or "" */
	const char *user_name;      /* who started it, or "" */
	const struct experiment_variant *variants;
	size_t variant_count;
};

/* The variant for a bucket, 'A' to 'D'. Bucket 0, for readers without a bucket, gets 'A'. */
char experiment_letter(const struct experiment *experiment, int bucket);

/* The percentage of readers who see a variant. */
int experiment_share(const struct experiment *experiment, char letter);

/* Replaces title, summary and cover of the post by those of a variant. The strings belong to the test. */
void experiment_apply(const struct experiment *experiment, char letter, struct post *post);

/* --- reading -------------------------------------------------------------------- */

/*
 * Lists all running tests of all posts with their variants, by end. *ret_last_end: when the last ended test ended; 0:
 * none has ended. In the arena.
 */
enum status experiment_running(struct db *db, struct arena *arena, int64_t now, struct experiment **ret_experiments, size_t *ret_count,
	int64_t *ret_last_end);

/* Lists the tests of one post, newest first, without variants; at most 100. In the arena. */
enum status experiment_list(struct db *db, struct arena *arena, int64_t post_id, struct experiment **ret_experiments, size_t *ret_count);

/* One test of that post, with variants and counts; NOT_FOUND when there is none. */
enum status experiment_of_post(struct db *db, struct arena *arena, int64_t post_id, int64_t id, struct experiment *ret_experiment);

/*
 * Calls each() for every test, newest first, for the command line. user_name is then the post's slug, and there are
 * no variants.
 */
enum status experiment_each(struct db *db, enum status (*each)(void *context, struct arena *arena, void *experiment), void *context);

/* --- writing (inside a write transaction) ----------------------------------------- */

/*
 * Starts a test. experiment: the caller sets post_id, goal, worth, started, ends and the variants from A on. shares: a
 * percentage for each variant; multiples of EXPERIMENT_STEP above 0 that add up to 100, otherwise it aborts. user_id 0:
 * nobody. CONFLICT: another test of that post is running.
 */
enum status experiment_start(struct db *db, struct arena *arena, const struct experiment *experiment, const int *shares, int64_t user_id,
	int64_t *ret_id);

/* Ends a test now. CONFLICT: it has already ended, or does not exist. */
enum status experiment_end(struct db *db, int64_t id, int64_t now);

/*
 * Stores the winner, which became the post's own variant, and ends the test if it is running. CONFLICT: a winner was
 * chosen before, or the test does not exist.
 */
enum status experiment_set_winner(struct db *db, int64_t id, const char *letter, int64_t now);

/* Replaces the counts of a variant. acted is at most seen. NOT_FOUND: there is no such variant. */
enum status experiment_count(struct db *db, int64_t id, const char *letter, int64_t seen, int64_t acted);

#endif
