/* A visitor's words as expressions of FTS5, narrowed by what the viewer may read; only search.c asks. */
#ifndef STORE_SEARCH_WORDS_H
#define STORE_SEARCH_WORDS_H

#include <stdbool.h>

#include "store/viewer.h"

struct search_words {
	size_t phrases;         /* words and quoted phrases that hold a letter or digit */
	size_t filters;         /* tag: and author: */
	bool nothing;           /* a filter names nothing: nothing can be found */
	const char *match;      /* for this viewer: the closed part too, of posts whose facets give a right to it */
	const char *open_match; /* for everyone; the same pointer as match when the viewer has no right */
	const char **runs;      /* ideographs that stand side by side in the words; ended by NULL */
	bool has_single;        /* one of them is a single character */
};

/* Reads text, which passed the text gate; lang NULL: all languages. */
enum status search_words_read(struct db *db, struct arena *arena, const struct viewer *viewer,
	const char *text, const char *lang, struct search_words *ret_words);

/*
 * A single ideograph is found by the pair that begins with it; this takes the marks
 * (\x01, \x02) away from the other half.
 */
const char *search_words_trim(struct arena *arena, const struct search_words *words, const char *excerpt);

#endif
