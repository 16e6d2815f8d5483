/*
 * Random keys of this site, kept in the store, and what is signed with them. They are made once, by `renown init` and
 * `renown migrate`; a copy of the store holds them.
 */
#ifndef STORE_DB_SITE_KEY_H
#define STORE_DB_SITE_KEY_H

#include "store/db/db.h"

/* Makes those that are missing; inside a write transaction. */
enum status site_key_make(struct db *db, struct arena *arena);

/*
 * A digest of text that only holders of the named key can make: BLAKE2b (RFC 7693) with that key, 64 hexadecimal
 * characters. A key for each purpose, so that what is signed for one is worth nothing for another: "form", "base", "attempt", "trial",
 * "session", "recovery", "device", "pending".
 */
enum status site_key_sign(struct db *db, struct arena *arena, const char *name, const char *text,
	const char **ret_signature);

/*
 * Seals text with the named key, "second-factor", and opens it again; FAULT, logged, when it was sealed with another. Whoever has all of the
 * store has the key as well: this keeps a secret out of what is shown, printed or exported of a table by mistake.
 */
enum status site_key_seal(struct db *db, struct arena *arena, const char *name, const char *text, const char **ret_sealed);
enum status site_key_open(struct db *db, struct arena *arena, const char *name, const char *sealed, const char **ret_text);

#endif
