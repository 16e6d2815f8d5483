/*
 * Emails about replies to comments. Members switch them on for their account. Guests ask for them with a comment; their
 * address is used only after its owner confirmed it, by a link in an email with nothing in it that the guest typed.
 *
 * A reply is noted (table reply_notice) in the transaction that shows it, once, no matter who approved it. `renown work`
 * sends the emails (lib/task/job/job_reply.c) and then checks again who may read the reply. Times are Unix seconds.
 */
#ifndef STORE_COMMENT_SUBSCRIPTION_H
#define STORE_COMMENT_SUBSCRIPTION_H

#include <stdbool.h>

#include "store/comment/comment.h"

enum { SUBSCRIBER_OPEN_SECONDS = 2 * 24 * 3600 }; /* how long an address can be confirmed */

/* A guest who asked for emails about replies. */
struct comment_subscriber {
	int64_t id;
	const char *email;  /* one address, lower case */
	const char *person; /* comment.person of who typed it, or "" */
	const char *lang;   /* of the emails */
	int64_t created;
	int64_t confirmed;  /* when the owner of the address confirmed it; 0: not yet */
};

/*
 * Subscribes a guest's comment, inside the transaction that adds it. A guest with a cookie who confirmed the address before is subscribed at once. *ret_ask:
 * an email must ask the owner of the address; at most one a day for an address, and a few for a network. network: keyed digest, or "".
 */
enum status comment_subscribe(struct db *db, struct arena *arena, int64_t comment_id, const struct comment_subscriber *subscriber, const char *network,
	int64_t *ret_id, bool *ret_ask);

/* NOT_FOUND. */
enum status comment_subscriber_by_id(struct db *db, struct arena *arena, int64_t id, struct comment_subscriber *ret_subscriber);

/*
 * Confirms an address. This confirms all open subscriptions of the address, because only one email a day asks. Inside a
 * private write transaction.
 */
enum status comment_subscriber_confirm(struct db *db, const struct comment_subscriber *subscriber, int64_t now);

/* Ends all emails to a guest's address. Inside a private write transaction. */
enum status comment_subscriber_remove(struct db *db, const struct comment_subscriber *subscriber);

/* --- members ---------------------------------------------------------------------- */

/* When a member is emailed: "off", "now" or "daily". In the arena. */
enum status reply_preference(struct db *db, struct arena *arena, int64_t user_id, const char **ret_mode);
enum status reply_preference_save(struct db *db, int64_t user_id, const char *mode, int64_t now);

/* --- notices ----------------------------------------------------------------------- */

/*
 * Records that a reply is shown, if somebody gets an email about it. To be called in every transaction that shows a comment; does nothing the
 * second time, and for a comment that is no reply. Nobody gets an email about their own reply.
 */
enum status comment_notify_shown(struct db *db, struct arena *arena, const struct comment *comment, int64_t now);

/* A reply that is due, and its recipient: a member (user_id) or a guest (subscriber_id and the following). */
struct reply_notice {
	int64_t comment_id, post_id, user_id, subscriber_id;
	const char *state;  /* of the reply now */
	const char *name, *text; /* of the reply */
	const char *email, *lang; /* of the guest, or "" */
	int64_t confirmed;  /* of the guest's address, or 0 */
};

/* Lists notices that are due, ordered by recipient, at most `most`. Reads only. */
enum status reply_notice_list(struct db *db, struct arena *arena, int64_t now, size_t most, struct reply_notice **ret_notices, size_t *ret_count);

/* Marks a notice as done, inside the transaction that queues its email. */
enum status reply_notice_done(struct db *db, int64_t comment_id);

/* --- links and sweeping --------------------------------------------------------------- */

/* The secrets in the links of emails, 43 characters, in the arena. who: "g12" is the subscriber 12, "m7" the user 7. */
enum status comment_confirm_secret(struct db *db, struct arena *arena, int64_t subscriber_id, const char **ret_secret);
enum status comment_unsubscribe_secret(struct db *db, struct arena *arena, const char *who, const char **ret_secret);

/* Whether comment_subscriber_sweep() would remove anything. Reads only. */
enum status comment_subscriber_is_due(struct db *db, int64_t now, bool *ret_due);
/* Removes addresses that were not confirmed in time, at most 100, inside a write transaction. */
enum status comment_subscriber_sweep(struct db *db, int64_t now);

#endif
