/* Which moderators get an email about comments that have been waiting: at most one a day for each. */
#ifndef STORE_MODERATION_DIGEST_H
#define STORE_MODERATION_DIGEST_H

#include "store/db/db.h"

enum { DIGEST_SECONDS = 24 * 3600, DIGEST_COMMENTS = 10 };

/* Whether this moderator got no digest in the last day. Reads only. */
enum status moderation_digest_is_due(struct db *db, int64_t user_id, int64_t now, bool *ret_due);

/* Notes that one was queued, in the transaction that queues it. */
enum status moderation_digest_note(struct db *db, int64_t user_id, int64_t now);

#endif
