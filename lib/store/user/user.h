/*
 * User accounts and roles. Strings are in the arena; times are Unix seconds. Functions that return one user return
 * NOT_FOUND when there is none.
 */
#ifndef STORE_USER_H
#define STORE_USER_H

#include <stdbool.h>

#include "store/db/db.h"

struct user {
	int64_t id;
	const char *slug, *name, *email, *role, *bio;
	int64_t created, disabled, revision;
};

/* The roles, the same as in the table's CHECK, in ascending order of trust; ended by NULL. */
extern const char *const user_roles[];
bool user_is_role(const char *role);

/* The rights of the roles; the table is in user.c. user_may() is false for NULL and for a disabled user. */
enum right {
	RIGHT_WRITE = 1,    /* the user's posts */
	RIGHT_EDIT = 2,     /* everyone's posts: reading and changing them in every state */
	RIGHT_MODERATE = 4, /* comments by readers */
	RIGHT_RUN = 8,      /* the site: settings, users, backups */
};
bool user_may(const struct user *user, enum right right);

/* Normalises an email address to lower case, in the arena. NULL when it is not exactly one valid address. */
const char *user_address(struct arena *arena, const char *email);

/*
 * The key for looking up and counting an address, for any input: trimmed and in lower case. So another spelling of an
 * address has the same count.
 */
const char *user_address_key(struct arena *arena, const char *typed);

enum status user_by_id(struct db *db, struct arena *arena, int64_t id, struct user *ret_user);
enum status user_by_slug(struct db *db, struct arena *arena, const char *slug, struct user *ret_user);
enum status user_by_email(struct db *db, struct arena *arena, const char *email, struct user *ret_user);
/* By exact name; the oldest account when several have it. For imports that name an author. */
enum status user_by_name(struct db *db, struct arena *arena, const char *name, struct user *ret_user);
/* The oldest owner account, whose site it is; NOT_FOUND when the site has none. */
enum status user_owner(struct db *db, struct arena *arena, struct user *ret_user);

/* Lists users by id, above after_id, at most limit. In the arena. */
enum status user_list(struct db *db, struct arena *arena, int64_t after_id, int64_t limit,
	struct user **ret_users, size_t *ret_count);

/* The same for users whose name or email address begins with this text. Ignores the case of ASCII letters. */
enum status user_search(struct db *db, struct arena *arena, const char *beginning, int64_t after_id, int64_t limit,
	struct user **ret_users, size_t *ret_count);

/*
 * Adds a user, inside a write transaction, with a line in the audit log. The slug is user->slug if it is valid,
 * otherwise made from the name; it is changed if another user has it. CONFLICT: the email address is in use. INVALID:
 * the address, name, biography or role is not valid.
 */
enum status user_add(struct db *db, struct arena *arena, const struct user *user, bool sample,
	int64_t *ret_id);

#endif
