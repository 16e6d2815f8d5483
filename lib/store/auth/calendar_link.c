#include "store/auth/calendar_link.h"

#include "core/token.h"
#include "store/user/user_columns.h"

QUERY(put_link,
	"INSERT INTO schedule_link (user_id, digest, created) VALUES (:user, :digest, :now)"
	" ON CONFLICT (user_id) DO UPDATE SET digest = excluded.digest, created = excluded.created");

enum status
calendar_link_renew(struct db *db, struct arena *arena, int64_t user_id, int64_t now, const char **ret_token)
{
	const char *token = token_new(arena);

	TRY(query_run(db, put_link, BIND(INT("user", user_id), TEXT("digest", digest_text(arena, token)), INT("now", now))));
	*ret_token = token;
	return OK;
}

QUERY(remove_link, "DELETE FROM schedule_link WHERE user_id = :user");

enum status
calendar_link_remove(struct db *db, int64_t user_id)
{
	return query_run(db, remove_link, BIND(INT("user", user_id)));
}

QUERY(link_created, "SELECT created FROM schedule_link WHERE user_id = :user");

enum status
calendar_link_created(struct db *db, int64_t user_id, int64_t *ret_time)
{
	return query_integer(db, link_created, ret_time, BIND(INT("user", user_id)));
}

QUERY(user_of_link, "SELECT" USER_COLUMNS " FROM schedule_link AS l JOIN site_user AS u ON u.id = l.user_id WHERE l.digest = :digest");

enum status
calendar_link_user(struct db *db, struct arena *arena, const char *token, struct user *ret_user)
{
	struct user user;

	TRY(query_one(db, arena, user_of_link, &user_row, &user, BIND(TEXT("digest", digest_text(arena, token)))));
	if (!user_may(&user, RIGHT_WRITE))
		return NOT_FOUND;
	*ret_user = user;
	return OK;
}
