/*
 * Trials: two to four variants of a post's title, summary or cover, each shown to a part of the readers.
 *
 * The web server sorts readers into 20 fixed buckets (conf/nginx/http.conf). A trial gives each bucket one of its variants, in an
 * order that is drawn when it begins, by digests with a key of the site, and then stands in its row: so what one trial shows to a reader
 * tells nothing about what another does, and nobody changes sides while it runs. A trial that ends at a time needs no write for it.
 */
#ifndef STORE_EXPERIMENT_H
#define STORE_EXPERIMENT_H

#include "store/post/post.h"

enum {
	EXPERIMENT_BUCKETS = 20,
	EXPERIMENT_STEP = 100 / EXPERIMENT_BUCKETS, /* shares are multiples of it */
	EXPERIMENT_VARIANTS = 4,
};

/* The end of a trial that nobody has ended yet: 9999-12-31. */
#define EXPERIMENT_OPEN INT64_C(253402300799)

struct experiment_variant {
	int64_t experiment_id;
	const char *letter;         /* "A" to "D"; A is the post as it is */
	const char *title, *summary; /* "": those of the post; of A: what they were when the trial began */
	int64_t cover_id;           /* 0: that of the post */
	const char *cover_alt, *cover_path; /* as in struct post */
	int64_t cover_width, cover_height;
	int64_t seen, converted;        /* what was counted; 0 where running trials are read */
};

struct experiment {
	int64_t id, post_id;
	const char *buckets;        /* 20 letters; the first is for bucket 1 */
	const char *goal;           /* open or read */
	int64_t min_difference;              /* the least difference that is worth knowing, in hundredths */
	int64_t started, ends;
	const char *winner;           /* the letter of the variant that became the post's own, or "" */
	const char *user_name;      /* who began it, or "" */
	const struct experiment_variant *variants;
	size_t variant_count;
};

/* What readers in a bucket see of a trial: 'A' to 'D'. Bucket 0, for those in none, is 'A'. */
char experiment_letter(const struct experiment *experiment, int bucket);

/* The percentage of readers that sees a variant. */
int experiment_share(const struct experiment *experiment, char letter);

/* Puts the words and picture of a variant over those of the post. */
void experiment_dress(const struct experiment *experiment, char letter, struct post *post);

/* --- reading -------------------------------------------------------------------- */

/* All that have not ended, of all posts, with their variants, by the time of their end; and when the latest that has ended did (0: none). */
enum status experiment_running(struct db *db, struct arena *arena, int64_t now, struct experiment **ret_experiments, size_t *ret_count,
	int64_t *ret_last_end);

/* Those of one post, newest first, without variants; at most 100. */
enum status experiment_list(struct db *db, struct arena *arena, int64_t post_id, struct experiment **ret_experiments, size_t *ret_count);

/* One of that post's, with variants and counts. */
enum status experiment_of_post(struct db *db, struct arena *arena, int64_t post_id, int64_t id, struct experiment *ret_experiment);

/* For the command line: every trial with its post's slug in user_name's place, newest first. */
enum status experiment_each(struct db *db, enum status (*each)(void *context, struct arena *arena, void *experiment), void *context);

/* --- writing (inside a write transaction) ----------------------------------------- */

/*
 * Begins trial: post_id, goal, worth, started, ends and variants from A on are the caller's; shares, in percent, one for each
 * variant, are multiples of EXPERIMENT_STEP above 0 that sum to 100. CONFLICT while another trial of that post runs.
 */
enum status experiment_start(struct db *db, struct arena *arena, const struct experiment *experiment, const int *shares, int64_t user_id,
	int64_t *ret_id);

/* Ends a trial now. CONFLICT when it has ended. */
enum status experiment_end(struct db *db, int64_t id, int64_t now);

/* Notes which variant became the post's own, and ends the trial if it runs. CONFLICT when one was kept before. */
enum status experiment_set_winner(struct db *db, int64_t id, const char *letter, int64_t now);

/* Sets what was counted for a variant, over what stood there. NOT_FOUND when there is no such variant. */
enum status experiment_count(struct db *db, int64_t id, const char *letter, int64_t seen, int64_t acted);

#endif
