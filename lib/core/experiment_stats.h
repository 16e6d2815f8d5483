/*
 * Arithmetic of proportions: how many of those who saw something did something. For trials, see store/experiment/experiment.h.
 */
#ifndef CORE_EXPERIMENT_STATS_H
#define CORE_EXPERIMENT_STATS_H

#include <stddef.h>
#include <stdint.h>

/* The most groups that experiment_stats_mismatch() takes. */
enum { EXPERIMENT_STATS_GROUPS = 4 };

struct experiment_proportion {
	int64_t converted, seen; /* acted of seen */
};

struct interval {
	double low, high; /* within 0 and 1 */
};

/*
 * The 95 % interval of a rate by E. B. Wilson ("Probable inference, the law of succession, and statistical inference",
 * JASA 22, 1927): it holds for few readers too, and at rates near none or all. Nobody seen: from 0 to 1.
 */
struct interval experiment_stats_interval(struct experiment_proportion group);

/*
 * How probable it is that groups of these sizes come about when readers are sorted by those shares: Pearson's chi-square
 * with count - 1 degrees of freedom. Below 0.001 something sorts or counts wrongly (Fabijan and others, "Diagnosing
 * sample ratio mismatch in online controlled experiments", KDD 2019). Shares need not sum to anything; all are above 0.
 */
double experiment_stats_mismatch(const int64_t *sizes, const double *shares, size_t count);

/*
 * An always valid p-value for "both rates are the same": whoever looks every day, and stops when it is small, is misled no
 * more often than it says. It is one over the mixture likelihood ratio of Johari, Koomen, Pekelis and Walsh ("Always valid inference:
 * continuous monitoring of A/B tests", Operations Research 70, 2022), for the normal approximation with the pooled variance
 * and a mixture of standard deviation spread, which must be settled before the first look. 1 while there is nothing to compare.
 */
double experiment_stats_same(struct experiment_proportion a, struct experiment_proportion b, double spread);

/*
 * How many each group needs so that a difference of that size from that rate is found four times in five (power 80 %), when one
 * looks once and takes 5 % as the limit, both ways; the usual formula, such as Fleiss, "Statistical methods for rates and
 * proportions", 4.2 (without his correction for continuity). A rate so high that there is no room above is compared downwards.
 */
int64_t experiment_stats_needed(double rate, double difference);

#endif
