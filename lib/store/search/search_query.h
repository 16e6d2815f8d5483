/*
 * A visitor's query as FTS5 expressions, restricted to what the viewer may read. For search.c and search_snippet.c.
 */
#ifndef STORE_SEARCH_QUERY_H
#define STORE_SEARCH_QUERY_H

#include <stdbool.h>

#include "store/access/viewer.h"

struct search_query {
	size_t phrases;         /* words and quoted phrases that contain a letter or digit */
	size_t filters;         /* tag: and author: filters */
	bool nothing;           /* a filter names an unknown tag or author, so nothing can be found */
	const char *match;      /* for this viewer: includes the closed part of posts that the viewer may read in full */
	const char *open_match; /* for everyone; the same pointer as match when the viewer may read nothing more */
	const char **strings;   /* each phrase, from search_token_query(); as many as phrases */
};

/* Parses text, which must be valid (core/text.h). lang NULL: all languages. The result is in the arena. */
enum status search_query_read(struct db *db, struct arena *arena, const struct viewer *viewer,
	const char *text, const char *lang, struct search_query *ret_words);

#endif
