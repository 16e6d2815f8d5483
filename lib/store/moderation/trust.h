/*
 * Trust levels of people who comment. A level follows from a person's record (comments that were shown, rejections,
 * upheld flags, days), or a moderator set it by hand. It says what the person is exempt from; one table in trust.c
 * says it for each level.
 */
#ifndef STORE_MODERATION_TRUST_H
#define STORE_MODERATION_TRUST_H

#include <stdbool.h>
#include <stdint.h>

struct setting_values;

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

/* A level's code in the database and in forms, and its name in English for lang_text(). */
struct trust_name {
	const char *code, *words;
};
extern const struct trust_name trust_names[TRUST_LEVELS];

/* What is known about a person. Numbers are counted up to TRUST_COUNT_MAX. */
enum { TRUST_COUNT_MAX = 200 };
struct trust_record {
	int64_t approved; /* comments that are shown */
	int64_t rejected; /* comments in the states "rejected" and "spam" */
	int64_t upheld;   /* of those, the ones that other members had flagged */
	int64_t first;    /* when the oldest comment that is shown was written (Unix seconds); 0: there is none */
	int64_t set;      /* the level that a moderator set by hand, plus 1; 0: none */
};

/* What each level requires: the settings trust_comments and trust_days. */
struct trust_threshold {
	int64_t approved; /* comments that are shown */
	int64_t days;     /* since the first of them */
};
struct trust_thresholds {
	struct trust_threshold of[TRUST_LEVELS]; /* that of TRUST_NEW is not used */
};

struct trust_thresholds trust_thresholds_read(const struct setting_values *settings);

/*
 * The level of a record at that time. Each rejection takes away three approved comments, each upheld flag three more,
 * as far as the level is concerned. A level that was set by hand counts alone. Guests, who are known by a cookie only,
 * get no further than TRUST_BASIC.
 */
enum trust_level trust_level_of(const struct trust_record *record, const struct trust_thresholds *thresholds, bool member, int64_t now);

#endif
