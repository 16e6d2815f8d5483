/*
 * Which variant of a post a reader sees in an A/B test. The running tests are read when the content changes, not
 * for each request, so they cost no query.
 *
 * Reading pages and the lists in them call experiments_apply(). Feeds, search, sitemaps, OpenGraph and JSON-LD do
 * not: shared links, feeds and search results are the same for everybody. Users who write always see the stored
 * post.
 */
#ifndef HTTP_EXPERIMENTS_H
#define HTTP_EXPERIMENTS_H

#include "http/request.h"
#include "store/experiment/experiment.h"

struct experiments {
	struct experiment *experiments; /* those that had not ended when this was read */
	size_t count;
	int64_t last_end;     /* Unix seconds when the latest ended test ended; 0: none */
};

/* Reads the tests. The worker keeps them until the content changes. The strings are in the arena. */
enum status experiments_read(struct db *db, struct arena *arena, int64_t now, struct experiments *ret_experiments);

/* The running test of a post, or NULL. */
const struct experiment *experiments_find(const struct request *req, int64_t post_id);

/*
 * Replaces the post's fields by those of the reader's variant. Returns the letter of the variant; 'A' changes
 * nothing.
 */
char experiments_apply(const struct request *req, struct post *post);
void experiments_apply_all(const struct request *req, struct post *posts, size_t count);

/* For response.c: a text that identifies the variants that this reader sees; "" when no test is running. */
const char *experiments_class(const struct request *req);

/* The time, in Unix seconds, when a test last ended; 0 when none has ended. */
int64_t experiments_last_end(const struct request *req);

#endif
