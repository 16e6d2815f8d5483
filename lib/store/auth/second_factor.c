#include "store/auth/second_factor.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/token.h"
#include "store/audit/audit.h"
#include "store/db/site_key.h"
#include "store/user/user_columns.h"

enum { RECOVERY_LETTERS = 12, RECOVERY_GROUP = 4 };

static const struct column second_factor_columns[] = {
	COLUMN_INT(struct second_factor, user_id),
	COLUMN_TEXT(struct second_factor, secret),
	COLUMN_INT(struct second_factor, created),
	COLUMN_INT(struct second_factor, confirmed),
	COLUMN_INT(struct second_factor, step),
	{ 0 },
};
static const struct row second_factor_row = { sizeof(struct second_factor), second_factor_columns };

/* The encrypted text contains its owner, so a row copied to another user does not work. */
static const char *
owner_of(struct arena *arena, int64_t user_id)
{
	return arena_printf(arena, "%lld ", (long long)user_id);
}

QUERY(second_factor_by_user, "SELECT user_id, secret, created, confirmed, step FROM second_factor WHERE user_id = :user");

enum status
second_factor_of_user(struct db *db, struct arena *arena, int64_t user_id, struct second_factor *ret_second_factor)
{
	const char *owner = owner_of(arena, user_id);
	struct second_factor factor;

	TRY(query_one(db, arena, second_factor_by_user, &second_factor_row, &factor, BIND(INT("user", user_id))));
	TRY(site_key_decrypt(db, arena, "second-factor", factor.secret, &factor.secret));
	if (!str_starts(factor.secret, owner))
		return FAULT;
	factor.secret += strlen(owner);
	*ret_second_factor = factor;
	return OK;
}

QUERY(confirmed_second_factor, "SELECT 1 FROM second_factor WHERE user_id = :user AND confirmed > 0");

enum status
second_factor_is_on(struct db *db, int64_t user_id, bool *ret_on)
{
	int64_t one;
	enum status status = query_integer(db, confirmed_second_factor, &one, BIND(INT("user", user_id)));

	if (status != NOT_FOUND)
		TRY(status);
	*ret_on = status == OK;
	return OK;
}

bool
second_factor_is_required(const char *setting, const struct user *user)
{
	if (str_equal(setting, "owners"))
		return user_may(user, RIGHT_RUN);
	if (str_equal(setting, "moderators") && user_may(user, RIGHT_MODERATE))
		return true;
	return (str_equal(setting, "editors") || str_equal(setting, "moderators")) && (user_may(user, RIGHT_RUN) || user_may(user, RIGHT_EDIT));
}

QUERY(begin_second_factor,
	"INSERT INTO second_factor (user_id, secret, created) VALUES (:user, :secret, :now)"
	" ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created = excluded.created WHERE second_factor.confirmed = 0");

enum status
second_factor_begin(struct db *db, struct arena *arena, int64_t user_id, const char *secret, int64_t now)
{
	const char *encrypted, *owned = arena_printf(arena, "%s%s", owner_of(arena, user_id), secret);

	TRY(site_key_encrypt(db, arena, "second-factor", owned, &encrypted));
	TRY(query_run(db, begin_second_factor, BIND(INT("user", user_id), TEXT("secret", encrypted), INT("now", now))));
	return db_changed_rows(db) == 0 ? CONFLICT : OK;
}

QUERY(confirm_second_factor, "UPDATE second_factor SET confirmed = :now, step = :step WHERE user_id = :user AND confirmed = 0");

enum status
second_factor_confirm(struct db *db, int64_t user_id, int64_t step, int64_t now)
{
	TRY(query_run(db, confirm_second_factor, BIND(INT("user", user_id), INT("step", step), INT("now", now))));
	return db_changed_rows(db) == 0 ? NOT_FOUND : audit_add_user(db, AUDIT_SECOND_FACTOR_ON, user_id, NULL, NULL);
}

QUERY(use_step, "UPDATE second_factor SET step = :step WHERE user_id = :user AND confirmed > 0 AND step < :step");

enum status
second_factor_use(struct db *db, int64_t user_id, int64_t step)
{
	TRY(query_run(db, use_step, BIND(INT("user", user_id), INT("step", step))));
	return db_changed_rows(db) == 0 ? NOT_FOUND : OK;
}

QUERY(end_second_factor, "DELETE FROM second_factor WHERE user_id = :user");
QUERY(end_codes, "DELETE FROM recovery_code WHERE user_id = :user");

enum status
second_factor_end(struct db *db, int64_t user_id)
{
	TRY(query_run(db, end_codes, BIND(INT("user", user_id))));
	TRY(query_run(db, end_second_factor, BIND(INT("user", user_id))));
	return db_changed_rows(db) == 0 ? NOT_FOUND : audit_add_user(db, AUDIT_SECOND_FACTOR_OFF, user_id, NULL, NULL);
}

