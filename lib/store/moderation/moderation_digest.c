#include "store/moderation/moderation_digest.h"

QUERY(last_digest, "SELECT sent FROM moderation_digest WHERE user_id = :user");

enum status
moderation_digest_is_due(struct db *db, int64_t user_id, int64_t now, bool *ret_due)
{
	int64_t sent = 0;
	enum status status = query_integer(db, last_digest, &sent, BIND(INT("user", user_id)));

	if (status != NOT_FOUND)
		TRY(status);
	*ret_due = now - sent >= DIGEST_SECONDS;
	return OK;
}

QUERY(note_digest,
	"INSERT INTO moderation_digest (user_id, sent) VALUES (:user, :now) ON CONFLICT (user_id) DO UPDATE SET sent = excluded.sent");

enum status
moderation_digest_note(struct db *db, int64_t user_id, int64_t now)
{
	return query_run(db, note_digest, BIND(INT("user", user_id), INT("now", now)));
}
