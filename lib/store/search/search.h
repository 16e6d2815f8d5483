/*
 * Search in the text that the viewer may read.
 *
 * Every input is a valid query: words, "quoted phrases", tag:slug, author:slug. All must match. Up to
 * SEARCH_RANKED matches are ranked (title first). When there are more, the newest come first, because the cost of
 * ranking grows with the number of matches.
 */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include <stdbool.h>

#include "store/post/post.h"
#include "store/access/viewer.h"

enum { SEARCH_RANKED = 4000, SEARCH_PAGE = 20 };

struct search_hit {
	struct post post;
	const char *snippet; /* plain text with \x01 before and \x02 after each match, from what the viewer may read */
};

struct search_result {
	struct search_hit *hits;
	size_t count;
	int64_t total;    /* matches in what the viewer may read; SEARCH_RANKED + 1 means "more" */
	bool ranked;      /* false: newest first, because there are more than SEARCH_RANKED */
	bool has_more;    /* there is a next page */
	bool has_terms;   /* the query contained something to search for */
};

/*
 * Searches posts. words: valid UTF-8 text. lang NULL: all languages. page counts from 0 and is below SEARCH_RANKED
 * / SEARCH_PAGE; later pages are empty. The result is in the arena.
 */
enum status search_posts(struct db *db, struct arena *arena, const struct viewer *viewer,
	const char *words, const char *lang, size_t page, struct search_result *ret_result);

#endif
