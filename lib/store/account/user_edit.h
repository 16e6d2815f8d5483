/* Changing an account: name, biography, slug and email address. The role is in user_role.h. */
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

#endif
