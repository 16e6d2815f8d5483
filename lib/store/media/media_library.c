#include "store/media/media_library.h"

#include <ctype.h>
#include <unistd.h>

#include "core/str.h"
#include "store/media/media_visibility.h"
#include "store/post/post_columns.h"

/* --- reading -------------------------------------------------------------------------- */

#define WANTED " m.replaced_by IS NULL AND substr(m.type, 1, length(:type)) = :type" \
	" AND (:words = '' OR instr(lower(m.name), :words) > 0 OR instr(lower(m.alt), :words) > 0)"

QUERY(media_library_all,
	"SELECT" MEDIA_COLUMNS " FROM media AS m WHERE m.id < :before AND" WANTED " ORDER BY m.id DESC LIMIT :limit");
QUERY(media_library_own,
	"SELECT" MEDIA_COLUMNS " FROM media_owner AS o JOIN media AS m ON m.id = o.media_id"
	" WHERE o.user_id = :user AND o.media_id < :before AND" WANTED " ORDER BY o.media_id DESC LIMIT :limit");

/* The same as SQLite's lower(): ASCII letters only. */
static const char *
lower(struct arena *arena, const char *words)
{
	char *copy = arena_dup(arena, words);

	for (char *c = copy; *c != '\0'; c++)
		if (isascii((unsigned char)*c))
			*c = (char)tolower((unsigned char)*c);
	return copy;
}

enum status
media_library_list(struct db *db, struct arena *arena, const struct user *user, const char *type, const char *words,
	int64_t before_id, struct media **ret_media, size_t *ret_count)
{
	int64_t before = before_id == 0 ? INT64_MAX : before_id;
	const char *wanted = lower(arena, words);

	if (user_may(user, RIGHT_EDIT))
		return query_list(db, arena, media_library_all, &media_row, ret_media, ret_count, BIND(INT("before", before),
			TEXT("type", type), TEXT("words", wanted), INT("limit", MEDIA_LIBRARY_PAGE + 1)));
	return query_list(db, arena, media_library_own, &media_row, ret_media, ret_count, BIND(INT("before", before),
		TEXT("type", type), TEXT("words", wanted), INT("limit", MEDIA_LIBRARY_PAGE + 1), INT("user", user->id)));
}

QUERY(media_library_one,
	"SELECT" MEDIA_COLUMNS " FROM media AS m WHERE m.id = :id AND m.replaced_by IS NULL"
	" AND (:all = 1 OR EXISTS (SELECT 1 FROM media_owner WHERE user_id = :user AND media_id = m.id))");

enum status
media_library_get(struct db *db, struct arena *arena, const struct user *user, int64_t id, struct media *ret_media)
{
	if (!user_may(user, RIGHT_WRITE))
		return NOT_FOUND;
	return query_one(db, arena, media_library_one, &media_row, ret_media,
		BIND(INT("id", id), INT("user", user->id), INT("all", user_may(user, RIGHT_EDIT))));
}

QUERY_WITH(QUERY_SORTS, users_of,
	"SELECT" POST_COLUMNS " FROM media_use AS u JOIN post AS p ON p.id = u.post_id" POST_JOINS
	" WHERE u.media_id = :media ORDER BY u.post_id DESC LIMIT :limit");

enum status
media_library_uses(struct db *db, struct arena *arena, int64_t media_id, struct post **ret_posts, size_t *ret_count)
{
	return post_many(db, arena, users_of, ret_posts, ret_count, BIND(INT("media", media_id), INT("limit", MEDIA_LIBRARY_USES + 1)));
}

QUERY(total, "SELECT bytes FROM media_total WHERE id = 1");

enum status
media_library_room(struct db *db, long long quota_mib, int64_t *ret_bytes)
{
	int64_t used;

	TRY(query_integer(db, total, &used, BIND()));
	if (quota_mib <= 0)
		*ret_bytes = INT64_MAX;
	else
		*ret_bytes = quota_mib * 1024 * 1024 > used ? quota_mib * 1024 * 1024 - used : 0;
	return OK;
}

