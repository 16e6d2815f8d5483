/*
 * Search at the desk: words in title, summary or text of the posts that somebody may write, in every state. What is published
 * stands in post_search already (store/index/search_index.h); this index holds the rest, so that no public number ever counts it.
 */
#ifndef STORE_SEARCH_DRAFT_SEARCH_H
#define STORE_SEARCH_DRAFT_SEARCH_H

#include "store/post/post_author.h"

/*
 * Posts of that filter that hold all the words, the latest time of publishing first, with a search_id below filter->before (0: from
 * the latest); at most POST_AUTHOR_PAGE + 1. Words without a letter or digit find nothing.
 */
enum status draft_search(struct db *db, struct arena *arena, const struct user *user, const struct post_author_filter *filter,
	const char *words, struct post **ret_posts, size_t *ret_count);

#endif
