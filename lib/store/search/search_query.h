/* A visitor's words as expressions of FTS5, narrowed by what the viewer may read; for search.c and search_snippet.c. */
#ifndef STORE_SEARCH_QUERY_H
#define STORE_SEARCH_QUERY_H

#include <stdbool.h>

#include "store/access/viewer.h"

struct search_query {
	size_t phrases;         /* words and quoted phrases that hold a letter or digit */
	size_t filters;         /* tag: and author: */
	bool nothing;           /* a filter names nothing: nothing can be found */
	const char *match;      /* for this viewer: the closed part too, of posts whose facets give a right to it */
	const char *open_match; /* for everyone; the same pointer as match when the viewer has no right */
	const char **strings;   /* each phrase as search_token_query() gave it; as many as phrases */
};

/* Reads text, which passed the text gate; lang NULL: all languages. */
enum status search_query_read(struct db *db, struct arena *arena, const struct viewer *viewer,
	const char *text, const char *lang, struct search_query *ret_words);

#endif
