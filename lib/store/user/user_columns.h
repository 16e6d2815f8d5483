/*
 * How users are read from the database, and which names and biographies are accepted. Shared by the files that select
 * or change users.
 */
#ifndef STORE_USER_COLUMNS_H
#define STORE_USER_COLUMNS_H

#include "store/user/user.h"

/* The columns of a struct user, to be followed by FROM … site_user AS u. */
#define USER_COLUMNS " u.id, u.slug, u.name, u.email, u.role, u.bio, u.created, u.disabled, u.revision"

extern const struct row user_row;

/* The longest slug of a user, in characters. */
enum { USER_SLUG_MAX = 80 };

/* Normalise a name or a biography into the arena; false when it is not valid. */
bool user_accept_name(struct arena *arena, const char *text, const char **ret_name);
bool user_accept_bio(struct arena *arena, const char *text, const char **ret_bio);

#endif
