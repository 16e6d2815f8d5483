/* How a user is read from the store, and which words are taken for one; shared by user.c, user_edit.c, session.c and credential.c. */
#ifndef STORE_USER_COLUMNS_H
#define STORE_USER_COLUMNS_H

#include "store/user/user.h"

/* The columns of a struct user, to be followed by FROM … user AS u. */
#define USER_COLUMNS " u.id, u.slug, u.name, u.email, u.role, u.bio, u.created, u.disabled, u.revision"

extern const struct row user_row;

/* The longest address part, in characters. */
enum { USER_SLUG_MOST = 80 };

/* A name and a biography in the form in which they are kept; false when they cannot be. */
bool user_accept_name(struct arena *arena, const char *text, const char **ret_name);
bool user_accept_bio(struct arena *arena, const char *text, const char **ret_bio);

#endif
