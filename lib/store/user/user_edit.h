/* Changing what a person's account says of them: name, biography, the address of their page, email address. */
#ifndef STORE_USER_EDIT_H
#define STORE_USER_EDIT_H

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

/* An owner who may sign in; NOT_FOUND: there is none. */
enum status user_any_owner(struct db *db, int64_t *ret_id);

#endif
