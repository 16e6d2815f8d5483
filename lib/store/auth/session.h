/*
 * Signed-in browsers. Each has a random token in a cookie. The database holds only its digest, so a stolen copy of
 * the database signs nobody in. Times are Unix seconds.
 */
#ifndef STORE_AUTH_SESSION_H
#define STORE_AUTH_SESSION_H

#include <stdbool.h>

#include "store/db/db.h"
#include "store/user/user.h"

enum { SESSION_AGENT_MAX = 200 }; /* characters of the User-Agent that are kept */

struct session {
	const char *id;    /* digest of the token */
	int64_t created, expires;
	const char *agent; /* the browser's User-Agent, or "" */
};

/* Adds a session, inside a write transaction. The token is returned only here. agent may be NULL. */
enum status session_add(struct db *db, struct arena *arena, int64_t user_id, int64_t expires, const char *agent,
	const char **ret_token);

/* The user of a session; NOT_FOUND when it is unknown or expired, or the user is disabled. */
enum status session_user(struct db *db, struct arena *arena, const char *token, int64_t now,
	struct user *ret_user);

/* The id of the session with that token, in the arena. */
const char *session_id(struct arena *arena, const char *token);

/* Lists a user's sessions that have not expired, newest first; at most 100. In the arena. */
enum status session_list(struct db *db, struct arena *arena, int64_t user_id, int64_t now,
	struct session **ret_sessions, size_t *ret_count);

/*
 * Ends one session of a user; NOT_FOUND when the user has no such session. Inside a write transaction, like the next
 * two.
 */
enum status session_end(struct db *db, int64_t user_id, const char *id);

/* Ends all sessions of a user except the one with the id keep, which may be "". */
enum status session_end_others(struct db *db, int64_t user_id, const char *keep);

/* Whether session_sweep() would remove anything. Reads only. */
enum status session_is_due(struct db *db, int64_t now, bool *ret_due);

/* Removes expired sessions, at most 100. */
enum status session_sweep(struct db *db, int64_t now);

#endif
