#include "store/auth/sign_in_link.h"

#include "core/token.h"
#include "store/audit/audit.h"
#include "store/user/user_columns.h"

QUERY(sweep_links, "DELETE FROM sign_in_link WHERE user_id = :user AND expires <= :now");
QUERY(add_link, "INSERT INTO sign_in_link (id, user_id, created, expires) VALUES (:id, :user, :now, :expires)");

enum status
sign_in_link_add(struct db *db, struct arena *arena, int64_t user_id, int64_t now, int64_t expires, const char **ret_token)
{
	const char *token = token_new(arena);

	TRY(query_run(db, sweep_links, BIND(INT("user", user_id), INT("now", now))));
	TRY(query_run(db, add_link, BIND(TEXT("id", digest_text(arena, token)), INT("user", user_id), INT("now", now),
		INT("expires", expires))));
	/* A visitor who requests a link to their own address changes nothing that an owner answers for. */
	if (db_actor(db) != DB_VISITOR)
		TRY(audit_add_user(db, AUDIT_SIGN_IN_LINK, user_id, NULL, NULL));
	*ret_token = token;
	return OK;
}

QUERY(user_of_link,
	"SELECT" USER_COLUMNS " FROM sign_in_link AS l JOIN site_user AS u ON u.id = l.user_id"
	" WHERE l.id = :id AND l.expires > :now AND u.disabled = 0");

enum status
sign_in_link_user(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user)
{
	return query_one(db, arena, user_of_link, &user_row, ret_user,
		BIND(TEXT("id", digest_text(arena, token)), INT("now", now)));
}

QUERY(remove_link, "DELETE FROM sign_in_link WHERE id = :id");

enum status
sign_in_link_use(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user)
{
	struct user user;

	TRY(sign_in_link_user(db, arena, token, now, &user));
	TRY(query_run(db, remove_link, BIND(TEXT("id", digest_text(arena, token)))));
	if (db_changed_rows(db) == 0)
		return NOT_FOUND;
	*ret_user = user;
	return OK;
}

QUERY(sign_in_link_due, "SELECT EXISTS (SELECT 1 FROM sign_in_link WHERE expires <= :now)");

enum status
sign_in_link_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, sign_in_link_due, ret_due, BIND(INT("now", now)));
}

QUERY(sweep_all_links,
	"DELETE FROM sign_in_link WHERE id IN (SELECT id FROM sign_in_link WHERE expires <= :now ORDER BY expires LIMIT 100)");

enum status
sign_in_link_sweep(struct db *db, int64_t now)
{
	return query_run(db, sweep_all_links, BIND(INT("now", now)));
}
