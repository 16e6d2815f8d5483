/*
 * Finds the phrases of a search in a text, with FTS5's own tokenizer, over one bounded window of the text. Only for
 * search_snippet.c.
 */
#ifndef STORE_SEARCH_MATCH_H
#define STORE_SEARCH_MATCH_H

#include "store/db/db.h"
#include "store/search/search_query.h"

/* One token of the text. */
struct search_token {
	int start, end;
	const char *bytes; /* folded and stemmed */
	size_t length;
};

struct search_match {
	size_t first;      /* index of its first token */
	int start, end;    /* byte offsets in the segmented text */
	size_t phrase;
};

struct search_reading {
	struct arena *arena;
	const char *text;  /* segmented */
	struct search_token *places;
	size_t count, room;
	struct search_match *matches;
	size_t match_count;
};

/* The phrases of one search as tokens, in the arena. */
struct search_matcher;
enum status search_matcher_new(struct db *db, struct arena *arena, const struct search_query *words, struct search_matcher **ret_matcher);

/* How many phrases it has. */
size_t search_matcher_phrases(const struct search_matcher *matcher);

/* Reads the part of a text around the first likely match, and finds all phrases in it. In the arena of the matcher. */
enum status search_match(struct search_matcher *matcher, const char *text, struct search_reading *ret_reading);

#endif
