/* The people who may moderate comments, for emails to them. */
#ifndef STORE_MODERATION_MODERATOR_H
#define STORE_MODERATION_MODERATOR_H

#include "store/db/db.h"
#include "store/user/user.h"

enum { MODERATORS_MAX = 20 };

/*
 * Lists the accounts with the role moderator; if there is none, the editors and owners. At most MODERATORS_MAX, the oldest
 * first. In the arena.
 */
enum status moderator_list(struct db *db, struct arena *arena, struct user **ret_users, size_t *ret_count);

#endif
