#include "store/account/user_delete.h"

#include "core/str.h"
#include "core/token.h"
#include "store/audit/audit.h"
#include "store/comment/comment.h"
#include "store/auth/credential.h"
#include "store/index/search_index.h"

QUERY(any_post, "SELECT 1 FROM post WHERE author_id = :user LIMIT 1");

enum status
user_delete_has_posts(struct db *db, int64_t user_id, bool *ret_has)
{
	int64_t one;
	enum status status = query_integer(db, any_post, &one, BIND(INT("user", user_id)));

	if (status != NOT_FOUND)
		TRY(status);
	*ret_has = status == OK;
	return OK;
}

QUERY(give_posts, "UPDATE post SET author_id = :to WHERE author_id = :from");

/*
 * Posts go to a new row. The old row is deleted instead of emptied, so the schema's foreign keys decide what happens
 * to everything that refers to it, also in tables that are added later.
 */
static enum status
pass_posts_on(struct db *db, struct arena *arena, const struct user *user, const char *nameless, int64_t now)
{
	const char *mark = token_short(arena);
	struct user heir = { .slug = arena_printf(arena, "former-%s", mark), .name = nameless, .role = "member", .created = now, .disabled = 1,
		.email = arena_printf(arena, "%s@former.invalid", mark) }; /* RFC 6761: .invalid never exists */
	int64_t id;

	TRY(user_add(db, arena, &heir, false, &id));
	TRY(search_index_hand_over(db, arena, user->id, id));
	return query_run(db, give_posts, BIND(INT("from", user->id), INT("to", id)));
}

QUERY(other_owner, "SELECT id FROM site_user WHERE role = 'owner' AND disabled = 0 AND id <> :user LIMIT 1");

enum status
user_delete_is_needed(struct db *db, const struct user *user, bool *ret_needed)
{
	int64_t other;
	enum status status = str_equal(user->role, "owner") ? query_integer(db, other_owner, &other, BIND(INT("user", user->id))) : OK;

	if (status != NOT_FOUND)
		TRY(status);
	*ret_needed = status == NOT_FOUND;
	return OK;
}

QUERY(any_comment, "SELECT EXISTS (SELECT 1 FROM comment WHERE user_id = :user)");

enum status
user_delete_has_comments(struct db *db, int64_t user_id, bool *ret_has)
{
	int64_t any;

	TRY(query_integer(db, any_comment, &any, BIND(INT("user", user_id))));
	*ret_has = any != 0;
	return OK;
}

QUERY(unname_comments,
	"UPDATE comment SET user_id = NULL, name = '', link = '', person = '', network = '', version = version + 1 WHERE user_id = :user");
QUERY(remove_mail, "DELETE FROM outbox WHERE recipient = :email");
QUERY(remove_user, "DELETE FROM site_user WHERE id = :user");

enum status
user_delete(struct db *db, struct arena *arena, const struct user *user, const char *nameless, bool removes_comments, int64_t now)
{
	bool needed, has_posts;

	TRY(user_delete_is_needed(db, user, &needed));
	if (needed)
		return INVALID;
	TRY(user_delete_has_posts(db, user->id, &has_posts));
	if (has_posts)
		TRY(pass_posts_on(db, arena, user, nameless, now));
	if (removes_comments)
		TRY(comment_remove_by_user(db, arena, user->id));
	TRY(query_run(db, unname_comments, BIND(INT("user", user->id))));
	TRY(throttle_end(db, arena, THROTTLE_ACCOUNT, user->email));
	for (enum credential_way way = 0; way < CREDENTIAL_WAYS; way++)
		TRY(throttle_end(db, arena, THROTTLE_ACCOUNT, credential_code_name(arena, user, way)));
	TRY(throttle_end(db, arena, THROTTLE_MAIL, credential_mail_name(arena, user->email, false)));
	TRY(throttle_end(db, arena, THROTTLE_MAIL, credential_mail_name(arena, user->email, true)));
	TRY(query_run(db, remove_mail, BIND(TEXT("email", user->email))));
	TRY(audit_add_user(db, AUDIT_USER_DELETED, user->id, NULL, NULL));
	return query_run(db, remove_user, BIND(INT("user", user->id)));
}
