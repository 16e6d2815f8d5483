/* What the database knows about a person who comments, from which their level of trust follows (trust.h). */
#ifndef STORE_MODERATION_TRUST_RECORD_H
#define STORE_MODERATION_TRUST_RECORD_H

#include "store/db/db.h"
#include "store/moderation/trust.h"

/* Whose comments: an account, or a guest's cookie when user_id is 0. Of anybody else ("") nothing is known. */
struct trust_person {
	int64_t user_id;
	const char *person; /* keyed digest of the cookie, from a cookie with a valid signature; or "" */
};

/* Reads the record. Counts over bounded index ranges. Reads only. */
enum status trust_record_read(struct db *db, const struct trust_person *person, struct trust_record *ret_record);

/*
 * Sets an account's level by hand, or with TRUST_LEVELS lets it follow from the record again; inside a write transaction,
 * with a line in the audit log. NOT_FOUND: there is no such account.
 */
enum status trust_set(struct db *db, struct arena *arena, int64_t user_id, enum trust_level level, int64_t by, int64_t now);

#endif
