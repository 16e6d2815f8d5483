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

#include "store/post.h"
#include "store/viewer.h"

enum { SEARCH_RANKED = 4000, SEARCH_PAGE = 20 };

/*
 * post.search_id is published * SEARCH_ID_STEP + a free number: the index in the order of its rows is
 * newest first, and what is due by :now has an id below (now + 1) * SEARCH_ID_STEP.
 */
#define SEARCH_ID_STEP (INT64_C(1) << 20)

struct search_hit {
	struct post post;
	const char *excerpt; /* plain text with \x01 before and \x02 after each match; from what the viewer may read */
};

struct search_result {
	struct search_hit *hits;
	size_t count;
	int64_t total;    /* matches in what everyone may read; SEARCH_RANKED + 1 stands for "more" */
	bool ranked;      /* false: newest first, because there are more than SEARCH_RANKED */
	bool has_more;    /* there is a next page */
	bool has_words;   /* the query held something to look for */
};

/*
 * lang NULL: all languages. page counts from 0 and is bounded by SEARCH_RANKED / SEARCH_PAGE.
 */
enum status search_posts(struct db *db, struct arena *arena, const struct viewer *viewer,
	const char *words, const char *lang, size_t page, struct search_result *ret_result);

/* Writes the row of a post (plain texts: they are segmented here) into the index; called by post.c only, in its transaction. */
struct search_document {
	int64_t search_id;
	const char *title, *summary, *opened, *closed, *facets;
};
/* The facets column of a post: "a3 t12 t7 lzh" for author, tags and language. */
const char *search_facets(struct arena *arena, const struct post *post);
enum status search_put(struct db *db, struct arena *arena, const struct search_document *document);
enum status search_remove(struct db *db, int64_t search_id);

#endif
