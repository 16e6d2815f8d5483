/* Somebody leaves for good. */
#ifndef STORE_ACCOUNT_USER_DELETE_H
#define STORE_ACCOUNT_USER_DELETE_H

#include "store/db/db.h"
#include "store/user/user.h"

/*
 * Removes a user, inside a write transaction: the account with its name and address, password, second factor, sessions, links, rights and
 * counted tries. What they said to others stays without their name: comments as a guest's, versions of texts as nobody's. Posts stay, for
 * readers have paid for them and linked to them, and go to a new account that is disabled, has no address that mail could
 * reach, and the name that is given. INVALID when no owner who may sign in would be left.
 */
enum status user_delete(struct db *db, struct arena *arena, const struct user *user, const char *nameless, int64_t now);

/* Whether no other owner who may sign in would be left. */
enum status user_delete_is_needed(struct db *db, const struct user *user, bool *ret_needed);

/* Whether anything was written that would stay. */
enum status user_delete_has_posts(struct db *db, int64_t user_id, bool *ret_has);

#endif
