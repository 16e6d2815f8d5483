#include "store/auth/email_verification.h"

#include <string.h>

#include "core/token.h"
#include "store/db/site_key.h"

#define PENDING_COLUMNS " id, user_id, email, name, invitation, next, about, code, mailed, tries, created, expires"

static const struct column pending_columns[] = {
	COLUMN_TEXT(struct email_verification, id),
	COLUMN_INT(struct email_verification, user_id),
	COLUMN_TEXT(struct email_verification, email),
	COLUMN_TEXT(struct email_verification, name),
	COLUMN_TEXT(struct email_verification, invitation),
	COLUMN_TEXT(struct email_verification, next),
	COLUMN_TEXT(struct email_verification, about),
	COLUMN_TEXT(struct email_verification, code),
	COLUMN_INT(struct email_verification, mailed),
	COLUMN_INT(struct email_verification, tries),
	COLUMN_INT(struct email_verification, created),
	COLUMN_INT(struct email_verification, expires),
	{ 0 },
};
static const struct row pending_row = { sizeof(struct email_verification), pending_columns };

/* Made with the site's key instead of the page's token, since other pages accept the code too. */
static enum status
code_digest(struct db *db, struct arena *arena, const char *id, const char *code, const char **ret_digest)
{
	return site_key_sign(db, arena, "pending", arena_printf(arena, "code %s %s", id, code), ret_digest);
}

static enum status
about_digest(struct db *db, struct arena *arena, const char *about, const char **ret_digest)
{
	return site_key_sign(db, arena, "pending", arena_printf(arena, "about %s", about), ret_digest);
}

QUERY(add_pending,
	"INSERT INTO pending (id, page, code, about, mailed, user_id, email, name, invitation, next, created, expires)"
	" VALUES (:id, :page, :code, :about, :mailed, :user, :email, :name, :invitation, :next, :created, :expires)");

enum status
email_verification_add(struct db *db, struct arena *arena, const char *about, const struct email_verification *pending, struct email_verification_keys *ret_keys)
{
	struct email_verification_keys keys = { .link = token_new(arena), .page = token_new(arena),
		.code = token_letters(arena, CODE_LENGTH) };
	const char *id = digest_text(arena, keys.link), *code, *purpose;

	TRY(code_digest(db, arena, id, keys.code, &code));
	TRY(about_digest(db, arena, about, &purpose));
	TRY(query_run(db, add_pending, BIND(TEXT("id", id), TEXT("page", digest_text(arena, keys.page)),
		TEXT("code", code), TEXT("about", purpose), INT("mailed", pending->mailed != 0), REFERENCE("user", pending->user_id),
		TEXT("email", pending->email == NULL ? "" : pending->email), TEXT("name", pending->name == NULL ? "" : pending->name),
		TEXT("invitation", pending->invitation == NULL ? "" : pending->invitation), TEXT("next", pending->next == NULL ? "" : pending->next),
		INT("created", pending->created), INT("expires", pending->expires))));
	*ret_keys = keys;
	return OK;
}

QUERY(mail_is_open,
	"SELECT EXISTS (SELECT 1 FROM pending WHERE about = :about AND mailed <> 0 AND coalesce(user_id, 0) = :user AND expires > :now)");

enum status
email_verification_is_mailed(struct db *db, struct arena *arena, const char *about, int64_t user_id, int64_t now, bool *ret_mailed)
{
	const char *purpose;
	int64_t mailed;

	TRY(about_digest(db, arena, about, &purpose));
	TRY(query_integer(db, mail_is_open, &mailed, BIND(TEXT("about", purpose), INT("user", user_id), INT("now", now))));
	*ret_mailed = mailed != 0;
	return OK;
}

QUERY(pending_of_link, "SELECT" PENDING_COLUMNS " FROM pending WHERE id = :id AND expires > :now");

enum status
email_verification_by_link(struct db *db, struct arena *arena, const char *token, int64_t now, struct email_verification *ret_pending)
{
	return query_one(db, arena, pending_of_link, &pending_row, ret_pending,
		BIND(TEXT("id", digest_text(arena, token)), INT("now", now)));
}

