/*
 * Secret addresses of personal feeds: /my/TOKEN/moderation.rss and others. Everyone who knows one can read those feeds. A
 * person has several, one for each feed reader, each shown once and revoked separately. The rights are looked up at each
 * request.
 */
#ifndef STORE_AUTH_FEED_ADDRESS_H
#define STORE_AUTH_FEED_ADDRESS_H

#include "store/db/db.h"
#include "store/user/user.h"

enum { FEED_ADDRESSES_MAX = 20, FEED_ADDRESS_NAME_MAX = 60 }; /* of one person; characters */

struct feed_address {
	int64_t id;
	const char *name;   /* what the person calls it */
	int64_t created;    /* Unix seconds */
};

/*
 * Adds an address, inside a private write transaction. The token is returned only here; the database holds its digest.
 * TOO_MANY: the person has FEED_ADDRESSES_MAX.
 */
enum status feed_address_add(struct db *db, struct arena *arena, int64_t user_id, const char *name, int64_t now, const char **ret_token);

/* Revokes an address of this person, likewise. NOT_FOUND. */
enum status feed_address_remove(struct db *db, int64_t user_id, int64_t id);

/* Lists a person's addresses, the oldest first. */
enum status feed_address_list(struct db *db, struct arena *arena, int64_t user_id, struct feed_address **ret_addresses, size_t *ret_count);

/* The person of a token. NOT_FOUND: it is unknown or revoked, or the account disabled. Reads only. */
enum status feed_address_user(struct db *db, struct arena *arena, const char *token, struct user *ret_user);

#endif
