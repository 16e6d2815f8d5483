/*
 * The part of a post in which a search matches, with marks. FTS5's snippet() goes through every column from end
 * to end, several times, and through the whole expression again: a page of hits took ten times as long. Here
 * FTS5's own tokenizer reads one bounded window of text; only search.c asks.
 */
#ifndef STORE_SEARCH_SNIPPET_H
#define STORE_SEARCH_SNIPPET_H

#include "store/post/post.h"
#include "store/search/search_query.h"

/* What one search looks for, as tokens; lives in the arena. */
struct search_snippets;
enum status search_snippets_new(struct db *db, struct arena *arena, const struct search_query *words,
	struct search_snippets **ret_excerpts);

/*
 * Plain text with \x01 before and \x02 after each match: from the open part, the closed one (only read when full)
 * or the summary, whichever holds most of the words. Without a match, as in a hit by title: how the post begins.
 */
enum status search_snippet_of_post(struct search_snippets *excerpts, const struct post *post, bool full, const char **ret_text);

#endif
