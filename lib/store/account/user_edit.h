/* Changing an account: name, biography, slug, email address, role, and whether it is disabled. */
#ifndef STORE_ACCOUNT_USER_EDIT_H
#define STORE_ACCOUNT_USER_EDIT_H

#include "store/user/user.h"

/* The values to change; NULL: unchanged. */
struct user_edit {
	const char *name;  /* one line, not empty, at most 100 characters */
	const char *bio;   /* at most 4000 characters, or "" */
	const char *slug;  /* valid for text_is_slug(): the last part of /author/SLUG */
	const char *email;
};

enum user_problem { USER_OK, USER_NAME, USER_BIO, USER_SLUG, USER_SLUG_TAKEN, USER_EMAIL, USER_EMAIL_TAKEN };

/*
 * Changes an account, inside a write transaction. Adds an entry to the audit log if a value differs from before. A
 * new email address ends all links and codes that were sent to the old one, and removes mail still queued for it. A
 * changed account no longer counts as sample content. *ret_user is the account afterwards.
 *
 * INVALID, with *ret_problem set: a value is not accepted, and nothing was changed. CONFLICT: the row no longer has
 * user->revision.
 */
enum status user_edit(struct db *db, struct arena *arena, const struct user *user, const struct user_edit *edit, struct user *ret_user,
	enum user_problem *ret_problem);

/*
 * Changes a user's role and disables or enables the account, inside a write transaction. Disabling ends all access as
 * credential_sign_out_others() does. A user who may no longer write loses the secret address of the calendar. CONFLICT: the row
 * no longer has that revision. INVALID: an unknown role, or no owner who can sign in would be left.
 */
enum status user_change(struct db *db, int64_t id, int64_t revision, const char *role, bool disabled);

/* The id of an owner who can sign in; NOT_FOUND when there is none. */
enum status user_any_owner(struct db *db, int64_t *ret_id);

#endif
