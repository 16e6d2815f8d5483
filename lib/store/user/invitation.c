#include "store/user/invitation.h"

#include "core/token.h"
#include "store/audit/audit.h"
#include "store/user/user.h"

static const struct column invitation_columns[] = {
	COLUMN_TEXT(struct invitation, id),
	COLUMN_TEXT(struct invitation, role),
	COLUMN_TEXT(struct invitation, email),
	COLUMN_INT(struct invitation, user_id),
	COLUMN_TEXT(struct invitation, inviter),
	COLUMN_INT(struct invitation, created),
	COLUMN_INT(struct invitation, expires),
	{ 0 },
};
static const struct row invitation_row = { sizeof(struct invitation), invitation_columns };

#define INVITATION_COLUMNS " i.id, i.role, i.email, i.user_id, u.name AS inviter, i.created, i.expires"

QUERY(add_invitation,
	"INSERT INTO invitation (id, role, email, user_id, created, expires) VALUES (:id, :role, :email, :user, :created, :expires)");

enum status
invitation_add(struct db *db, struct arena *arena, const struct invitation *invitation, const char **ret_token)
{
	const char *token = token_new(arena);

	if (!user_is_role(invitation->role))
		return INVALID;
	TRY(query_run(db, add_invitation, BIND(TEXT("id", digest_text(arena, token)), TEXT("role", invitation->role),
		TEXT("email", invitation->email), REFERENCE("user", invitation->user_id), INT("created", invitation->created),
		INT("expires", invitation->expires))));
	/* Without the email address, because lines of the audit log stay. */
	TRY(audit_add(db, AUDIT_INVITED, "", NULL, invitation->role));
	*ret_token = token;
	return OK;
}

QUERY(invitation_of_id,
	"SELECT" INVITATION_COLUMNS " FROM invitation AS i LEFT JOIN site_user AS u ON u.id = i.user_id WHERE i.id = :id AND i.expires > :now");

enum status
invitation_by_id(struct db *db, struct arena *arena, const char *id, int64_t now, struct invitation *ret_invitation)
{
	struct user inviter;

	TRY(query_one(db, arena, invitation_of_id, &invitation_row, ret_invitation, BIND(TEXT("id", id), INT("now", now))));
	if (ret_invitation->user_id == 0)
		return OK;
	TRY(user_by_id(db, arena, ret_invitation->user_id, &inviter));
	return user_may(&inviter, RIGHT_RUN) ? OK : NOT_FOUND;
}

enum status
invitation_by_token(struct db *db, struct arena *arena, const char *token, int64_t now, struct invitation *ret_invitation)
{
	return invitation_by_id(db, arena, digest_text(arena, token), now, ret_invitation);
}

QUERY(remove_invitation, "DELETE FROM invitation WHERE id = :id");

enum status
invitation_remove(struct db *db, const char *id)
{
	TRY(query_run(db, remove_invitation, BIND(TEXT("id", id))));
	return db_changed_rows(db) == 0 ? NOT_FOUND : OK;
}

enum status
invitation_revoke(struct db *db, const char *id)
{
	TRY(invitation_remove(db, id));
	return audit_add(db, AUDIT_INVITATION_REVOKED, "", NULL, NULL);
}

QUERY(open_invitations,
	"SELECT" INVITATION_COLUMNS " FROM invitation AS i LEFT JOIN site_user AS u ON u.id = i.user_id"
	" WHERE i.created > :oldest AND i.expires > :now ORDER BY i.created DESC, i.id DESC LIMIT 100");

enum status
invitation_list(struct db *db, struct arena *arena, int64_t now, struct invitation **ret_invitations, size_t *ret_count)
{
	return query_list(db, arena, open_invitations, &invitation_row, ret_invitations, ret_count,
		BIND(INT("oldest", now - INVITATION_MAX_SECONDS), INT("now", now)));
}

QUERY(invitations_due, "SELECT EXISTS (SELECT 1 FROM invitation WHERE expires <= :now)");

enum status
invitation_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, invitations_due, ret_due, BIND(INT("now", now)));
}

QUERY(sweep_invitations,
	"DELETE FROM invitation WHERE id IN (SELECT id FROM invitation WHERE expires <= :now ORDER BY expires LIMIT 100)");

enum status
invitation_sweep(struct db *db, int64_t now)
{
	return query_run(db, sweep_invitations, BIND(INT("now", now)));
}
