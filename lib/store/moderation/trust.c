#include "store/moderation/trust.h"

#include "core/str.h"
#include "store/setting/setting.h"

#define N_(message) message /* translated where it is shown */

enum { DAY = 24 * 3600, REJECTION_COSTS = 3 };

/* What each level is exempt from. */
static const unsigned exemptions[TRUST_LEVELS] = {
	[TRUST_NEW] = 0,
	[TRUST_BASIC] = TRUST_EXEMPT_HOLD,
	[TRUST_REGULAR] = TRUST_EXEMPT_HOLD | TRUST_EXEMPT_LINKS,
	[TRUST_TRUSTED] = TRUST_EXEMPT_HOLD | TRUST_EXEMPT_LINKS | TRUST_EXEMPT_RATE_LIMIT,
};

const struct trust_name trust_names[TRUST_LEVELS] = {
	[TRUST_NEW] = { "new", N_("New") },
	[TRUST_BASIC] = { "basic", N_("Basic") },
	[TRUST_REGULAR] = { "regular", N_("Regular") },
	[TRUST_TRUSTED] = { "trusted", N_("Trusted") },
};

bool
trust_is_exempt(enum trust_level level, enum trust_exemption exemption)
{
	return (unsigned)level < TRUST_LEVELS && (exemptions[level] & exemption) != 0;
}

/* The value of a setting such as trust_basic_comments. */
static int64_t
number(const struct setting_values *values, const char *name)
{
	long long value;

	return str_to_integer(setting_value(values, name, ""), &value) && value >= 0 ? value : 0;
}

struct trust_thresholds
trust_thresholds_read(const struct setting_values *values)
{
	return (struct trust_thresholds){ .of = {
		[TRUST_BASIC] = { number(values, "trust_basic_comments"), number(values, "trust_basic_days") },
		[TRUST_REGULAR] = { number(values, "trust_regular_comments"), number(values, "trust_regular_days") },
		[TRUST_TRUSTED] = { number(values, "trust_trusted_comments"), number(values, "trust_trusted_days") },
	} };
}

enum trust_level
trust_level_of(const struct trust_record *record, const struct trust_thresholds *thresholds, bool member, int64_t now)
{
	int64_t approved = record->approved - REJECTION_COSTS * (record->rejected + record->upheld);
	int64_t days = record->first == 0 ? 0 : (now - record->first) / DAY;
	enum trust_level level = TRUST_NEW, highest = member ? TRUST_TRUSTED : TRUST_BASIC;

	if (record->set > 0 && record->set <= TRUST_LEVELS)
		return (enum trust_level)(record->set - 1);
	/* Without a comment that was shown nothing is known, whatever the thresholds are. */
	if (record->approved <= 0)
		return TRUST_NEW;
	while (level < highest && approved >= thresholds->of[level + 1].approved && days >= thresholds->of[level + 1].days)
		level++;
	return level;
}
