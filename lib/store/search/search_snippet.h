/*
 * Snippets: the part of a post in which a search matches, with marks. FTS5's snippet() reads every column completely,
 * several times, and evaluates the whole expression again; it made a page of hits ten times slower. This code runs
 * FTS5's own tokenizer over one bounded window of text. Only for search.c.
 */
#ifndef STORE_SEARCH_SNIPPET_H
#define STORE_SEARCH_SNIPPET_H

#include "store/post/post.h"
#include "store/search/search_query.h"

/* The phrases of one search as tokens, in the arena. */
struct search_snippets;
enum status search_snippets_new(struct db *db, struct arena *arena, const struct search_query *words,
	struct search_snippets **ret_snippets);

/*
 * The snippet of a post, in the arena: plain text with \x01 before and \x02 after each match. It is taken from the
 * open part, the closed part (only read if full) or the summary, whichever contains the most phrases. Without a
 * match, as for a match in the title, it is the beginning of the summary or text.
 */
enum status search_snippet_of_post(struct search_snippets *snippets, const struct post *post, bool full, const char **ret_text);

#endif
