/*
 * Which variant of a post this reader sees. The trials that run are read when the store has changed, not for each
 * request: a post without a trial costs no query, nor does one with.
 *
 * Pages of readers, and the lists in them, ask experiments_dress(). Feeds, search, sitemaps, OpenGraph and JSON-LD do not: what is passed on,
 * subscribed to or found is the same for everybody. So is what those who write see, wherever they are: the post as it is stored.
 */
#ifndef HTTP_EXPERIMENTS_H
#define HTTP_EXPERIMENTS_H

#include "http/request.h"
#include "store/experiment/experiment.h"

struct experiments {
	struct experiment *experiments; /* that had not ended when this was read */
	size_t count;
	int64_t last_end;     /* when the latest of the others did; 0: none */
};

/* Reads them; the worker keeps them as long as nothing changes. */
enum status experiments_read(struct db *db, struct arena *arena, int64_t now, struct experiments *ret_experiments);

/* The trial that this post is in now, or NULL. */
const struct experiment *experiments_find(const struct request *req, int64_t post_id);

/* Puts what this reader is to see over the post. Returns the variant's letter; 'A' when nothing was changed. */
char experiments_dress(const struct request *req, struct post *post);
void experiments_dress_all(const struct request *req, struct post *posts, size_t count);

/* For response.c: all that the running trials make this reader's pages depend on; "" when none runs. */
const char *experiments_class(const struct request *req);

/* When a trial last ended, up to now; 0 when none has. */
int64_t experiments_last_end(const struct request *req);

#endif
