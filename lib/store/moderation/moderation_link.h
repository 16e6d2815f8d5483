/*
 * Links in emails to moderators: one to approve, one to reject a comment. A link leads to a page with a button, so that a
 * program that opens all links changes nothing. It works once, for 48 hours, for one moderator, and only while they are one.
 */
#ifndef STORE_MODERATION_LINK_H
#define STORE_MODERATION_LINK_H

#include "store/db/db.h"
#include "store/user/user.h"

enum { MODERATION_LINK_SECONDS = 48 * 3600 };

struct moderation_link {
	int64_t comment_id, user_id;
	const char *action; /* approve or reject */
	int64_t expires;
};

/* Adds a link and returns its token, of which only the digest is stored. Inside a write transaction. */
enum status moderation_link_add(struct db *db, struct arena *arena, const struct moderation_link *link, const char **ret_token);

/*
 * Finds a link and its moderator. NOT_FOUND: it is unknown, used or expired, or the user may no longer moderate. Reads
 * only.
 */
enum status moderation_link_find(struct db *db, struct arena *arena, const char *token, int64_t now, struct moderation_link *ret_link,
	struct user *ret_user);

/*
 * Uses up both links of this moderator for the comment. Inside the write transaction of the decision. NOT_FOUND: somebody
 * used it first.
 */
enum status moderation_link_use(struct db *db, struct arena *arena, const char *token);

/* Removes links that expired, at most 100. Inside a private write transaction. */
enum status moderation_link_sweep(struct db *db, int64_t now);
/* Whether moderation_link_sweep() would remove anything. Reads only. */
enum status moderation_link_is_due(struct db *db, int64_t now, bool *ret_due);

#endif
