#include "store/auth/feed_address.h"

#include "core/token.h"
#include "store/user/user_columns.h"

static const struct column address_columns[] = {
	COLUMN_INT(struct feed_address, id),
	COLUMN_TEXT(struct feed_address, name),
	COLUMN_INT(struct feed_address, created),
	{ 0 },
};
static const struct row address_row = { sizeof(struct feed_address), address_columns };

QUERY(add_address, "INSERT INTO feed_address (user_id, name, digest, created) VALUES (:user, :name, :digest, :now) RETURNING id");

enum status
feed_address_add(struct db *db, struct arena *arena, int64_t user_id, const char *name, int64_t now, const char **ret_token)
{
	const char *token = token_new(arena);
	struct feed_address *addresses;
	size_t count;
	int64_t id;

	TRY(feed_address_list(db, arena, user_id, &addresses, &count));
	if (count >= FEED_ADDRESSES_MAX)
		return TOO_MANY;
	TRY(query_insert(db, add_address, &id, BIND(INT("user", user_id), TEXT("name", name), TEXT("digest", digest_text(arena, token)), INT("now", now))));
	*ret_token = token;
	return OK;
}

QUERY(remove_address, "DELETE FROM feed_address WHERE id = :id AND user_id = :user");

enum status
feed_address_remove(struct db *db, int64_t user_id, int64_t id)
{
	TRY(query_run(db, remove_address, BIND(INT("id", id), INT("user", user_id))));
	return db_changed_rows(db) == 0 ? NOT_FOUND : OK;
}

QUERY(addresses_of_user, "SELECT id, name, created FROM feed_address WHERE user_id = :user ORDER BY id LIMIT :most");

enum status
feed_address_list(struct db *db, struct arena *arena, int64_t user_id, struct feed_address **ret_addresses, size_t *ret_count)
{
	return query_list(db, arena, addresses_of_user, &address_row, ret_addresses, ret_count, BIND(INT("user", user_id), INT("most", FEED_ADDRESSES_MAX)));
}

QUERY(user_of_address, "SELECT" USER_COLUMNS " FROM feed_address AS f JOIN site_user AS u ON u.id = f.user_id WHERE f.digest = :digest");

enum status
feed_address_user(struct db *db, struct arena *arena, const char *token, struct user *ret_user)
{
	struct user user;

	TRY(query_one(db, arena, user_of_address, &user_row, &user, BIND(TEXT("digest", digest_text(arena, token)))));
	if (user.disabled != 0)
		return NOT_FOUND;
	*ret_user = user;
	return OK;
}
