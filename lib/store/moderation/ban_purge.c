/* Rejects everything that a banned account, network or name wrote, a few comments at a time. */
#include "core/str.h"
#include "store/moderation/ban.h"
#include "store/moderation/decision.h"

enum { PURGED_AT_ONCE = 50 };

QUERY(add_purge,
	"INSERT INTO moderation_purge (ban_id, user_id, created) VALUES (:ban, :user, :now)"
	" ON CONFLICT (ban_id) DO UPDATE SET user_id = excluded.user_id, created = excluded.created");

enum status
ban_purge(struct db *db, int64_t ban_id, int64_t user_id, int64_t now)
{
	return query_run(db, add_purge, BIND(INT("ban", ban_id), REFERENCE("user", user_id), INT("now", now)));
}

struct purge {
	int64_t ban_id, user_id, created;
};
static const struct column purge_columns[] = {
	COLUMN_INT(struct purge, ban_id),
	COLUMN_INT(struct purge, user_id),
	COLUMN_INT(struct purge, created),
	{ 0 },
};
static const struct row purge_row = { sizeof(struct purge), purge_columns };

QUERY(next_purge, "SELECT ban_id, user_id, created FROM moderation_purge WHERE ban_id > 0 ORDER BY ban_id LIMIT 1");
QUERY(end_purge, "DELETE FROM moderation_purge WHERE ban_id = :ban");

struct purged {
	int64_t id, version;
};
static const struct column purged_columns[] = { COLUMN_INT(struct purged, id), COLUMN_INT(struct purged, version), { 0 } };
static const struct row purged_row = { sizeof(struct purged), purged_columns };

#define PURGED(condition) \
	"SELECT id, version FROM comment WHERE " condition " AND state IN ('shown', 'held', 'hidden') AND created <= :until LIMIT :most"
QUERY_WITH(QUERY_UNORDERED, purged_of_user, PURGED("user_id = :user"));
QUERY_WITH(QUERY_UNORDERED, purged_of_network, PURGED("network = :network AND network <> ''"));
QUERY_WITH(QUERY_UNORDERED, purged_of_name, PURGED("name = :name AND user_id IS NULL"));

static enum status
list_purged(struct db *db, struct arena *arena, const struct ban *ban, int64_t until, struct purged **ret_comments, size_t *ret_count)
{
	if (str_equal(ban->kind, "account"))
		return query_list(db, arena, purged_of_user, &purged_row, ret_comments, ret_count,
			BIND(INT("user", ban->user_id), INT("until", until), INT("most", PURGED_AT_ONCE)));
	if (str_equal(ban->kind, "network"))
		return query_list(db, arena, purged_of_network, &purged_row, ret_comments, ret_count,
			BIND(TEXT("network", ban->subject), INT("until", until), INT("most", PURGED_AT_ONCE)));
	return query_list(db, arena, purged_of_name, &purged_row, ret_comments, ret_count,
		BIND(TEXT("name", ban->name), INT("until", until), INT("most", PURGED_AT_ONCE)));
}

enum status
ban_purge_is_due(struct db *db, bool *ret_due)
{
	return query_exists(db, next_purge, ret_due, BIND());
}

enum status
ban_purge_next(struct db *db, struct arena *arena, int64_t now)
{
	struct purged *comments;
	struct purge purge;
	struct ban ban;
	size_t count;
	int64_t id;

	TRY(query_one(db, arena, next_purge, &purge_row, &purge, BIND()));
	TRY(ban_by_id(db, arena, purge.ban_id, &ban));
	TRY(list_purged(db, arena, &ban, purge.created, &comments, &count));
	for (size_t i = 0; i < count; i++)
		TRY(decision_make(db, arena, &(struct decision){ .action = "reject", .comment_id = comments[i].id, .version = comments[i].version,
			.user_id = purge.user_id, .created = now, .heading = "", .note = ban.note }, &id));
	return count == PURGED_AT_ONCE ? OK : query_run(db, end_purge, BIND(INT("ban", purge.ban_id)));
}