/* --- recovery codes -------------------------------------------------------------- */

static enum status
code_id(struct db *db, struct arena *arena, int64_t user_id, const char *letters, const char **ret_id)
{
	return site_key_sign(db, arena, "recovery", arena_printf(arena, "%lld %s", (long long)user_id, letters), ret_id);
}

QUERY(add_code, "INSERT INTO recovery_code (id, user_id, created) VALUES (:id, :user, :now)");

enum status
recovery_code_renew(struct db *db, struct arena *arena, int64_t user_id, int64_t now, const char **ret_codes)
{
	const char *codes[RECOVERY_CODES], *id;

	TRY(query_run(db, end_codes, BIND(INT("user", user_id))));
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		const char *letters = token_letters(arena, RECOVERY_LETTERS);
		TRY(code_id(db, arena, user_id, letters, &id));
		TRY(query_run(db, add_code, BIND(TEXT("id", id), INT("user", user_id), INT("now", now))));
		codes[i] = arena_printf(arena, "%.*s-%.*s-%s", RECOVERY_GROUP, letters, RECOVERY_GROUP, letters + RECOVERY_GROUP,
			letters + (ptrdiff_t)2 * RECOVERY_GROUP);
	}
	memcpy(ret_codes, codes, sizeof(codes));
	return OK;
}

/* Normalises a code that was typed by hand: lower-case, without spaces and hyphens. */
static const char *
letters_of(struct arena *arena, const char *code)
{
	char *letters = arena_dup(arena, code), *end = letters;

	for (; *code != '\0'; code++)
		if (*code >= 'A' && *code <= 'Z')
			*end++ = (char)(*code - 'A' + 'a');
		else if (*code != ' ' && *code != '-')
			*end++ = *code;
	*end = '\0';
	return letters;
}

QUERY(use_code, "DELETE FROM recovery_code WHERE id = :id AND user_id = :user");

enum status
recovery_code_use(struct db *db, struct arena *arena, int64_t user_id, const char *code)
{
	const char *id;

	TRY(code_id(db, arena, user_id, letters_of(arena, code), &id));
	TRY(query_run(db, use_code, BIND(TEXT("id", id), INT("user", user_id))));
	return db_changed_rows(db) == 0 ? NOT_FOUND : OK;
}

QUERY(count_codes, "SELECT count(*) FROM recovery_code WHERE user_id = :user");

enum status
recovery_code_left(struct db *db, int64_t user_id, int64_t *ret_left)
{
	return query_integer(db, count_codes, ret_left, BIND(INT("user", user_id)));
}

/* --- sign-ins that wait for the second factor ------------------------------------- */

QUERY(sweep_challenges,
	"DELETE FROM sign_in_challenge WHERE id IN (SELECT id FROM sign_in_challenge WHERE expires <= :now ORDER BY expires LIMIT 100)");
QUERY(add_challenge, "INSERT INTO sign_in_challenge (id, user_id, by_link, expires) VALUES (:id, :user, :link, :expires)");

enum status
sign_in_challenge_add(struct db *db, struct arena *arena, int64_t user_id, bool by_link, int64_t now, const char **ret_token)
{
	const char *token = token_new(arena);

	TRY(query_run(db, sweep_challenges, BIND(INT("now", now))));
	TRY(query_run(db, add_challenge, BIND(TEXT("id", digest_text(arena, token)), INT("user", user_id), INT("link", by_link),
		INT("expires", now + SIGN_IN_CHALLENGE_SECONDS))));
	*ret_token = token;
	return OK;
}

QUERY(user_of_challenge,
	"SELECT" USER_COLUMNS " FROM sign_in_challenge AS h JOIN site_user AS u ON u.id = h.user_id"
	" WHERE h.id = :id AND h.expires > :now AND u.disabled = 0");

QUERY(way_of_challenge, "SELECT by_link FROM sign_in_challenge WHERE id = :id");

enum status
sign_in_challenge_user(struct db *db, struct arena *arena, const char *token, int64_t now, struct user *ret_user, bool *ret_by_link)
{
	const char *id = digest_text(arena, token);
	int64_t by_link;

	TRY(query_one(db, arena, user_of_challenge, &user_row, ret_user, BIND(TEXT("id", id), INT("now", now))));
	TRY(query_integer(db, way_of_challenge, &by_link, BIND(TEXT("id", id))));
	*ret_by_link = by_link != 0;
	return OK;
}

QUERY(end_challenges, "DELETE FROM sign_in_challenge WHERE user_id = :user");

enum status
sign_in_challenge_end(struct db *db, int64_t user_id)
{
	return query_run(db, end_challenges, BIND(INT("user", user_id)));
}
