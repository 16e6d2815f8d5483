/*
 * Search in the studio: words in title, summary or text of the posts that a user may edit, in every state. Published
 * posts are in post_search already (store/index/search_index.h); draft_search holds the others, so that no public
 * count includes them.
 */
#ifndef STORE_SEARCH_DRAFT_SEARCH_H
#define STORE_SEARCH_DRAFT_SEARCH_H

#include "store/post/post_author.h"

/*
 * Lists posts of that filter that contain all the words, the latest publish date first, with a search_id below
 * filter->before (0: from the latest); at most POST_AUTHOR_PAGE + 1. Finds nothing when no word has a letter or digit. In
 * the arena.
 */
enum status draft_search(struct db *db, struct arena *arena, const struct user *user, const struct post_author_filter *filter,
	const char *words, struct post **ret_posts, size_t *ret_count);

#endif
