/* People with a name here. */
#ifndef STORE_USER_H
#define STORE_USER_H

#include <stdbool.h>

#include "store/db/db.h"

struct user {
	int64_t id;
	const char *slug, *name, *email, *role, *bio;
	int64_t created, disabled, revision;
};

/* The roles from the table's CHECK, in rising order of trust; ended by NULL. */
extern const char *const user_roles[];
bool user_is_role(const char *role);

/*
 * What the roles may do; the one table of it is in user.c. A user that is NULL or disabled may nothing.
 */
enum right {
	RIGHT_WRITE = 1,    /* posts of one's own */
	RIGHT_EDIT = 2,     /* everybody's posts: seeing and changing them, whatever their state */
	RIGHT_MODERATE = 4, /* what readers write */
	RIGHT_RUN = 8,      /* the site: settings, people, backups */
};
bool user_may(const struct user *user, enum right right);

/* An address in the form in which it is kept, lower case; NULL when no mail could reach it, or it could be more than one. */
const char *user_address(struct arena *arena, const char *email);

/* The form in which an address is looked for, whatever was typed: what is counted by it cannot be counted anew for another blank. */
const char *user_address_key(struct arena *arena, const char *typed);

enum status user_by_id(struct db *db, struct arena *arena, int64_t id, struct user *ret_user);
enum status user_by_slug(struct db *db, struct arena *arena, const char *slug, struct user *ret_user);
enum status user_by_email(struct db *db, struct arena *arena, const char *email, struct user *ret_user);
/* By exact name; the eldest when several share it. For imports that name an author. */
enum status user_by_name(struct db *db, struct arena *arena, const char *name, struct user *ret_user);
/* The eldest owner, whose site it is; NOT_FOUND on a site that has none. */
enum status user_owner(struct db *db, struct arena *arena, struct user *ret_user);

/* Everyone by keyset: users with an id above after_id, at most limit. */
enum status user_list(struct db *db, struct arena *arena, int64_t after_id, int64_t limit,
	struct user **ret_users, size_t *ret_count);

/* The same among those whose name or e-mail address begins so, whatever the case of its letters. */
enum status user_search(struct db *db, struct arena *arena, const char *beginning, int64_t after_id, int64_t limit,
	struct user **ret_users, size_t *ret_count);

/*
 * Adds a user inside a write transaction. The slug is user->slug when that is one,
 * else made from the name, and made unique; CONFLICT when the e-mail address is taken, INVALID when the
 * address, name or role cannot be.
 */
enum status user_add(struct db *db, struct arena *arena, const struct user *user, bool sample,
	int64_t *ret_id);

/*
 * Gives somebody another role, or disables or enables their account, inside a write transaction. Disabling ends all access as
 * credential_sign_out_others() does; whoever may not write any more loses the secret address of their calendar.
 * CONFLICT when the row is not of that revision any more; INVALID when no owner who may sign in would be left.
 */
enum status user_change(struct db *db, int64_t id, int64_t revision, const char *role, bool disabled);

#endif
