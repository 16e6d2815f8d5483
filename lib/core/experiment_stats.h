/*
 * Statistics of proportions: how many of the readers who saw something also acted. Used by A/B tests
 * (store/experiment/experiment.h).
 */
#ifndef CORE_EXPERIMENT_STATS_H
#define CORE_EXPERIMENT_STATS_H

#include <stddef.h>
#include <stdint.h>

/* The largest count that experiment_stats_mismatch() accepts. */
enum { EXPERIMENT_STATS_GROUPS = 4 };

struct experiment_proportion {
	int64_t converted, seen; /* acted out of seen */
};

struct interval {
	double low, high; /* from 0 to 1 */
};

/*
 * The 95 % confidence interval of a rate by E. B. Wilson ("Probable inference, the law of succession, and
 * statistical inference", JASA 22, 1927). It is also accurate for few readers and for rates near 0 or 1. From 0 to
 * 1 when seen is 0.
 */
struct interval experiment_stats_interval(struct experiment_proportion group);

/*
 * The probability of group sizes at least this uneven when readers are assigned by those shares: Pearson's
 * chi-square test with count - 1 degrees of freedom. A value below 0.001 means that readers are assigned or counted
 * incorrectly (Fabijan and others, "Diagnosing sample ratio mismatch in online controlled experiments", KDD 2019).
 * Each share must be above 0; they may have any sum. count: 2 to EXPERIMENT_STATS_GROUPS.
 */
double experiment_stats_mismatch(const int64_t *sizes, const double *shares, size_t count);

/*
 * An always valid p-value for "both rates are the same": checking it every day and stopping when it is below a
 * limit is wrong no more often than the limit says. It is 1 divided by the mixture likelihood ratio of Johari,
 * Koomen, Pekelis and Walsh ("Always valid inference: continuous monitoring of A/B tests", Operations Research 70,
 * 2022), for the normal approximation with pooled variance. spread is the standard deviation of the mixture; it
 * must be fixed before the first look. 1 while there is nothing to compare.
 */
double experiment_stats_same(struct experiment_proportion a, struct experiment_proportion b, double spread);

/*
 * How many readers each group needs to detect a difference of that size from that rate with a power of 80 %, in a
 * single two-sided test at 5 %. The usual formula, see Fleiss, "Statistical methods for rates and proportions", 4.2
 * (without his correction for continuity). If rate + difference exceeds 1, rate - difference is used.
 */
int64_t experiment_stats_needed(double rate, double difference);

#endif
