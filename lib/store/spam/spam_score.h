/*
 * The spam classifier: naive Bayes over the features of a comment, on top of a prior.
 *
 * The prior (spam_prior.h) counts like eighty comments of each kind, so a site's own decisions soon outweigh it.
 * Only features that are unlikely to be there by chance are added up. No I/O.
 */
#ifndef STORE_SPAM_SPAM_SCORE_H
#define STORE_SPAM_SPAM_SCORE_H

#include <stdbool.h>
#include <stdint.h>

#include "store/spam/spam_feature.h"

/* How many comments of each kind were learned. */
struct spam_total {
	int64_t spam, ham;
};

/*
 * Sets weight and surprise of each feature from its counts and the prior, and sorts the features: the least likely by
 * chance first. Returns the sum of the weights, the logarithm of the odds that the comment is spam.
 */
double spam_score(struct spam_features *features, const struct spam_total *total);

/* Whether a comment with this sum is called spam. */
bool spam_score_is_spam(double score);

/* The probability of spam for a sum of weights, from 0 to 1. */
double spam_score_probability(double score);

#endif
