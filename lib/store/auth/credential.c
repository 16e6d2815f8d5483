#include "store/auth/credential.h"

#include <arpa/inet.h>
#include <string.h>

#include "core/str.h"
#include "core/token.h"
#include "store/audit/audit.h"
#include "store/auth/calendar_link.h"
#include "store/auth/second_factor.h"
#include "store/auth/email_verification.h"
#include "store/db/site_key.h"
#include "store/auth/session.h"
#include "store/user/user_columns.h"

/* --- passwords ---------------------------------------------------------------- */

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

/* --- links -------------------------------------------------------------------- */

QUERY(sweep_links, "DELETE FROM sign_in_link WHERE user_id = :user AND expires <= :now");
QUERY(add_link, "INSERT INTO sign_in_link (id, user_id, created, expires) VALUES (:id, :user, :now, :expires)");

enum status
sign_in_link_add(struct db *db, struct arena *arena, int64_t user_id, int64_t now, int64_t expires, const char **ret_token)
{
	const char *token = token_new(arena);

	TRY(query_run(db, sweep_links, BIND(INT("user", user_id), INT("now", now))));
	TRY(query_run(db, add_link, BIND(TEXT("id", digest_text(arena, token)), INT("user", user_id), INT("now", now),
		INT("expires", expires))));
	/* A visitor who requests a link to their own address changes nothing that an owner answers for. */
	if (db_actor(db) != DB_VISITOR)
		TRY(audit_add_user(db, AUDIT_SIGN_IN_LINK, user_id, NULL, NULL));
	*ret_token = token;
	return OK;
}

QUERY(user_of_link,
	"SELECT" USER_COLUMNS " FROM sign_in_link AS l JOIN site_user AS u ON u.id = l.user_id"
	" WHERE l.id = :id AND l.expires > :now AND u.disabled = 0");

enum status
sign_in_link_user(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user)
{
	return query_one(db, arena, user_of_link, &user_row, ret_user,
		BIND(TEXT("id", digest_text(arena, token)), INT("now", now)));
}

QUERY(remove_link, "DELETE FROM sign_in_link WHERE id = :id");

enum status
sign_in_link_use(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user)
{
	struct user user;

	TRY(sign_in_link_user(db, arena, token, now, &user));
	TRY(query_run(db, remove_link, BIND(TEXT("id", digest_text(arena, token)))));
	if (db_changed_rows(db) == 0)
		return NOT_FOUND;
	*ret_user = user;
	return OK;
}

/* --- attempts ----------------------------------------------------------------- */

enum {
	QUIET_SECONDS = 24 * 3600,
	LONGEST_WAIT = 15 * 60,
};

/* The number of free attempts, then the first and the longest wait in seconds. Waits double. */
static const struct { const char *name; int64_t free, first, longest; } kinds[] = {
	[THROTTLE_ACCOUNT] = { "account", 5, 1, LONGEST_WAIT },
	[THROTTLE_NETWORK] = { "network", 30, 1, LONGEST_WAIT },
	[THROTTLE_MAIL] = { "mail", 5, 3600, 3600 },
};

struct throttle {
	int64_t failed, last_failed;
};
static const struct column throttle_columns[] = {
	COLUMN_INT(struct throttle, failed),
	COLUMN_INT(struct throttle, last_failed),
	{ 0 },
};
static const struct row throttle_row = { sizeof(struct throttle), throttle_columns };

/* A keyed digest: without the key, neither an email address nor an account can be read from the table. */
static enum status
id_of(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, const char **ret_id)
{
	return site_key_sign(db, arena, "throttle", arena_printf(arena, "%s %s", kinds[kind].name, name), ret_id);
}

const char *
credential_code_name(struct arena *arena, const struct user *user, enum credential_way way)
{
	static const char *const ways[] = { [BY_PASSWORD] = "code", [BY_LINK] = "code-link", [BY_SESSION] = "code-session" };

	return arena_printf(arena, "%s %s", ways[way], user->email);
}

const char *
credential_mail_name(struct arena *arena, const char *address, bool joins)
{
	return arena_printf(arena, joins ? "join %s" : "sign-in %s", address);
}

QUERY(throttle_by_id, "SELECT failed, last_failed FROM throttle WHERE id = :id");

