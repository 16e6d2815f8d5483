/*
 * Invitations: links with which one account each can be created, with the role that the inviter chose. An invitation
 * is valid only while its inviter may run the site. Times are Unix seconds.
 *
 * All functions that write must be called inside a write transaction.
 */
#ifndef STORE_USER_INVITATION_H
#define STORE_USER_INVITATION_H

#include <stdbool.h>

#include "store/db/db.h"

enum { INVITATION_SECONDS = 7 * 24 * 3600, INVITATION_MAX_SECONDS = 30 * 24 * 3600 };

struct invitation {
	const char *id;        /* digest of the token */
	const char *role;
	const char *email;     /* the address that it was sent to, or "" */
	int64_t user_id;       /* the inviter; 0: the command line */
	const char *inviter;   /* the inviter's name, or "" */
	int64_t created, expires;
};

/* Creates an invitation. The token is returned only here; the database holds its digest. INVALID: an unknown role. */
enum status invitation_add(struct db *db, struct arena *arena, const struct invitation *invitation, const char **ret_token);

/*
 * Finds an invitation by its token. NOT_FOUND: it is unknown, used, expired or revoked, or its inviter may no longer
 * invite.
 */
enum status invitation_by_token(struct db *db, struct arena *arena, const char *token, int64_t now,
	struct invitation *ret_invitation);

/* The same by the digest of the token. */
enum status invitation_by_id(struct db *db, struct arena *arena, const char *id, int64_t now, struct invitation *ret_invitation);

/*
 * Removes an invitation because it is used. Of several attempts at the same time only one gets OK, the others
 * NOT_FOUND.
 */
enum status invitation_remove(struct db *db, const char *id);

/* Revokes an invitation and adds a line to the audit log; NOT_FOUND when it does not exist any more. */
enum status invitation_revoke(struct db *db, const char *id);

/* Lists valid invitations, newest first, at most 100. In the arena. */
enum status invitation_list(struct db *db, struct arena *arena, int64_t now, struct invitation **ret_invitations,
	size_t *ret_count);

/* Whether invitation_sweep() would remove anything. Reads only. */
enum status invitation_is_due(struct db *db, int64_t now, bool *ret_due);
/* Removes expired invitations, at most 100. */
enum status invitation_sweep(struct db *db, int64_t now);

#endif
