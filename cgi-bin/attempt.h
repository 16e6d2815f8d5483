/* Tries of a password, slowed down: for signing in, and for whoever must show again who they are. */
#ifndef CGI_BIN_ATTEMPT_H
#define CGI_BIN_ATTEMPT_H

#include "http/serve.h"
#include "store/door.h"

/*
 * Counts a try and says whether it is heard: TOO_MANY, with the sentence noted, when whoever asks must wait. The count is kept
 * before any password is looked at, so that many tries at once are counted too. name: the account's address.
 */
enum status account_try(struct request *req, const char *name);

/* The same for codes of the second factor, which are counted apart for each way. */
enum status account_try_code(struct request *req, const struct user *user, enum door_way way);

/* It was right after all, for what account_try() counted under that name: inside a write transaction. */
enum status account_forget(struct request *req, const char *name);

/* Counts a try and tells right from wrong; one that was right is forgotten. hash: of who is signed in. No transaction is open afterwards. */
enum status account_try_password(struct request *req, const char *hash, const char *text, bool *ret_right);

/*
 * Whether that field holds the password of who is signed in. NOT_FOUND when the account has none; INVALID, with the sentence noted,
 * when it is another.
 */
enum status account_password(struct request *req, const char *field, const char *wrong);

#endif
