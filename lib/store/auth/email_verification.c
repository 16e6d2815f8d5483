#include "store/auth/email_verification.h"

#include <string.h>

#include "core/token.h"
#include "store/db/site_key.h"

#define EMAIL_VERIFICATION_COLUMNS " id, user_id, email, name, invitation, next, purpose, code, mailed, tries, created, expires"

static const struct column verification_columns[] = {
	COLUMN_TEXT(struct email_verification, id),
	COLUMN_INT(struct email_verification, user_id),
	COLUMN_TEXT(struct email_verification, email),
	COLUMN_TEXT(struct email_verification, name),
	COLUMN_TEXT(struct email_verification, invitation),
	COLUMN_TEXT(struct email_verification, next),
	COLUMN_TEXT(struct email_verification, purpose),
	COLUMN_TEXT(struct email_verification, code),
	COLUMN_INT(struct email_verification, mailed),
	COLUMN_INT(struct email_verification, tries),
	COLUMN_INT(struct email_verification, created),
	COLUMN_INT(struct email_verification, expires),
	{ 0 },
};
static const struct row verification_row = { sizeof(struct email_verification), verification_columns };

/* Made with the site's key instead of the page's token, since other pages accept the code too. */
static enum status
code_digest(struct db *db, struct arena *arena, const char *id, const char *code, const char **ret_digest)
{
	return site_key_sign(db, arena, "email-verification", arena_printf(arena, "code %s %s", id, code), ret_digest);
}

static enum status
about_digest(struct db *db, struct arena *arena, const char *about, const char **ret_digest)
{
	return site_key_sign(db, arena, "email-verification", arena_printf(arena, "about %s", about), ret_digest);
}

QUERY(add_verification,
	"INSERT INTO email_verification (id, page, code, purpose, mailed, user_id, email, name, invitation, next, created, expires)"
	" VALUES (:id, :page, :code, :purpose, :mailed, :user, :email, :name, :invitation, :next, :created, :expires)");

enum status
email_verification_add(struct db *db, struct arena *arena, const char *about, const struct email_verification *verification, struct email_verification_keys *ret_keys)
{
	struct email_verification_keys keys = { .link = token_new(arena), .page = token_new(arena),
		.code = token_letters(arena, EMAIL_VERIFICATION_CODE_LENGTH) };
	const char *id = digest_text(arena, keys.link), *code, *purpose;

	TRY(code_digest(db, arena, id, keys.code, &code));
	TRY(about_digest(db, arena, about, &purpose));
	TRY(query_run(db, add_verification, BIND(TEXT("id", id), TEXT("page", digest_text(arena, keys.page)),
		TEXT("code", code), TEXT("purpose", purpose), INT("mailed", verification->mailed != 0), REFERENCE("user", verification->user_id),
		TEXT("email", verification->email == NULL ? "" : verification->email), TEXT("name", verification->name == NULL ? "" : verification->name),
		TEXT("invitation", verification->invitation == NULL ? "" : verification->invitation), TEXT("next", verification->next == NULL ? "" : verification->next),
		INT("created", verification->created), INT("expires", verification->expires))));
	*ret_keys = keys;
	return OK;
}

QUERY(mail_is_open,
	"SELECT EXISTS (SELECT 1 FROM email_verification WHERE purpose = :purpose AND mailed <> 0 AND coalesce(user_id, 0) = :user AND expires > :now)");

enum status
email_verification_is_mailed(struct db *db, struct arena *arena, const char *about, int64_t user_id, int64_t now, bool *ret_mailed)
{
	const char *purpose;
	int64_t mailed;

	TRY(about_digest(db, arena, about, &purpose));
	TRY(query_integer(db, mail_is_open, &mailed, BIND(TEXT("purpose", purpose), INT("user", user_id), INT("now", now))));
	*ret_mailed = mailed != 0;
	return OK;
}

QUERY(verification_of_link, "SELECT" EMAIL_VERIFICATION_COLUMNS " FROM email_verification WHERE id = :id AND expires > :now");

