#include "store/auth/credential.h"

#include "store/audit/audit.h"
#include "store/auth/calendar_link.h"
#include "store/auth/email_verification.h"
#include "store/auth/second_factor.h"
#include "store/auth/session.h"

struct credential {
	const char *hash;
};
static const struct column credential_columns[] = { COLUMN_TEXT(struct credential, hash), { 0 } };
static const struct row credential_row = { sizeof(struct credential), credential_columns };

QUERY(credential_by_user, "SELECT hash FROM credential WHERE user_id = :user");

enum status
credential_password(struct db *db, struct arena *arena, int64_t user_id, const char **ret_hash)
{
	struct credential credential;

	TRY(query_one(db, arena, credential_by_user, &credential_row, &credential, BIND(INT("user", user_id))));
	*ret_hash = credential.hash;
	return OK;
}

QUERY(set_credential,
	"INSERT INTO credential (user_id, hash, changed) VALUES (:user, :hash, :now)"
	" ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed = excluded.changed");

enum status
credential_change_password(struct db *db, int64_t user_id, const char *hash, int64_t now, const char *keep)
{
	TRY(query_run(db, set_credential, BIND(INT("user", user_id), TEXT("hash", hash), INT("now", now))));
	TRY(audit_add_user(db, AUDIT_PASSWORD, user_id, NULL, NULL));
	return credential_sign_out_others(db, user_id, keep);
}

QUERY(end_links, "DELETE FROM sign_in_link WHERE user_id = :user");

enum status
credential_sign_out_others(struct db *db, int64_t user_id, const char *keep)
{
	TRY(query_run(db, end_links, BIND(INT("user", user_id))));
	TRY(email_verification_end(db, user_id));
	TRY(sign_in_challenge_end(db, user_id));
	TRY(calendar_link_remove(db, user_id));
	return session_end_others(db, user_id, keep);
}

QUERY(renew_credential, "UPDATE credential SET hash = :hash WHERE user_id = :user");

enum status
credential_renew_password(struct db *db, int64_t user_id, const char *hash)
{
	return query_run(db, renew_credential, BIND(INT("user", user_id), TEXT("hash", hash)));
}
