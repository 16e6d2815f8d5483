/* The role of a user, and whether the account is disabled. */
#ifndef STORE_ACCOUNT_USER_ROLE_H
#define STORE_ACCOUNT_USER_ROLE_H

#include "store/db/db.h"

/*
 * Changes a user's role and disables or enables the account, inside a write transaction. Disabling ends all access as
 * credential_sign_out_others() does. A user who may no longer write loses the secret address of the calendar. CONFLICT: the row
 * no longer has that revision. INVALID: an unknown role, or no owner who can sign in would be left.
 */
enum status user_role_set(struct db *db, int64_t id, int64_t revision, const char *role, bool disabled);

/* The id of an owner who can sign in; NOT_FOUND when there is none. */
enum status user_role_any_owner(struct db *db, int64_t *ret_id);

#endif
