#include "store/secret.h"

#include "core/log.h"
#include "core/token.h"

static const char *const names[] = { "form", "attempt", "trial", NULL };

struct secret {
	const char *value;
};
static const struct column columns[] = { COLUMN_TEXT(struct secret, value), { 0 } };
static const struct row row = { sizeof(struct secret), columns };

QUERY(make_secret, "INSERT INTO secret (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING");

enum status
secret_make(struct db *db, struct arena *arena)
{
	for (size_t i = 0; names[i] != NULL; i++)
		TRY(query_run(db, make_secret, BIND(TEXT("name", names[i]), TEXT("value", token_new(arena)))));
	return OK;
}

QUERY(secret_by_name, "SELECT value FROM secret WHERE name = :name");

enum status
secret_sign(struct db *db, struct arena *arena, const char *name, const char *text, const char **ret_signature)
{
	struct secret secret;
	enum status status = query_one(db, arena, secret_by_name, &row, &secret, BIND(TEXT("name", name)));

	if (status == NOT_FOUND) {
		log_line(LOG_ERROR, "secret", "the store has no key for %s: run renown migrate", name);
		return FAULT;
	}
	TRY(status);
	*ret_signature = digest_keyed(arena, secret.value, text);
	return OK;
}
