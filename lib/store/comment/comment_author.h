/*
 * The authors of comments and votes. An author is an account, or a guest, known by a signed cookie if they chose to be
 * remembered (store/auth/guest_cookie.h). What a guest typed, such as a name or an address, never gives a right.
 */
#ifndef STORE_COMMENT_AUTHOR_H
#define STORE_COMMENT_AUTHOR_H

#include <stdbool.h>

#include "store/comment/comment.h"
#include "store/user/user.h"

enum { COMMENT_OWN_SECONDS = 15 * 60 }; /* how long authors can edit and delete their comment */

struct comment_author {
	const struct user *user; /* NULL: a guest */
	const char *person;      /* digest of a guest's cookie, or "" */
	const char *network;     /* keyed digest of the network, or "" */
};

/* The keyed digest of the network of an IP address (throttle_network()), in the arena; "" when there is none. */
enum status comment_author_network(struct db *db, struct arena *arena, const char *address, const char **ret_network);

/* Whether this is the account or the guest's cookie that wrote the comment. */
bool comment_author_is(const struct comment_author *author, const struct comment *comment);

/* Whether its author can still edit and delete it: for COMMENT_OWN_SECONDS, unless a moderator rejected it. */
bool comment_author_may_edit(const struct comment *comment, int64_t now);

/*
 * The secret in the address of a guest's own comment, in the arena: 43 characters of URL-safe base64, signed for this
 * comment. comment_author_knows() accepts it for COMMENT_OWN_SECONDS after the comment was written.
 */
enum status comment_author_secret(struct db *db, struct arena *arena, const struct comment *comment, const char **ret_secret);
enum status comment_author_knows(struct db *db, struct arena *arena, const struct comment *comment, const char *secret, int64_t now, bool *ret_knows);

/*
 * Whether a guest's name imitates the public name of an owner, editor, moderator or author (core/text_name.h). Names of members are not
 * compared, because the response would tell who is a member.
 */
enum status comment_author_imitates(struct db *db, struct arena *arena, const char *name, bool *ret_imitates);

/* Whether a comment of this account, or of this guest's cookie, is shown. */
enum status comment_author_is_approved(struct db *db, const struct comment_author *author, bool *ret_approved);

/* The name of the newest comment of a remembered guest, in the arena; "" when there is none. */
enum status comment_author_last_name(struct db *db, struct arena *arena, const char *person, const char **ret_name);

#endif
