/* Taking the features of a comment, by which the spam classifier compares it with others. */
#ifndef STORE_SPAM_SPAM_FEATURES_H
#define STORE_SPAM_SPAM_FEATURES_H

#include "core/arena.h"
#include "store/spam/spam_feature.h"

/*
 * The features of a comment. When it has more than SPAM_FEATURES_MAX, those of form come first, then those that the
 * prior knows best, then words of the beginning and the end of the text.
 */
void spam_features_take(struct arena *arena, const struct spam_comment *comment, struct spam_features *ret_features);

#endif
