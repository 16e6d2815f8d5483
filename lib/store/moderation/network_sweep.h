/* The digests of commenters' networks are kept for 30 days. */
#ifndef STORE_MODERATION_NETWORK_SWEEP_H
#define STORE_MODERATION_NETWORK_SWEEP_H

#include "store/db/db.h"

enum { NETWORK_KEPT_SECONDS = 30 * 24 * 3600 };

/* Whether network_sweep() would change anything. Reads only. */
enum status network_sweep_is_due(struct db *db, int64_t now, bool *ret_due);
/* Empties the digests of old comments, at most 500. Inside a private write transaction: nothing that readers see changes. */
enum status network_sweep(struct db *db, int64_t now);

#endif
