#include "store/moderation/moderation_link.h"

#include "core/token.h"
#include "store/user/user_columns.h"

QUERY(add_link,
	"INSERT INTO moderation_link (digest, comment_id, user_id, action, expires) VALUES (:digest, :comment, :user, :action, :expires)");

enum status
moderation_link_add(struct db *db, struct arena *arena, const struct moderation_link *link, const char **ret_token)
{
	const char *token = token_new(arena);

	TRY(query_run(db, add_link, BIND(TEXT("digest", digest_text(arena, token)), INT("comment", link->comment_id), INT("user", link->user_id),
		TEXT("action", link->action), INT("expires", link->expires))));
	*ret_token = token;
	return OK;
}

static const struct column link_columns[] = {
	COLUMN_INT(struct moderation_link, comment_id),
	COLUMN_INT(struct moderation_link, user_id),
	COLUMN_TEXT(struct moderation_link, action),
	COLUMN_INT(struct moderation_link, expires),
	{ 0 },
};
static const struct row link_row = { sizeof(struct moderation_link), link_columns };

QUERY(link_by_digest, "SELECT comment_id, user_id, action, expires FROM moderation_link WHERE digest = :digest AND expires > :now");

enum status
moderation_link_find(struct db *db, struct arena *arena, const char *token, int64_t now, struct moderation_link *ret_link, struct user *ret_user)
{
	struct moderation_link link;
	struct user user;

	TRY(query_one(db, arena, link_by_digest, &link_row, &link, BIND(TEXT("digest", digest_text(arena, token)), INT("now", now))));
	TRY(user_by_id(db, arena, link.user_id, &user));
	if (!user_may(&user, RIGHT_MODERATE))
		return NOT_FOUND;
	*ret_link = link;
	*ret_user = user;
	return OK;
}

QUERY(use_link,
	"DELETE FROM moderation_link WHERE comment_id = (SELECT l.comment_id FROM moderation_link AS l WHERE l.digest = :digest)"
	" AND user_id = (SELECT l.user_id FROM moderation_link AS l WHERE l.digest = :digest)");

enum status
moderation_link_use(struct db *db, struct arena *arena, const char *token)
{
	TRY(query_run(db, use_link, BIND(TEXT("digest", digest_text(arena, token)))));
	return db_changed_rows(db) == 0 ? NOT_FOUND : OK;
}

QUERY(expired_links, "SELECT 1 FROM moderation_link WHERE expires <= :now LIMIT 1");
QUERY(sweep_links,
	"DELETE FROM moderation_link WHERE digest IN (SELECT l.digest FROM moderation_link AS l WHERE l.expires <= :now ORDER BY l.expires LIMIT 100)");

enum status
moderation_link_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, expired_links, ret_due, BIND(INT("now", now)));
}

enum status
moderation_link_sweep(struct db *db, int64_t now)
{
	return query_run(db, sweep_links, BIND(INT("now", now)));
}
