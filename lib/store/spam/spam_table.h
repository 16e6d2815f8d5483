/*
 * Counts of features in memory, for learning without a site (`renown spam evaluate`). Like the site's table it keeps a
 * bounded number of features (spam_count.h).
 */
#ifndef STORE_SPAM_SPAM_TABLE_H
#define STORE_SPAM_SPAM_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "store/spam/spam_feature.h"
#include "store/spam/spam_score.h"

struct spam_table;

/* An empty table for at most most features. The caller frees it with spam_table_free(). */
struct spam_table *spam_table_new(size_t most);
void spam_table_free(struct spam_table *table);

/* Learns a comment. When the table is full, the features that were seen least are dropped. */
void spam_table_learn(struct spam_table *table, const struct spam_features *features, bool is_spam);

/* Sets the counts of the features. */
void spam_table_look_up(const struct spam_table *table, struct spam_features *features, struct spam_total *ret_total);

/* The number of features in the table. */
size_t spam_table_count(const struct spam_table *table);

#endif
