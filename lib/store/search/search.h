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

#endif
