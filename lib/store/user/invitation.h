/*
 * Links that make one account each, with the role that whoever invites has chosen. They are worth what the inviter is: once that
 * one may not run the site any more, they are worth nothing.
 *
 * All that writes is called inside a write transaction.
 */
#ifndef STORE_USER_INVITATION_H
#define STORE_USER_INVITATION_H

#include <stdbool.h>

#include "store/db/db.h"

enum { INVITATION_SECONDS = 7 * 24 * 3600, INVITATION_MOST_SECONDS = 30 * 24 * 3600 };

struct invitation {
	const char *id;        /* digest of the token */
	const char *role;
	const char *email;     /* whom it was sent to, or "" */
	int64_t user_id;       /* who invites; 0: the command line */
	const char *inviter;   /* their name, or "" */
	int64_t created, expires;
};

/* The token is returned once. INVALID for a role that is none. */
enum status invitation_add(struct db *db, struct arena *arena, const struct invitation *invitation, const char **ret_token);

/* NOT_FOUND when it is unknown, used, over, taken back, or its inviter may not invite any more. */
enum status invitation_by_token(struct db *db, struct arena *arena, const char *token, int64_t now,
	struct invitation *ret_invitation);

/* The same by the digest of its token. */
enum status invitation_by_id(struct db *db, struct arena *arena, const char *id, int64_t now, struct invitation *ret_invitation);

/* Uses it up: NOT_FOUND for all but one of those who do so at once. */
enum status invitation_remove(struct db *db, const char *id);

/* Takes it back, and says so in the audit trail; NOT_FOUND when it is gone. */
enum status invitation_revoke(struct db *db, const char *id);

/* Those that are open, newest first, at most 100. */
enum status invitation_list(struct db *db, struct arena *arena, int64_t now, struct invitation **ret_invitations,
	size_t *ret_count);

enum status invitation_is_due(struct db *db, int64_t now, bool *ret_due);
enum status invitation_sweep(struct db *db, int64_t now);

#endif
