#include "store/moderation/ban.h"

#include "core/str.h"
#include "core/text.h"
#include "store/audit/audit.h"
#include "store/user/user.h"

#define N_(message) message /* translated where it is shown */

const struct field_choice ban_kinds[] = { { "account", N_("This account") }, { "network", N_("This network") }, { "name", N_("This name") }, { 0 } };

const struct field_choice ban_days[] = {
	{ "1", N_("1 day") }, { "7", N_("7 days") }, { "30", N_("30 days") }, { "365", N_("1 year") }, { "0", N_("No end") }, { 0 },
};

static const struct column ban_columns[] = {
	COLUMN_INT(struct ban, id),
	COLUMN_TEXT(struct ban, kind),
	COLUMN_TEXT(struct ban, subject),
	COLUMN_INT(struct ban, user_id),
	COLUMN_TEXT(struct ban, name),
	COLUMN_TEXT(struct ban, note),
	COLUMN_INT(struct ban, created),
	COLUMN_INT(struct ban, created_by),
	COLUMN_INT(struct ban, expires),
	{ 0 },
};
static const struct row ban_row = { sizeof(struct ban), ban_columns };
#define BAN_COLUMNS "id, kind, subject, user_id, name, note, created, created_by, expires"

const char *
ban_subject_name(struct arena *arena, const char *name)
{
	return text_letters(arena, text_fold_accents(arena, name));
}

QUERY(ban_of,
	"SELECT 1 FROM moderation_ban WHERE kind = :kind AND subject = :subject AND (expires = 0 OR expires > :now)");

static enum status
holds(struct db *db, const char *kind, const char *subject, int64_t now, bool *holds)
{
	int64_t one;
	enum status status;

	if (*holds || *subject == '\0')
		return OK;
	status = query_integer(db, ban_of, &one, BIND(TEXT("kind", kind), TEXT("subject", subject), INT("now", now)));
	if (status != NOT_FOUND)
		TRY(status);
	*holds = status == OK;
	return OK;
}

enum status
ban_holds(struct db *db, struct arena *arena, int64_t user_id, const char *network, const char *name, int64_t now, bool *ret_holds)
{
	bool found = false;

	TRY(holds(db, "account", user_id == 0 ? "" : arena_printf(arena, "%lld", (long long)user_id), now, &found));
	TRY(holds(db, "network", network, now, &found));
	TRY(holds(db, "name", ban_subject_name(arena, name), now, &found));
	*ret_holds = found;
	return OK;
}

QUERY(put_ban,
	"INSERT INTO moderation_ban (kind, subject, user_id, name, note, created, created_by, expires)"
	" VALUES (:kind, :subject, :user, :name, :note, :created, :by, :expires)"
	" ON CONFLICT (kind, subject) DO UPDATE SET name = excluded.name, note = excluded.note, created = excluded.created,"
	" created_by = excluded.created_by, expires = excluded.expires RETURNING id");

enum status
ban_add(struct db *db, struct arena *arena, const struct ban *ban, int64_t *ret_id)
{
	bool account = str_equal(ban->kind, "account"), network = str_equal(ban->kind, "network"), name = str_equal(ban->kind, "name");
	const char *subject = account ? arena_printf(arena, "%lld", (long long)ban->user_id) : name ? ban_subject_name(arena, ban->subject) : ban->subject;
	int64_t expires = ban->expires;
	struct user user;

	if ((!account && !network && !name) || *subject == '\0')
		return INVALID;
	if (account) {
		TRY(user_by_id(db, arena, ban->user_id, &user));
		if (user_may(&user, RIGHT_WRITE) || user_may(&user, RIGHT_MODERATE))
			return INVALID;
	}
	if (network && (expires == 0 || expires > ban->created + BAN_NETWORK_SECONDS))
		expires = ban->created + BAN_NETWORK_SECONDS;
	TRY(query_insert(db, put_ban, ret_id, BIND(TEXT("kind", ban->kind), TEXT("subject", subject), REFERENCE("user", account ? ban->user_id : 0),
		TEXT("name", ban->name), TEXT("note", ban->note), INT("created", ban->created), REFERENCE("by", ban->created_by), INT("expires", expires))));
	return account ? audit_add_user(db, AUDIT_BAN_ADDED, ban->user_id, NULL, ban->note)
		: audit_add(db, AUDIT_BAN_ADDED, arena_printf(arena, "%s: %s", ban->kind, ban->name), NULL, ban->note);
}

QUERY(one_ban, "SELECT " BAN_COLUMNS " FROM moderation_ban WHERE id = :id");

enum status
ban_by_id(struct db *db, struct arena *arena, int64_t id, struct ban *ret_ban)
{
	return query_one(db, arena, one_ban, &ban_row, ret_ban, BIND(INT("id", id)));
}

QUERY(remove_ban, "DELETE FROM moderation_ban WHERE id = :id");

enum status
ban_end(struct db *db, struct arena *arena, int64_t id)
{
	struct ban ban;

	TRY(ban_by_id(db, arena, id, &ban));
	TRY(query_run(db, remove_ban, BIND(INT("id", id))));
	return ban.user_id != 0 ? audit_add_user(db, AUDIT_BAN_ENDED, ban.user_id, ban.note, NULL)
		: audit_add(db, AUDIT_BAN_ENDED, arena_printf(arena, "%s: %s", ban.kind, ban.name), ban.note, NULL);
}

QUERY(newest_bans, "SELECT " BAN_COLUMNS " FROM moderation_ban WHERE id < :before ORDER BY id DESC LIMIT :most");

enum status
ban_list(struct db *db, struct arena *arena, int64_t before, struct ban **ret_bans, size_t *ret_count)
{
	return query_list(db, arena, newest_bans, &ban_row, ret_bans, ret_count, BIND(INT("before", before == 0 ? INT64_MAX : before), INT("most", BANS_PAGE + 1)));
}

QUERY(ended_bans, "SELECT " BAN_COLUMNS " FROM moderation_ban WHERE expires > 0 AND expires <= :now ORDER BY expires LIMIT 100");

enum status
ban_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, ended_bans, ret_due, BIND(INT("now", now)));
}

enum status
ban_sweep(struct db *db, struct arena *arena, int64_t now)
{
	struct ban *bans;
	size_t count;

	TRY(query_list(db, arena, ended_bans, &ban_row, &bans, &count, BIND(INT("now", now))));
	for (size_t i = 0; i < count; i++)
		TRY(ban_end(db, arena, bans[i].id));
	return OK;
}
