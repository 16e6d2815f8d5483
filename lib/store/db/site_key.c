#include "store/db/site_key.h"

#include "core/log.h"
#include "core/encrypt.h"
#include "core/token.h"

static const char *const names[] = { "form", "base", "throttle", "experiment", "session", "second-factor", "recovery", "device", "email-verification", "comment", NULL };

struct site_key {
	const char *value;
};
static const struct column columns[] = { COLUMN_TEXT(struct site_key, value), { 0 } };
static const struct row row = { sizeof(struct site_key), columns };

QUERY(make_key, "INSERT INTO site_key (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING");

enum status
site_key_make(struct db *db, struct arena *arena)
{
	for (size_t i = 0; names[i] != NULL; i++)
		TRY(query_run(db, make_key, BIND(TEXT("name", names[i]), TEXT("value", token_new(arena)))));
	return OK;
}

QUERY(key_by_name, "SELECT value FROM site_key WHERE name = :name");

static enum status
key_of(struct db *db, struct arena *arena, const char *name, const char **ret_key)
{
	struct site_key site_key;
	enum status status = query_one(db, arena, key_by_name, &row, &site_key, BIND(TEXT("name", name)));

	if (status == NOT_FOUND) {
		log_line(LOG_ERROR, "secret", "the database has no key for %s: run renown migrate", name);
		return FAULT;
	}
	TRY(status);
	*ret_key = site_key.value;
	return OK;
}

enum status
site_key_sign(struct db *db, struct arena *arena, const char *name, const char *text, const char **ret_signature)
{
	const char *key;

	TRY(key_of(db, arena, name, &key));
	*ret_signature = digest_keyed(arena, key, text);
	return OK;
}

enum status
site_key_encrypt(struct db *db, struct arena *arena, const char *name, const char *text, const char **ret_encrypted)
{
	const char *key;

	TRY(key_of(db, arena, name, &key));
	*ret_encrypted = encrypt_text(arena, key, text);
	return OK;
}

enum status
site_key_decrypt(struct db *db, struct arena *arena, const char *name, const char *encrypted, const char **ret_text)
{
	const char *key;
	char *text;

	TRY(key_of(db, arena, name, &key));
	if (!decrypt_text(arena, key, encrypted, &text)) {
		log_line(LOG_ERROR, "secret", "data that was encrypted for %s cannot be decrypted: the database has another key", name);
		return FAULT;
	}
	*ret_text = text;
	return OK;
}
