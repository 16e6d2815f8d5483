#include "core/experiment_stats.h"

#include <math.h>
#include <stdlib.h>

static const double TWO_SIDED_95 = 1.959963984540054; /* quantiles of the normal distribution */
static const double POWER_80 = 0.8416212335729143;
static const double PI = 3.14159265358979323846;

static double
rate_of(struct experiment_proportion group)
{
	return group.seen > 0 ? (double)group.converted / (double)group.seen : 0;
}

struct interval
experiment_stats_interval(struct experiment_proportion group)
{
	double n = (double)group.seen, p = rate_of(group), z = TWO_SIDED_95, z2 = z * z, middle, half;

	if (group.seen <= 0)
		return (struct interval){ 0, 1 };
	middle = (p + z2 / (2 * n)) / (1 + z2 / n);
	half = z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
	return (struct interval){ fmax(0, middle - half), fmin(1, middle + half) };
}

/* The upper tail of the chi-square distribution. These degrees of freedom have a closed form. */
static double
chi_square_tail(double x, size_t freedom)
{
	switch (freedom) {
	case 1: return erfc(sqrt(x / 2));
	case 2: return exp(-x / 2);
	case 3: return erfc(sqrt(x / 2)) + sqrt(2 * x / PI) * exp(-x / 2);
	default: abort();
	}
}

double
experiment_stats_mismatch(const int64_t *sizes, const double *shares, size_t count)
{
	double all = 0, all_shares = 0, x = 0;

	for (size_t i = 0; i < count; i++) {
		all += (double)sizes[i];
		all_shares += shares[i];
	}
	if (all <= 0)
		return 1;
	for (size_t i = 0; i < count; i++) {
		double expected = all * shares[i] / all_shares, off = (double)sizes[i] - expected;
		x += off * off / expected;
	}
	return chi_square_tail(x, count - 1);
}

double
experiment_stats_same(struct experiment_proportion a, struct experiment_proportion b, double spread)
{
	double pooled, variance, difference = rate_of(b) - rate_of(a), mixed = spread * spread, logarithm;

	if (a.seen <= 0 || b.seen <= 0)
		return 1;
	pooled = (double)(a.converted + b.converted) / (double)(a.seen + b.seen);
	variance = pooled * (1 - pooled) * (1 / (double)a.seen + 1 / (double)b.seen);
	if (variance <= 0)
		return 1; /* nobody acted, or everybody did: there is no difference */
	logarithm = 0.5 * log(variance / (variance + mixed)) +
		mixed * difference * difference / (2 * variance * (variance + mixed));
	return fmin(1, exp(-logarithm));
}

int64_t
experiment_stats_needed(double rate, double difference)
{
	double other = rate + difference <= 1 ? rate + difference : rate - difference, middle = (rate + other) / 2;
	double sum = TWO_SIDED_95 * sqrt(2 * middle * (1 - middle)) + POWER_80 * sqrt(rate * (1 - rate) + other * (1 - other));

	return (int64_t)ceil(sum * sum / (difference * difference));
}
