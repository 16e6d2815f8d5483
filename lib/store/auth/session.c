#include "store/auth/session.h"

#include <string.h>

#include "core/clock.h"
#include "core/text.h"
#include "core/token.h"
#include "store/user/user_columns.h"

static const struct column columns[] = {
	COLUMN_TEXT(struct session, id),
	COLUMN_INT(struct session, created),
	COLUMN_INT(struct session, expires),
	COLUMN_TEXT(struct session, agent),
	{ 0 },
};
static const struct row session_row = { sizeof(struct session), columns };

const char *
session_id(struct arena *arena, const char *token)
{
	return digest_text(arena, token);
}

QUERY(add_session,
	"INSERT INTO session (id, user_id, created, expires, agent) VALUES (:id, :user, :created, :expires, :agent)");

enum status
session_add(struct db *db, struct arena *arena, int64_t user_id, int64_t expires, const char *agent, const char **ret_token)
{
	const char *token = token_new(arena);
	const char *name = agent == NULL ? "" : text_clean(arena, agent, strlen(agent), TEXT_LINE);

	TRY(query_run(db, add_session, BIND(TEXT("id", session_id(arena, token)), INT("user", user_id),
		INT("created", clock_now()), INT("expires", expires), TEXT("agent", text_cut(arena, name, SESSION_AGENT_MAX)))));
	*ret_token = token;
	return OK;
}

QUERY(of_session,
	"SELECT" USER_COLUMNS " FROM session AS s JOIN site_user AS u ON u.id = s.user_id"
	" WHERE s.id = :id AND s.expires > :now AND u.disabled = 0");

enum status
session_user(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user)
{
	return query_one(db, arena, of_session, &user_row, ret_user,
		BIND(TEXT("id", session_id(arena, token)), INT("now", now)));
}

QUERY(sessions_of_user,
	"SELECT id, created, expires, agent FROM session WHERE user_id = :user AND expires > :now"
	" ORDER BY created DESC LIMIT 100");

enum status
session_list(struct db *db, struct arena *arena, int64_t user_id, int64_t now, struct session **ret_sessions,
	size_t *ret_count)
{
	return query_list(db, arena, sessions_of_user, &session_row, ret_sessions, ret_count,
		BIND(INT("user", user_id), INT("now", now)));
}

QUERY(end_session, "DELETE FROM session WHERE id = :id AND user_id = :user");

enum status
session_end(struct db *db, int64_t user_id, const char *id)
{
	TRY(query_run(db, end_session, BIND(TEXT("id", id), INT("user", user_id))));
	return db_changed_rows(db) == 0 ? NOT_FOUND : OK;
}

QUERY(end_others, "DELETE FROM session WHERE user_id = :user AND id <> :keep");

enum status
session_end_others(struct db *db, int64_t user_id, const char *keep)
{
	return query_run(db, end_others, BIND(INT("user", user_id), TEXT("keep", keep)));
}

QUERY(sessions_due, "SELECT EXISTS (SELECT 1 FROM session WHERE expires <= :now)");

enum status
session_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, sessions_due, ret_due, BIND(INT("now", now)));
}

QUERY(sweep_sessions,
	"DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires <= :now ORDER BY expires LIMIT 100)");

enum status
session_sweep(struct db *db, int64_t now)
{
	return query_run(db, sweep_sessions, BIND(INT("now", now)));
}
