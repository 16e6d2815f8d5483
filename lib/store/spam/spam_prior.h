/*
 * What the spam classifier knows before a site has taught it anything, in English and Chinese. The table is made of
 * prior.txt when the program is built.
 */
#ifndef STORE_SPAM_SPAM_PRIOR_H
#define STORE_SPAM_SPAM_PRIOR_H

#include <stddef.h>

struct spam_prior {
	const char *feature; /* as in spam_feature.h */
	float spam, ham;     /* how many of a thousand spam comments, and of a thousand others, have it */
};

/* The row of a feature; NULL when there is none. */
const struct spam_prior *spam_prior_find(const char *feature);

/* All rows, in no order. */
const struct spam_prior *spam_prior_all(size_t *ret_count);

#endif