QUERY(pending_of_page, "SELECT" PENDING_COLUMNS " FROM pending WHERE page = :page AND expires > :now");

enum status
email_verification_by_page(struct db *db, struct arena *arena, const char *token, int64_t now, struct email_verification *ret_pending)
{
	return query_one(db, arena, pending_of_page, &pending_row, ret_pending,
		BIND(TEXT("page", digest_text(arena, token)), INT("now", now)));
}

/* Normalises a typed code. False when it cannot be a code. */
static bool
read_code(const char *typed, char code[CODE_LENGTH + 1])
{
	size_t length = 0;

	for (; *typed != '\0'; typed++) {
		char c = *typed >= 'A' && *typed <= 'Z' ? (char)(*typed - 'A' + 'a') : *typed;
		if (c == ' ' || c == '-')
			continue;
		if (length == CODE_LENGTH)
			return false;
		code[length++] = c;
	}
	code[length] = '\0';
	return length == CODE_LENGTH;
}

QUERY(tries_about, "SELECT coalesce(sum(tries), 0) FROM pending WHERE about = :about AND expires > :now");
QUERY(mailed_about,
	"SELECT" PENDING_COLUMNS " FROM pending WHERE about = :about AND mailed <> 0 AND expires > :now ORDER BY created DESC, id LIMIT 100");

enum status
email_verification_by_code(struct db *db, struct arena *arena, const struct email_verification *page, const char *typed, int64_t now,
	struct email_verification *ret_mailed)
{
	char code[CODE_LENGTH + 1];
	bool is_code = read_code(typed, code);
	struct email_verification *mailed;
	int64_t tries;
	size_t count;

	TRY(query_integer(db, tries_about, &tries, BIND(TEXT("about", page->about), INT("now", now))));
	if (page->tries >= PENDING_TRIES || tries >= PENDING_TRIES_ALL)
		return TOO_MANY;
	TRY(query_list(db, arena, mailed_about, &pending_row, &mailed, &count, BIND(TEXT("about", page->about), INT("now", now))));
	for (size_t i = 0; is_code && i < count; i++) {
		const char *digest;
		TRY(code_digest(db, arena, mailed[i].id, code, &digest));
		if (token_is_same(mailed[i].code, digest)) {
			*ret_mailed = mailed[i];
			return OK;
		}
	}
	return NOT_FOUND;
}

QUERY(wrong_code, "UPDATE pending SET tries = tries + 1 WHERE id = :id");

enum status
email_verification_wrong(struct db *db, const struct email_verification *pending)
{
	return query_run(db, wrong_code, BIND(TEXT("id", pending->id)));
}

QUERY(remove_pending, "DELETE FROM pending WHERE id = :id");

enum status
email_verification_use(struct db *db, const struct email_verification *pending)
{
	TRY(query_run(db, remove_pending, BIND(TEXT("id", pending->id))));
	return db_changed_rows(db) == 0 ? NOT_FOUND : OK;
}

QUERY(end_pending, "DELETE FROM pending WHERE user_id = :user");

enum status
email_verification_end(struct db *db, int64_t user_id)
{
	return query_run(db, end_pending, BIND(INT("user", user_id)));
}

QUERY(pending_due, "SELECT EXISTS (SELECT 1 FROM pending WHERE expires <= :now)");

enum status
email_verification_is_due(struct db *db, int64_t now, bool *ret_due)
{
	int64_t due;

	TRY(query_integer(db, pending_due, &due, BIND(INT("now", now))));
	*ret_due = due != 0;
	return OK;
}

QUERY(sweep_pending, "DELETE FROM pending WHERE id IN (SELECT id FROM pending WHERE expires <= :now ORDER BY expires LIMIT 100)");

enum status
email_verification_sweep(struct db *db, int64_t now)
{
	return query_run(db, sweep_pending, BIND(INT("now", now)));
}

const char *
email_verification_code_text(struct arena *arena, const char *code)
{
	return arena_printf(arena, "%.4s-%s", code, code + CODE_LENGTH / 2);
}
