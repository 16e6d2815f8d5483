/*
 * Signed-in browsers. Each holds a random token in a cookie; the store holds only its digest, so a stolen copy of the
 * store signs nobody in.
 */
#ifndef STORE_AUTH_SESSION_H
#define STORE_AUTH_SESSION_H

#include <stdbool.h>

#include "store/db/db.h"
#include "store/user/user.h"

enum { SESSION_AGENT_MOST = 200 }; /* characters of what a browser calls itself */

struct session {
	const char *id;    /* digest of the token */
	int64_t created, expires;
	const char *agent; /* what the browser calls itself, or "" */
};

/* Adds one inside a write transaction. The token is returned once. agent may be NULL. */
enum status session_add(struct db *db, struct arena *arena, int64_t user_id, int64_t expires, const char *agent,
	const char **ret_token);

/* The user of a live session; NOT_FOUND when unknown, over, or the user is disabled. */
enum status session_user(struct db *db, struct arena *arena, const char *token, int64_t now,
	struct user *ret_user);

/* The id of the session with that token. */
const char *session_id(struct arena *arena, const char *token);

/* Those of a user that live, newest first; at most 100. */
enum status session_list(struct db *db, struct arena *arena, int64_t user_id, int64_t now,
	struct session **ret_sessions, size_t *ret_count);

/* Ends one of the user's own; NOT_FOUND when it is none. Inside a write transaction, like the next two. */
enum status session_end(struct db *db, int64_t user_id, const char *id);

/* Ends all of a user but the one with the id keep, which may be "". */
enum status session_end_others(struct db *db, int64_t user_id, const char *keep);

/* Whether there are any that session_sweep() would remove; reads only. */
enum status session_is_due(struct db *db, int64_t now, bool *ret_due);

/* Removes rows of sessions that are over, at most 100 at a time. */
enum status session_sweep(struct db *db, int64_t now);

#endif
