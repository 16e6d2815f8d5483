/* Attempts to prove who somebody is, slowed down: for signing in, and for whoever must prove it again. */
#ifndef CGI_BIN_SHARED_THROTTLE_H
#define CGI_BIN_SHARED_THROTTLE_H

#include "core/file_lock.h"
#include "http/serve.h"
#include "store/auth/credential.h"

/*
 * Which counters an attempt counts under. There are three lanes for one account: all unknown browsers, each browser that has signed in
 * before (store/auth/device_cookie.h), and each session. Whoever fails too often closes their own lane only.
 */
struct throttle {
	const char *name; /* for THROTTLE_ACCOUNT, or for THROTTLE_MAIL */
	bool own;         /* the lane of one browser or session: the network is not counted, since strangers may share it */
};

/* The lane of this browser for the account with that address. name: what is counted, such as the address itself. */
enum status throttle_of_browser(struct request *req, const char *name, const char *address, struct throttle *ret_throttle);

/* The lane of the session of who is signed in. */
struct throttle throttle_of_session(struct request *req, const char *name);

/*
 * Counts a failed attempt, and commits that; TOO_MANY, with the sentence noted, when whoever asks must wait. Called before a password is
 * looked at, so that many attempts at once are counted too. last: there is no other way, such as an email, that could be offered.
 */
enum status throttle_count(struct request *req, const struct throttle *throttle, bool last);

/* The same for the network alone, which asks for emails. */
enum status throttle_count_network(struct request *req, const struct throttle *throttle);

/* It did not fail after all: forgets the failed attempts of that lane, and one of the network. Inside a write transaction. */
enum status throttle_forget(struct request *req, const struct throttle *throttle);

/*
 * Takes the turn to compute hashes of passwords, which is costly: in the whole site one process at a time does it for unknown browsers,
 * and one more for known ones and sessions. So with two workers one is free for everybody else, whoever sends passwords. Before
 * throttle_count(): BUSY, with the sentence noted, is no failed attempt.
 * own: as in struct throttle. The turn ends with file_lock_release(), or with the request.
 */
enum status throttle_password_turn(struct request *req, bool own, struct file_lock **ret_slot);

/* Codes of the second factor, which are counted apart for each way; throttle: to be forgotten when the code is right. */
enum status throttle_try_code(struct request *req, const struct user *user, enum credential_way way, struct throttle *ret_throttle);

/*
 * Counts an attempt of who is signed in, under their session, and tells right from wrong; when it was right, the session's count is
 * forgotten. hash: theirs. No transaction is open afterwards.
 */
enum status throttle_try_password(struct request *req, const char *hash, const char *text, bool *ret_right);

/* The last one did not fail: who is signed in proved themselves in another way. Inside a write transaction. */
enum status throttle_take_back_password(struct request *req);

/*
 * Whether that field holds the password of who is signed in. NOT_FOUND when the account has none; INVALID, with the sentence noted,
 * when it is another.
 */
enum status throttle_password(struct request *req, const char *field, const char *wrong);

#endif
