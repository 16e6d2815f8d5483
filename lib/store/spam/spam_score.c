#include "store/spam/spam_score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store/spam/spam_prior.h"

/* The prior counts like so many comments of each kind. */
#define PRIOR_COMMENTS 80.0

/*
 * A feature without a row in the prior counts as if it were in so many of these comments, of both kinds. Words that were
 * seen once or twice then say little.
 */
#define UNKNOWN_COUNT 3.0

/* No single feature makes a comment spam for certain. */
#define WEIGHT_MAX 3.5

/* A weight of fewer standard deviations than this is left out. */
#define SURPRISE_MIN 0.5

/* A comment is spam when it is e times more likely so than not, because a wrong suspicion is worse than a missed one. */
#define SPAM_SCORE 1.0

static void
weigh(struct spam_feature *feature, const struct spam_total *total)
{
	const struct spam_prior *prior = spam_prior_find(feature->name);
	double spam = (double)feature->spam, ham = (double)feature->ham;

	feature->weight = feature->surprise = 0;
	if (prior == NULL && feature->spam == 0 && feature->ham == 0)
		return;
	spam += prior == NULL ? UNKNOWN_COUNT : PRIOR_COMMENTS * prior->spam / 1000;
	ham += prior == NULL ? UNKNOWN_COUNT : PRIOR_COMMENTS * prior->ham / 1000;
	feature->weight = log(spam / ((double)total->spam + PRIOR_COMMENTS)) - log(ham / ((double)total->ham + PRIOR_COMMENTS));
	feature->weight = fmax(-WEIGHT_MAX, fmin(WEIGHT_MAX, feature->weight));
	/* The standard deviation of a log ratio of two counts. */
	feature->surprise = fabs(feature->weight) / sqrt(1 / fmax(spam, 0.5) + 1 / fmax(ham, 0.5));
}

static int
by_surprise(const void *a, const void *b)
{
	const struct spam_feature *one = a, *other = b;

	if (one->surprise != other->surprise)
		return one->surprise > other->surprise ? -1 : 1;
	return strcmp(one->name, other->name);
}

double
spam_score(struct spam_features *features, const struct spam_total *total)
{
	/*
	 * The prior probability of spam is not used. Most learned comments were held ones, so the share of spam among them
	 * is not that of new comments.
	 */
	double sum = 0;

	for (size_t i = 0; i < features->count; i++)
		weigh(&features->list[i], total);
	qsort(features->list, features->count, sizeof(*features->list), by_surprise);
	for (size_t i = 0; i < features->count; i++) {
		if (features->list[i].surprise < SURPRISE_MIN)
			features->list[i].weight = 0;
		sum += features->list[i].weight;
	}
	return sum;
}

bool
spam_score_is_spam(double score)
{
	return score > SPAM_SCORE;
}

double
spam_score_probability(double score)
{
	return 1 / (1 + exp(-score));
}