enum status
email_verification_by_link(struct db *db, struct arena *arena, const char *token, int64_t now, struct email_verification *ret_verification)
{
	return query_one(db, arena, verification_of_link, &verification_row, ret_verification,
		BIND(TEXT("id", digest_text(arena, token)), INT("now", now)));
}

QUERY(verification_of_page, "SELECT" EMAIL_VERIFICATION_COLUMNS " FROM email_verification WHERE page = :page AND expires > :now");

enum status
email_verification_by_page(struct db *db, struct arena *arena, const char *token, int64_t now, struct email_verification *ret_verification)
{
	return query_one(db, arena, verification_of_page, &verification_row, ret_verification,
		BIND(TEXT("page", digest_text(arena, token)), INT("now", now)));
}

/* Normalises a typed code. False when it cannot be a code. */
static bool
read_code(const char *typed, char code[EMAIL_VERIFICATION_CODE_LENGTH + 1])
{
	size_t length = 0;

	for (; *typed != '\0'; typed++) {
		char c = *typed >= 'A' && *typed <= 'Z' ? (char)(*typed - 'A' + 'a') : *typed;
		if (c == ' ' || c == '-')
			continue;
		if (length == EMAIL_VERIFICATION_CODE_LENGTH)
			return false;
		code[length++] = c;
	}
	code[length] = '\0';
	return length == EMAIL_VERIFICATION_CODE_LENGTH;
}

QUERY(tries_for_purpose, "SELECT coalesce(sum(tries), 0) FROM email_verification WHERE purpose = :purpose AND expires > :now");
QUERY(mailed_for_purpose,
	"SELECT" EMAIL_VERIFICATION_COLUMNS " FROM email_verification WHERE purpose = :purpose AND mailed <> 0 AND expires > :now ORDER BY created DESC, id LIMIT 100");

enum status
email_verification_by_code(struct db *db, struct arena *arena, const struct email_verification *page, const char *typed, int64_t now,
	struct email_verification *ret_mailed)
{
	char code[EMAIL_VERIFICATION_CODE_LENGTH + 1];
	bool is_code = read_code(typed, code);
	struct email_verification *mailed;
	int64_t tries;
	size_t count;

	TRY(query_integer(db, tries_for_purpose, &tries, BIND(TEXT("purpose", page->purpose), INT("now", now))));
	if (page->tries >= EMAIL_VERIFICATION_TRIES || tries >= EMAIL_VERIFICATION_TRIES_ALL)
		return TOO_MANY;
	TRY(query_list(db, arena, mailed_for_purpose, &verification_row, &mailed, &count, BIND(TEXT("purpose", page->purpose), INT("now", now))));
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

QUERY(wrong_code, "UPDATE email_verification SET tries = tries + 1 WHERE id = :id");

enum status
email_verification_wrong(struct db *db, const struct email_verification *verification)
{
	return query_run(db, wrong_code, BIND(TEXT("id", verification->id)));
}

QUERY(remove_verification, "DELETE FROM email_verification WHERE id = :id");

enum status
email_verification_use(struct db *db, const struct email_verification *verification)
{
	TRY(query_run(db, remove_verification, BIND(TEXT("id", verification->id))));
	return db_changed_rows(db) == 0 ? NOT_FOUND : OK;
}

QUERY(end_verifications, "DELETE FROM email_verification WHERE user_id = :user");

enum status
email_verification_end(struct db *db, int64_t user_id)
{
	return query_run(db, end_verifications, BIND(INT("user", user_id)));
}

QUERY(verification_due, "SELECT EXISTS (SELECT 1 FROM email_verification WHERE expires <= :now)");

enum status
email_verification_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, verification_due, ret_due, BIND(INT("now", now)));
}

QUERY(sweep_verifications, "DELETE FROM email_verification WHERE id IN (SELECT id FROM email_verification WHERE expires <= :now ORDER BY expires LIMIT 100)");

enum status
email_verification_sweep(struct db *db, int64_t now)
{
	return query_run(db, sweep_verifications, BIND(INT("now", now)));
}

const char *
email_verification_code_text(struct arena *arena, const char *code)
{
	return arena_printf(arena, "%.4s-%s", code, code + EMAIL_VERIFICATION_CODE_LENGTH / 2);
}
