#include "store/account/user_edit.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "store/audit/audit.h"
#include "store/auth/second_factor.h"
#include "store/mail/outbox.h"
#include "store/user/user_columns.h"

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

/* Comments show the name; a new version makes every copy of them new. */
QUERY(rename_comments, "UPDATE comment SET name = :name, version = version + 1 WHERE user_id = :id");

static enum status
write_edit(struct db *db, const struct user *old, const struct user *new)
{
	TRY(query_run(db, edit_user, BIND(TEXT("name", new->name), TEXT("bio", new->bio), TEXT("slug", new->slug), TEXT("email", new->email),
		INT("id", old->id), INT("revision", old->revision))));
	if (db_changed_rows(db) == 0)
		return CONFLICT;
	if (!str_equal(old->name, new->name))
		TRY(query_run(db, rename_comments, BIND(TEXT("name", new->name), INT("id", old->id))));
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
