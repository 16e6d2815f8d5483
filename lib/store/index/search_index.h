/*
 * Writing the full-text indexes, inside the transaction that changes the post: post_search holds published posts and pages, also
 * those whose time is still to come; desk_search holds all others, so that no public count includes them. store/search reads them.
 */
#ifndef STORE_INDEX_SEARCH_INDEX_H
#define STORE_INDEX_SEARCH_INDEX_H

#include "store/db/db.h"

/*
 * post.search_id is published * SEARCH_ID_STEP + a free number: the index in the order of its rows is
 * newest first, and what is due by :now has an id below (now + 1) * SEARCH_ID_STEP. The step is small since
 * the index keeps differences of ids, thousands for each post: with 2^20 it was a seventh larger.
 */
#define SEARCH_ID_STEP (INT64_C(1) << 10)
/* How far, in ids, a post may stand from its second when that one is full: twelve days. */
#define SEARCH_ID_MOST (INT64_C(1) << 30)

struct search_document {
	int64_t search_id;
	const char *title, *summary, *opened, *closed; /* plain text: the tokenizer is applied here */
	const char *facets; /* from post_facets(), store/post/post_index.h */
};

/* --- published posts: post_search ----------------------------------------------- */

/* Writes a row, in place of the one with the same search_id. Of a public post nothing is closed. */
enum status search_index_put(struct db *db, struct arena *arena, const struct search_document *document);

/* Removes a row; OK when there was none. */
enum status search_index_remove(struct db *db, int64_t search_id);

/* Gives the rows of one author's posts to another author. Call it before the posts change their author. */
enum status search_index_hand_over(struct db *db, struct arena *arena, int64_t from, int64_t to);

/* --- all other posts: desk_search ------------------------------------------------ */

/* As search_index_put() and search_index_remove(). */
enum status search_index_put_draft(struct db *db, struct arena *arena, const struct search_document *document);
enum status search_index_remove_draft(struct db *db, int64_t search_id);

#endif
