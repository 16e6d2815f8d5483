/*
 * Random secret keys of this site, stored in the database, and signatures and encryption with them. `renown init` and
 * `renown migrate` create them once. A copy of the database contains them.
 */
#ifndef STORE_DB_SITE_KEY_H
#define STORE_DB_SITE_KEY_H

#include "store/db/db.h"

/* Creates the keys that are missing, inside a write transaction. */
enum status site_key_make(struct db *db, struct arena *arena);

/*
 * Signs text with the named key: a keyed BLAKE2b digest (RFC 7693) of 64 hexadecimal characters, in the arena. There
 * is one key per purpose, so that a signature for one is worthless for another: "form", "base", "throttle", "experiment",
 * "session", "recovery", "device", "email-verification", "comment". FAULT, logged, when the database has no such key.
 */
enum status site_key_sign(struct db *db, struct arena *arena, const char *name, const char *text,
	const char **ret_signature);

/*
 * Encrypts text with the named key, "second-factor", and decrypts it, into the arena. FAULT, logged, when the text
 * was encrypted with another key. The key is in the same database, so this does not protect against someone who has
 * all of it. It keeps the secret out of output, logs and exports of the table.
 */
enum status site_key_encrypt(struct db *db, struct arena *arena, const char *name, const char *text, const char **ret_encrypted);
enum status site_key_decrypt(struct db *db, struct arena *arena, const char *name, const char *encrypted, const char **ret_text);

#endif
