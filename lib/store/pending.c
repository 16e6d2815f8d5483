#include "store/pending.h"

#include <string.h>

#include "core/token.h"

#define PENDING_COLUMNS " id, user_id, email, name, hash, invitation, next, code, tries, created, expires"

static const struct column pending_columns[] = {
	COLUMN_TEXT(struct pending, id),
	COLUMN_INT(struct pending, user_id),
	COLUMN_TEXT(struct pending, email),
	COLUMN_TEXT(struct pending, name),
	COLUMN_TEXT(struct pending, hash),
	COLUMN_TEXT(struct pending, invitation),
	COLUMN_TEXT(struct pending, next),
	COLUMN_TEXT(struct pending, code),
	COLUMN_INT(struct pending, tries),
	COLUMN_INT(struct pending, created),
	COLUMN_INT(struct pending, expires),
	{ 0 },
};
static const struct row pending_row = { sizeof(struct pending), pending_columns };

QUERY(add_pending,
	"INSERT INTO pending (id, page, code, user_id, email, name, hash, invitation, next, created, expires)"
	" VALUES (:id, :page, :code, :user, :email, :name, :hash, :invitation, :next, :created, :expires)");

enum status
pending_add(struct db *db, struct arena *arena, const struct pending *pending, struct pending_keys *ret_keys)
{
	struct pending_keys keys = { .link = token_new(arena), .page = token_new(arena),
		.code = token_letters(arena, CODE_LENGTH) };

	TRY(query_run(db, add_pending, BIND(TEXT("id", digest_text(arena, keys.link)), TEXT("page", digest_text(arena, keys.page)),
		TEXT("code", digest_keyed(arena, keys.page, keys.code)), REFERENCE("user", pending->user_id),
		TEXT("email", pending->email == NULL ? "" : pending->email), TEXT("name", pending->name == NULL ? "" : pending->name),
		TEXT("hash", pending->hash == NULL ? "" : pending->hash),
		TEXT("invitation", pending->invitation == NULL ? "" : pending->invitation), TEXT("next", pending->next == NULL ? "" : pending->next),
		INT("created", pending->created), INT("expires", pending->expires))));
	*ret_keys = keys;
	return OK;
}

QUERY(pending_of_link, "SELECT" PENDING_COLUMNS " FROM pending WHERE id = :id AND expires > :now");

enum status
pending_by_link(struct db *db, struct arena *arena, const char *token, int64_t now, struct pending *ret_pending)
{
	return query_one(db, arena, pending_of_link, &pending_row, ret_pending,
		BIND(TEXT("id", digest_text(arena, token)), INT("now", now)));
}

QUERY(pending_of_page, "SELECT" PENDING_COLUMNS " FROM pending WHERE page = :page AND expires > :now");

enum status
pending_by_page(struct db *db, struct arena *arena, const char *token, int64_t now, struct pending *ret_pending)
{
	return query_one(db, arena, pending_of_page, &pending_row, ret_pending,
		BIND(TEXT("page", digest_text(arena, token)), INT("now", now)));
}

bool
pending_is_code(struct arena *arena, const struct pending *pending, const char *page_token, const char *typed)
{
	char code[CODE_LENGTH + 1] = "";
	size_t length = 0;

	for (; *typed != '\0'; typed++) {
		char c = *typed >= 'A' && *typed <= 'Z' ? (char)(*typed - 'A' + 'a') : *typed;
		if (c == ' ' || c == '-')
			continue;
		if (length == CODE_LENGTH)
			return false;
		code[length++] = c;
	}
	return length == CODE_LENGTH && pending->tries < PENDING_TRIES &&
		token_is_same(pending->code, digest_keyed(arena, page_token, code));
}

QUERY(wrong_code, "UPDATE pending SET tries = tries + 1 WHERE id = :id");

enum status
pending_wrong(struct db *db, const struct pending *pending)
{
	return query_run(db, wrong_code, BIND(TEXT("id", pending->id)));
}

QUERY(remove_pending, "DELETE FROM pending WHERE id = :id");

enum status
pending_use(struct db *db, const struct pending *pending)
{
	TRY(query_run(db, remove_pending, BIND(TEXT("id", pending->id))));
	return db_changed_rows(db) == 0 ? NOT_FOUND : OK;
}

QUERY(pending_due, "SELECT EXISTS (SELECT 1 FROM pending WHERE expires <= :now)");

enum status
pending_is_due(struct db *db, int64_t now, bool *ret_due)
{
	int64_t due;

	TRY(query_integer(db, pending_due, &due, BIND(INT("now", now))));
	*ret_due = due != 0;
	return OK;
}

QUERY(sweep_pending, "DELETE FROM pending WHERE id IN (SELECT id FROM pending WHERE expires <= :now ORDER BY expires LIMIT 100)");

enum status
pending_sweep(struct db *db, int64_t now)
{
	return query_run(db, sweep_pending, BIND(INT("now", now)));
}

const char *
pending_code_text(struct arena *arena, const char *code)
{
	return arena_printf(arena, "%.4s-%s", code, code + CODE_LENGTH / 2);
}