/* --- writing ---------------------------------------------------------------------------- */

QUERY(make_private, "UPDATE media SET public = 0 WHERE id = :id AND NOT EXISTS (SELECT 1 FROM media_use WHERE media_id = :id)");
QUERY(revive, "UPDATE media SET replaced_by = NULL, bytes = :bytes, variants_made = 0, widths = '' WHERE id = :id AND replaced_by IS NOT NULL");
QUERY(own,
	"INSERT INTO media_owner (user_id, media_id) VALUES (:user, :media) ON CONFLICT (user_id, media_id) DO NOTHING");

enum status
media_library_add(struct db *db, struct arena *arena, const char *folder, const struct user *user, struct media *media)
{
	if (access(arena_printf(arena, "%s/%s", folder, media_visibility_path(arena, folder, media)), F_OK) != 0)
		return BUSY;
	TRY(media_find_or_add(db, media, false));
	TRY(query_run(db, make_private, BIND(INT("id", media->id))));
	TRY(query_run(db, revive, BIND(INT("id", media->id), INT("bytes", media->bytes))));
	return query_run(db, own, BIND(INT("user", user->id), INT("media", media->id)));
}

QUERY(describe, "UPDATE media SET alt = :alt WHERE id = :id");

enum status
media_library_describe(struct db *db, int64_t media_id, const char *alt)
{
	return query_run(db, describe, BIND(INT("id", media_id), TEXT("alt", alt)));
}

QUERY_WITH(QUERY_SORTS, shared,
	"SELECT EXISTS (SELECT 1 FROM media_owner WHERE media_id = :id AND user_id <> :user)"
	" OR EXISTS (SELECT 1 FROM media_use AS m JOIN post AS p ON p.id = m.post_id WHERE m.media_id = :id AND p.author_id <> :user)"
	" OR EXISTS (SELECT 1 FROM setting WHERE instr(value, :digest) > 0)");

enum status
media_library_is_shared(struct db *db, const struct user *user, const struct media *media, bool *ret_shared)
{
	int64_t shared_with;

	TRY(query_integer(db, shared, &shared_with, BIND(INT("id", media->id), INT("user", user->id), TEXT("digest", media->digest))));
	*ret_shared = shared_with != 0;
	return OK;
}

QUERY(replace_covers, "UPDATE post SET cover_id = :fresh WHERE cover_id = :old");
QUERY(replace_tried_covers, "UPDATE experiment_variant SET cover_id = :fresh WHERE cover_id = :old");
QUERY(replace_recordings, "UPDATE post SET enclosure_id = :fresh WHERE enclosure_id = :old");
QUERY(replace_transcripts, "UPDATE recording SET transcript_id = :fresh WHERE transcript_id = :old");
QUERY(replace_links, "UPDATE post_link SET media_id = :fresh, target = :target WHERE media_id = :old");
QUERY(stale_texts,
	"UPDATE post_text SET renderer = '' WHERE post_id IN (SELECT post_id FROM media_use WHERE media_id = :id)");
QUERY(move_uses,
	"INSERT INTO media_use (post_id, media_id, teaser) SELECT post_id, :fresh, teaser FROM media_use WHERE media_id = :old"
	" ON CONFLICT (post_id, media_id) DO UPDATE SET teaser = CASE WHEN media_use.teaser > excluded.teaser THEN media_use.teaser ELSE excluded.teaser END");
QUERY(drop_uses, "DELETE FROM media_use WHERE media_id = :old");
QUERY(move_owners,
	"INSERT INTO media_owner (user_id, media_id) SELECT user_id, :fresh FROM media_owner WHERE media_id = :old"
	" ON CONFLICT (user_id, media_id) DO NOTHING");
