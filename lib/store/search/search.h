/*
 * Search over the text that this viewer may read.
 *
 * Every input is a valid query: words, "quoted phrases", tag:slug, author:slug.
 * All must match. Up to SEARCH_RANKED matches are ranked (title first); beyond that
 * the newest come first, since ranking costs as much as there are matches.
 */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include <stdbool.h>

#include "store/post/post.h"
#include "store/access/viewer.h"

enum { SEARCH_RANKED = 4000, SEARCH_PAGE = 20 };

/*
 * post.search_id is published * SEARCH_ID_STEP + a free number: the index in the order of its rows is
 * newest first, and what is due by :now has an id below (now + 1) * SEARCH_ID_STEP. The step is small since
 * the index keeps differences of ids, thousands for each post: with 2^20 it was a seventh larger.
 */
#define SEARCH_ID_STEP (INT64_C(1) << 10)
/* How far, in ids, a post may stand from its second when that one is full: twelve days. */
#define SEARCH_ID_MOST (INT64_C(1) << 30)

struct search_hit {
	struct post post;
	const char *excerpt; /* plain text with \x01 before and \x02 after each match; from what the viewer may read */
};

struct search_result {
	struct search_hit *hits;
	size_t count;
	int64_t total;    /* matches in what this viewer may read; SEARCH_RANKED + 1 stands for "more" */
	bool ranked;      /* false: newest first, because there are more than SEARCH_RANKED */
	bool has_more;    /* there is a next page */
	bool has_words;   /* the query held something to look for */
};

/*
 * lang NULL: all languages. page counts from 0 and is bounded by SEARCH_RANKED / SEARCH_PAGE.
 */
enum status search_posts(struct db *db, struct arena *arena, const struct viewer *viewer,
	const char *words, const char *lang, size_t page, struct search_result *ret_result);

/* --- the index: written by post_save.c only, in its transaction -------------- */

/* Only published posts and pages are indexed (those still to come as well), so that no total counts another. */
struct search_document {
	int64_t search_id;
	const char *title, *summary, *opened, *closed; /* plain text: search_put() segments it */
	const char *facets;                            /* from search_facets() */
};

/*
 * What a post can be narrowed by, as words: "a3 t12 t7 lzh p5 xpaid" for author, tags, language, the post
 * itself and access. Rights narrow a search by these words too, so they are written again when access changes.
 */
const char *search_facets(struct arena *arena, const struct post *post);

/* Writes a row, in place of the one with the same search_id. Of a public post nothing is closed. */
enum status search_put(struct db *db, struct arena *arena, const struct search_document *document);

/* The rows of one author's posts become another's. Before the posts do. */
enum status search_hand_over(struct db *db, struct arena *arena, int64_t from, int64_t to);

/* Takes a row away; OK when there was none. */
enum status search_remove(struct db *db, int64_t search_id);

#endif