enum status
throttle_wait(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, int64_t now, int64_t *ret_seconds)
{
	const int64_t longest = kinds[kind].longest;
	struct throttle throttle;
	int64_t wait = kinds[kind].first, over;
	const char *id;
	enum status status;

	TRY(id_of(db, arena, kind, name, &id));
	status = query_one(db, arena, throttle_by_id, &throttle_row, &throttle, BIND(TEXT("id", id)));
	*ret_seconds = 0;
	if (status == NOT_FOUND || (status == OK && throttle.failed < kinds[kind].free))
		return OK;
	TRY(status);
	for (int64_t i = kinds[kind].free; i < throttle.failed && wait < longest; i++)
		wait *= 2;
	over = throttle.last_failed + (wait < longest ? wait : longest) - now;
	/* If the clock was set back, nobody must wait for longer than the longest wait. */
	*ret_seconds = over <= 0 ? 0 : over < longest ? over : longest;
	return OK;
}

QUERY(sweep_throttle,
	"DELETE FROM throttle WHERE id IN (SELECT id FROM throttle WHERE last_failed < :quiet ORDER BY last_failed LIMIT 100)");
QUERY(add_throttle,
	"INSERT INTO throttle (id, failed, last_failed) VALUES (:id, 1, :now)"
	" ON CONFLICT (id) DO UPDATE SET failed = throttle.failed + 1, last_failed = excluded.last_failed");

enum status
throttle_add(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, int64_t now)
{
	const char *id;

	TRY(id_of(db, arena, kind, name, &id));
	TRY(query_run(db, sweep_throttle, BIND(INT("quiet", now - QUIET_SECONDS))));
	return query_run(db, add_throttle, BIND(TEXT("id", id), INT("now", now)));
}

QUERY(subtract_throttle, "UPDATE throttle SET failed = failed - 1 WHERE id = :id AND failed > 0");

enum status
throttle_subtract(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name)
{
	const char *id;

	TRY(id_of(db, arena, kind, name, &id));
	return query_run(db, subtract_throttle, BIND(TEXT("id", id)));
}

enum status
throttle_read(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, int64_t *ret_failed, int64_t *ret_last)
{
	struct throttle throttle;
	const char *id;

	TRY(id_of(db, arena, kind, name, &id));
	TRY(query_one(db, arena, throttle_by_id, &throttle_row, &throttle, BIND(TEXT("id", id))));
	*ret_failed = throttle.failed;
	*ret_last = throttle.last_failed;
	return OK;
}

QUERY(end_throttle, "DELETE FROM throttle WHERE id = :id");

enum status
throttle_end(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name)
{
	const char *id;

	TRY(id_of(db, arena, kind, name, &id));
	return query_run(db, end_throttle, BIND(TEXT("id", id)));
}

const char *
throttle_network(struct arena *arena, const char *address)
{
	static const unsigned char mapped[12] = { [10] = 0xFF, [11] = 0xFF };
	unsigned char bytes[16];

	if (address == NULL)
		return "";
	if (inet_pton(AF_INET, address, bytes) == 1)
		return arena_printf(arena, "%d.%d.%d", bytes[0], bytes[1], bytes[2]);
	if (inet_pton(AF_INET6, address, bytes) != 1)
		return "";
	if (memcmp(bytes, mapped, sizeof(mapped)) == 0)
		return arena_printf(arena, "%d.%d.%d", bytes[12], bytes[13], bytes[14]);
	return arena_printf(arena, "%02x%02x:%02x%02x:%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]);
}

/* --- expired rows --------------------------------------------------------------- */

QUERY(credential_due,
	"SELECT EXISTS (SELECT 1 FROM sign_in_link WHERE expires <= :now) OR EXISTS (SELECT 1 FROM throttle WHERE last_failed < :quiet)");

enum status
credential_is_due(struct db *db, int64_t now, bool *ret_due)
{
	int64_t due;

	TRY(query_integer(db, credential_due, &due, BIND(INT("now", now), INT("quiet", now - QUIET_SECONDS))));
	*ret_due = due != 0;
	return OK;
}

QUERY(sweep_all_links,
	"DELETE FROM sign_in_link WHERE id IN (SELECT id FROM sign_in_link WHERE expires <= :now ORDER BY expires LIMIT 100)");

enum status
credential_sweep(struct db *db, int64_t now)
{
	TRY(query_run(db, sweep_all_links, BIND(INT("now", now))));
	return query_run(db, sweep_throttle, BIND(INT("quiet", now - QUIET_SECONDS)));
}
