/*
 * The spam classifier (lib/store/spam) for comments of a site: what it thinks of one, and learning from decisions.
 *
 * The name and link count for guests only. A member's name can change, and then learning could not be undone.
 */
#ifndef STORE_MODERATION_CLASSIFIER_H
#define STORE_MODERATION_CLASSIFIER_H

#include "store/comment/comment.h"
#include "store/spam/spam_feature.h"

struct classifier_subject {
	bool guest;
	const char *text, *name, *link; /* as typed */
};

/*
 * Sets *ret_thousandths to the probability of spam, 0 to 1000. With ret_features (may be NULL) also the features with their
 * weights, the least likely by chance first. In the arena. Writes nothing.
 */
enum status classifier_read(struct db *db, struct arena *arena, const struct classifier_subject *subject, int *ret_thousandths,
	struct spam_features *ret_features);

/*
 * Learns from the next comments whose decision changed (decision.h: lesson_next()), at most most. Inside a transaction begun
 * with db_begin_private(); what was learned is noted in it, so nothing is learned twice. NOT_FOUND: none was left before most.
 */
enum status classifier_learn(struct db *db, struct arena *arena, size_t most, int64_t now);

#endif
