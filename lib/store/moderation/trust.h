/*
 * Trust levels of people who comment. A level follows from a person's record (comments that were shown, rejections,
 * upheld flags, days), or a moderator set it by hand. It says what the person is exempt from; one table in trust.c
 * says it for each level.
 */
#ifndef STORE_MODERATION_TRUST_H
#define STORE_MODERATION_TRUST_H

#include <stdbool.h>

/* In ascending order. */
enum trust_level {
	TRUST_NEW,     /* nothing is known yet, or there were too many rejections */
	TRUST_BASIC,
	TRUST_REGULAR,
	TRUST_TRUSTED,
	TRUST_LEVELS
};

enum trust_exemption {
	TRUST_EXEMPT_HOLD = 1,       /* from being held because of a first comment or a suspicion of the classifier */
	TRUST_EXEMPT_RATE_LIMIT = 2, /* from the seconds between two comments and the number in ten minutes */
	TRUST_EXEMPT_LINKS = 4,      /* from being held because of the number of links */
};

/* Whether this level is exempt. */
bool trust_is_exempt(enum trust_level level, enum trust_exemption exemption);

#endif
