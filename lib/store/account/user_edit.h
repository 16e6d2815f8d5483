/* Changing an account: name, biography, the address of its page, email address, role, and whether it is disabled. */
#ifndef STORE_ACCOUNT_USER_EDIT_H
#define STORE_ACCOUNT_USER_EDIT_H

#include "store/user/user.h"

/* What is to change; NULL: it stays. */
struct user_edit {
	const char *name;  /* one line, not empty, at most 100 characters */
	const char *bio;   /* at most 4000 characters, or "" */
	const char *slug;  /* as text_is_slug() has it: the address part of /author/SLUG */
	const char *email;
};

enum user_problem { USER_WELL, USER_NAME, USER_BIO, USER_SLUG, USER_SLUG_TAKEN, USER_EMAIL, USER_EMAIL_TAKEN };

/*
 * Changes it, inside a write transaction, and adds a line to the audit log when anything is another than before. Another
 * email address ends all links and codes that were sent to the old one, and takes back mail that waits to go there. Whoever is
 * changed is no sample content any more. INVALID with *ret_problem, and nothing was changed; CONFLICT when the row is not of user->revision.
 * *ret_user is the account as it is then.
 */
enum status user_edit(struct db *db, struct arena *arena, const struct user *user, const struct user_edit *edit, struct user *ret_user,
	enum user_problem *ret_problem);

/*
 * Gives somebody another role, or disables or enables their account, inside a write transaction. Disabling ends all access as
 * credential_sign_out_others() does; whoever may not write any more loses the secret address of their calendar.
 * CONFLICT when the row is not of that revision any more; INVALID when no owner who may sign in would be left.
 */
enum status user_change(struct db *db, int64_t id, int64_t revision, const char *role, bool disabled);

/* An owner who may sign in; NOT_FOUND: there is none. */
enum status user_any_owner(struct db *db, int64_t *ret_id);

#endif
