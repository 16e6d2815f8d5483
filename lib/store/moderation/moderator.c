#include "store/moderation/moderator.h"

#include "store/user/user_columns.h"

QUERY(moderators,
	"SELECT" USER_COLUMNS " FROM site_user AS u WHERE u.role = 'moderator' AND u.role <> 'member' AND u.disabled = 0 ORDER BY u.id LIMIT :most");
QUERY_WITH(QUERY_SORTS, editors_and_owners,
	"SELECT" USER_COLUMNS " FROM site_user AS u WHERE u.role IN ('editor', 'owner') AND u.role <> 'member' AND u.disabled = 0 ORDER BY u.id LIMIT :most");

enum status
moderator_list(struct db *db, struct arena *arena, struct user **ret_users, size_t *ret_count)
{
	struct user *users;
	size_t count;

	TRY(query_list(db, arena, moderators, &user_row, &users, &count, BIND(INT("most", MODERATORS_MAX))));
	if (count == 0)
		TRY(query_list(db, arena, editors_and_owners, &user_row, &users, &count, BIND(INT("most", MODERATORS_MAX))));
	*ret_users = users;
	*ret_count = count;
	return OK;
}
