#include "store/account/user_edit.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "store/audit/audit.h"
#include "store/auth/calendar_link.h"
#include "store/auth/credential.h"
#include "store/auth/second_factor.h"
#include "store/mail/outbox.h"
#include "store/user/user_columns.h"

QUERY(any_owner, "SELECT id FROM site_user WHERE role = 'owner' AND disabled = 0 LIMIT 1");

enum status
user_any_owner(struct db *db, int64_t *ret_id)
{
	return query_integer(db, any_owner, ret_id, BIND());
}

/* --- values ------------------------------------------------------------------- */

/* The new values, checked, together with those that stay. */
static enum user_problem
accept(struct arena *arena, const struct user *user, const struct user_edit *edit, struct user *ret_new)
{
	*ret_new = *user;
	if (edit->name != NULL && !user_accept_name(arena, edit->name, &ret_new->name))
		return USER_NAME;
	if (edit->bio != NULL && !user_accept_bio(arena, edit->bio, &ret_new->bio))
		return USER_BIO;
	if (edit->slug != NULL && (!text_is_slug(edit->slug) || text_length(edit->slug) > USER_SLUG_MAX))
		return USER_SLUG;
	if (edit->slug != NULL)
		ret_new->slug = edit->slug;
	if (edit->email != NULL) {
		ret_new->email = user_address(arena, edit->email);
		if (ret_new->email == NULL)
			return USER_EMAIL;
	}
	return USER_OK;
}

/* Whether another account than the user's was found. */
static enum status
is_taken(enum status status, const struct user *found, const struct user *user, bool *ret_taken)
{
	*ret_taken = status == OK && found->id != user->id;
	return status == NOT_FOUND ? OK : status;
}

static enum status
find_taken(struct db *db, struct arena *arena, const struct user *new, enum user_problem *ret_problem)
{
	struct user found;
	bool slug, email;

	TRY(is_taken(user_by_slug(db, arena, new->slug, &found), &found, new, &slug));
	TRY(is_taken(user_by_email(db, arena, new->email, &found), &found, new, &email));
	*ret_problem = slug ? USER_SLUG_TAKEN : email ? USER_EMAIL_TAKEN : USER_OK;
	return OK;
}

/* --- writing -------------------------------------------------------------------- */

QUERY(end_sent_links, "DELETE FROM sign_in_link WHERE user_id = :user");
QUERY(end_verifications, "DELETE FROM email_verification WHERE user_id = :user");

/* Someone who reads the old address's mail must no longer be able to sign in with it. */
static enum status
leave_address(struct db *db, const struct user *user)
{
	TRY(query_run(db, end_sent_links, BIND(INT("user", user->id))));
	TRY(query_run(db, end_verifications, BIND(INT("user", user->id))));
	TRY(sign_in_challenge_end(db, user->id));
	return mail_take_back_to(db, user->email);
}

static bool
has_same_words(const struct user *one, const struct user *other)
{
	return str_equal(one->name, other->name) && str_equal(one->bio, other->bio) && str_equal(one->slug, other->slug);
}

QUERY(edit_user,
	"UPDATE site_user SET name = :name, bio = :bio, slug = :slug, email = :email, sample = 0, revision = revision + 1"
	" WHERE id = :id AND revision = :revision");

static enum status
write_edit(struct db *db, const struct user *old, const struct user *new)
{
	TRY(query_run(db, edit_user, BIND(TEXT("name", new->name), TEXT("bio", new->bio), TEXT("slug", new->slug), TEXT("email", new->email),
		INT("id", old->id), INT("revision", old->revision))));
	if (db_changed_rows(db) == 0)
		return CONFLICT;
	/* Without the values, because the audit log stays when the account is deleted. */
	if (!has_same_words(old, new))
		TRY(audit_add_user(db, AUDIT_USER_CHANGED, old->id, NULL, NULL));
	if (str_equal(old->email, new->email))
		return OK;
	TRY(audit_add_user(db, AUDIT_ADDRESS, old->id, NULL, NULL));
	return leave_address(db, old);
}

enum status
user_edit(struct db *db, struct arena *arena, const struct user *user, const struct user_edit *edit, struct user *ret_user,
	enum user_problem *ret_problem)
{
	struct user new;
	enum user_problem problem = accept(arena, user, edit, &new);

	if (problem == USER_OK)
		TRY(find_taken(db, arena, &new, &problem));
	*ret_problem = problem;
	if (problem != USER_OK)
		return INVALID;
	if (!has_same_words(user, &new) || !str_equal(user->email, new.email)) {
		TRY(write_edit(db, user, &new));
		new.revision++;
	}
	*ret_user = new;
	return OK;
}

/* --- role and access ---------------------------------------------------------------- */

QUERY(other_owner, "SELECT id FROM site_user WHERE role = 'owner' AND disabled = 0 AND id <> :id LIMIT 1");
QUERY(change_user,
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
user_change(struct db *db, int64_t id, int64_t revision, const char *role, bool disabled)
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
	TRY(query_run(db, change_user, BIND(TEXT("role", role), INT("disabled", disabled), INT("id", id), INT("revision", revision))));
	if (!old.same_role)
		TRY(audit_add_user(db, AUDIT_ROLE, id, old.role, role));
	if (old.disabled != disabled)
		TRY(audit_add_user(db, disabled ? AUDIT_USER_SUSPENDED : AUDIT_USER_REACTIVATED, id, NULL, NULL));
	/* Access that was given out does not come back when the account is enabled again or gets its role back. */
	if (disabled)
		return credential_sign_out_others(db, id, "");
	return user_may(&(struct user){ .role = role }, RIGHT_WRITE) ? OK : calendar_link_remove(db, id);
}
