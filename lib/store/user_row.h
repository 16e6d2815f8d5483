/* How a user is read from the store; shared by user.c, session.c and door.c. */
#ifndef STORE_USER_ROW_H
#define STORE_USER_ROW_H

#include "store/user.h"

/* The columns of a struct user, to be followed by FROM … user AS u. */
#define USER_COLUMNS " u.id, u.slug, u.name, u.email, u.role, u.bio, u.created, u.disabled, u.revision"

extern const struct row user_row;

#endif