QUERY(drop_owners, "DELETE FROM media_owner WHERE media_id = :old");
QUERY(lead_on, "UPDATE media SET replaced_by = :fresh WHERE replaced_by = :old");
QUERY(replace, "UPDATE media SET replaced_by = :fresh, bytes = 0 WHERE id = :old");
QUERY(keep_alt, "UPDATE media SET alt = :alt WHERE id = :fresh AND alt = ''");

enum status
media_library_replace(struct db *db, struct arena *arena, const struct media *old, const struct media *fresh)
{
	const struct query *const moves[] = { replace_covers, replace_tried_covers, replace_recordings, replace_transcripts, move_uses, move_owners,
		lead_on, replace };
	const char *target = arena_printf(arena, "/media/%s", media_path(arena, fresh));

	if (old->id == fresh->id)
		return OK;
	TRY(query_run(db, stale_texts, BIND(INT("id", old->id))));
	TRY(query_run(db, replace_links, BIND(INT("old", old->id), INT("fresh", fresh->id), TEXT("target", target))));
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		TRY(query_run(db, moves[i], BIND(INT("old", old->id), INT("fresh", fresh->id))));
	TRY(query_run(db, drop_uses, BIND(INT("old", old->id))));
	TRY(query_run(db, drop_owners, BIND(INT("old", old->id))));
	return query_run(db, keep_alt, BIND(INT("fresh", fresh->id), TEXT("alt", old->alt)));
}

QUERY(used,
	"SELECT EXISTS (SELECT 1 FROM media_use WHERE media_id = :id) OR EXISTS (SELECT 1 FROM post WHERE cover_id = :id)"
	" OR EXISTS (SELECT 1 FROM post WHERE enclosure_id = :id) OR EXISTS (SELECT 1 FROM recording WHERE transcript_id = :id)");
QUERY_WITH(QUERY_SORTS, worn, "SELECT count(*) FROM setting WHERE instr(value, :digest) > 0");
QUERY(disown, "DELETE FROM media_owner WHERE media_id = :id AND (user_id = :user OR :all = 1)");
QUERY(others, "SELECT count(*) FROM media_owner WHERE media_id = :id");
QUERY(unlink_posts, "DELETE FROM post_link WHERE media_id = :id");
QUERY(remove_led, "DELETE FROM media WHERE replaced_by = :id");
QUERY(remove_row, "DELETE FROM media WHERE id = :id");

enum status
media_library_remove(struct db *db, struct arena *arena, const struct user *user, const struct media *media, bool *ret_gone)
{
	const struct query *const steps[] = { unlink_posts, remove_led, remove_row };
	int64_t count, site;

	(void)arena;
	TRY(query_integer(db, used, &count, BIND(INT("id", media->id))));
	TRY(query_integer(db, worn, &site, BIND(TEXT("digest", media->digest))));
	if (count + site > 0)
		return CONFLICT;
	TRY(query_run(db, disown, BIND(INT("id", media->id), INT("user", user->id), INT("all", user_may(user, RIGHT_EDIT)))));
	TRY(query_integer(db, others, &count, BIND(INT("id", media->id))));
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]) && count == 0; i++)
		TRY(query_run(db, steps[i], BIND(INT("id", media->id))));
	*ret_gone = count == 0;
	return OK;
}

/* --- deleting files -------------------------------------------------------------------------- */

QUERY(needed, "SELECT count(*) FROM media WHERE digest = :digest AND replaced_by IS NULL");

/* Inside a write transaction, so that nobody can add the same bytes at the same time. */
static enum status
sweep(struct db *db, struct arena *arena, const char *folder, const struct media *media)
{
	int64_t count;

	TRY(query_integer(db, needed, &count, BIND(TEXT("digest", media->digest))));
	if (count == 0)
		media_remove_file(arena, folder, media);
	return OK;
}

enum status
media_library_sweep(struct db *db, struct arena *arena, const char *folder, const struct media *media)
{
	enum status status = db_begin_private(db);

	if (status == OK)
		status = sweep(db, arena, folder, media);
	db_end(db);
	return status;
}
