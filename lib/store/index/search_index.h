/*
 * Writes the full-text indexes, inside the transaction that changes the post. post_search holds published posts and
 * pages, also those that are scheduled. draft_search holds all others, so that no public count includes them.
 * store/search reads both.
 */
#ifndef STORE_INDEX_SEARCH_INDEX_H
#define STORE_INDEX_SEARCH_INDEX_H

#include "store/db/db.h"

/*
 * post.search_id is published * SEARCH_ID_STEP + a free number. So the order of rowids is the order of publishing,
 * and posts that are due at :now have an id below (now + 1) * SEARCH_ID_STEP. The step is small because the index
 * stores differences of ids, thousands for each post: with 2^20 it was a seventh larger.
 */
#define SEARCH_ID_STEP (INT64_C(1) << 10)
/* How far a search_id may be from its second when that is full: 2^30, which is twelve days. */
#define SEARCH_ID_MAX (INT64_C(1) << 30)

struct search_document {
	int64_t search_id;
	const char *title, *summary, *opened, *closed; /* plain text, to which this file applies the tokenizer */
	const char *facets; /* from post_facets(), store/post/post_index.h */
};

/* --- published posts: post_search ----------------------------------------------- */

/* Writes a row, or replaces the one with the same search_id. For a public post, closed is indexed like opened. */
enum status search_index_put(struct db *db, struct arena *arena, const struct search_document *document);

/* Removes a row; OK when there is none. */
enum status search_index_remove(struct db *db, int64_t search_id);

/* Changes the author in the rows of one author's posts. Call it before the posts get their new author. */
enum status search_index_hand_over(struct db *db, struct arena *arena, int64_t from, int64_t to);

/* --- all other posts: draft_search ------------------------------------------------ */

/* The same as search_index_put() and search_index_remove() for a post that is not published. */
enum status search_index_put_draft(struct db *db, struct arena *arena, const struct search_document *document);
enum status search_index_remove_draft(struct db *db, int64_t search_id);

#endif
