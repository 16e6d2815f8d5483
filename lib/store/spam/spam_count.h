/* The counts that a site learned (table spam_feature), and learning. */
#ifndef STORE_SPAM_SPAM_COUNT_H
#define STORE_SPAM_SPAM_COUNT_H

#include "store/db/db.h"
#include "store/spam/spam_feature.h"
#include "store/spam/spam_score.h"

/* More features are not kept; the rarest go first, and of these those that were not counted for the longest time. */
enum { SPAM_FEATURES_KEPT = 200000 };

enum spam_label {
	SPAM_LABEL_NONE, /* not learned */
	SPAM_LABEL_HAM,
	SPAM_LABEL_SPAM,
};

/* Sets the counts of the features, with one query. */
enum status spam_count_read(struct db *db, struct arena *arena, struct spam_features *features, struct spam_total *ret_total);

/*
 * Learns a comment as label, after undoing what it was learned as before. The caller stores label with the comment, as
 * the next value of previous, in the same write transaction: then nothing is learned twice, and learning it as SPAM_LABEL_NONE
 * undoes everything. Nothing is written when label is previous.
 *
 * The features must be those that were learned before, so the caller keeps the text that was learned. Where a feature
 * was pruned in between, no count becomes less than 0.
 */
enum status spam_count_learn(struct db *db, struct arena *arena, const struct spam_features *features, enum spam_label label,
	enum spam_label previous, int64_t now);

/*
 * Removes the rarest features when there are more than most, and then some more, so that the next comments cause no
 * removal. spam_count_learn() calls it with SPAM_FEATURES_KEPT. In a write transaction.
 */
enum status spam_count_prune(struct db *db, int64_t most);

#endif
