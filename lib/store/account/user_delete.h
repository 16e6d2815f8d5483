/* Deleting a user account. */
#ifndef STORE_ACCOUNT_USER_DELETE_H
#define STORE_ACCOUNT_USER_DELETE_H

#include "store/db/db.h"
#include "store/user/user.h"

/*
 * Deletes a user, inside a write transaction: the account with name and email address, password, second factor,
 * sessions, links, access grants and counted attempts. Contributions stay without the name: comments (unless
 * removes_comments is set) and versions of posts become nobody's. Posts stay, because readers have paid for them and linked to them. They go to
 * a new account with the name nameless, which is disabled and has an email address that cannot receive mail. INVALID:
 * no owner who can sign in would be left.
 */
enum status user_delete(struct db *db, struct arena *arena, const struct user *user, const char *nameless, bool removes_comments,
	int64_t now);

/* Whether the user has comments, in any state. */
enum status user_delete_has_comments(struct db *db, int64_t user_id, bool *ret_has);

/* Whether this user is the last owner who can sign in. */
enum status user_delete_is_needed(struct db *db, const struct user *user, bool *ret_needed);

/* Whether the user has posts, which would stay. */
enum status user_delete_has_posts(struct db *db, int64_t user_id, bool *ret_has);

#endif
