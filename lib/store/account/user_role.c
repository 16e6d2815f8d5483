#include "store/account/user_role.h"

#include "core/str.h"
#include "store/audit/audit.h"
#include "store/auth/calendar_link.h"
#include "store/auth/credential.h"
#include "store/user/user.h"

QUERY(any_owner, "SELECT id FROM site_user WHERE role = 'owner' AND disabled = 0 LIMIT 1");

enum status
user_role_any_owner(struct db *db, int64_t *ret_id)
{
	return query_integer(db, any_owner, ret_id, BIND());
}

QUERY(other_owner, "SELECT id FROM site_user WHERE role = 'owner' AND disabled = 0 AND id <> :id LIMIT 1");
QUERY(set_user_role,
	"UPDATE site_user SET role = :role, disabled = :disabled, revision = revision + 1 WHERE id = :id AND revision = :revision");

/* The role and state of a user before a change. */
struct standing {
	int64_t disabled;
	const char *role; /* from user_roles[] */
	bool same_role;
};
static const struct column standing_columns[] = { COLUMN_TEXT(struct standing, role), COLUMN_INT(struct standing, disabled), { 0 } };
static const struct row standing_row = { sizeof(struct standing), standing_columns };

QUERY(standing_at, "SELECT role, disabled FROM site_user WHERE id = :id AND revision = :revision");

/* CONFLICT when the row was changed since that revision. */
static enum status
standing_of(struct db *db, int64_t id, int64_t revision, const char *role, struct standing *ret_old)
{
	struct arena *arena = arena_new();
	struct standing old = { 0 };
	enum status status = query_one(db, arena, standing_at, &standing_row, &old, BIND(INT("id", id), INT("revision", revision)));

	for (size_t i = 0; status == OK && user_roles[i] != NULL; i++)
		if (str_equal(user_roles[i], old.role))
			ret_old->role = user_roles[i];
	ret_old->disabled = old.disabled;
	ret_old->same_role = status == OK && str_equal(old.role, role);
	arena_free(arena);
	return status == NOT_FOUND ? CONFLICT : status;
}

enum status
user_role_set(struct db *db, int64_t id, int64_t revision, const char *role, bool disabled)
{
	struct standing old = { 0 };
	int64_t other;

	if (!user_is_role(role))
		return INVALID;
	if (disabled || !str_equal(role, "owner")) {
		enum status status = query_integer(db, other_owner, &other, BIND(INT("id", id)));
		if (status != OK)
			return status == NOT_FOUND ? INVALID : status;
	}
	TRY(standing_of(db, id, revision, role, &old));
	if (old.same_role && old.disabled == disabled)
		return OK;
	TRY(query_run(db, set_user_role, BIND(TEXT("role", role), INT("disabled", disabled), INT("id", id), INT("revision", revision))));
	if (!old.same_role)
		TRY(audit_add_user(db, AUDIT_ROLE, id, old.role, role));
	if (old.disabled != disabled)
		TRY(audit_add_user(db, disabled ? AUDIT_USER_SUSPENDED : AUDIT_USER_REACTIVATED, id, NULL, NULL));
	/* Access that was given out does not come back when the account is enabled again or gets its role back. */
	if (disabled)
		return credential_sign_out_others(db, id, "");
	return user_may(&(struct user){ .role = role }, RIGHT_WRITE) ? OK : calendar_link_remove(db, id);
}
