#include "store/media/media_visibility.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "store/db/db.h"
#include "store/media/media_file.h"
#include "store/media/media_access.h"

/* --- files -------------------------------------------------------------------------- */

const char *
media_visibility_path(struct arena *arena, const char *folder, const struct media *media)
{
	const char *path = media_path(arena, media), *closed = arena_printf(arena, MEDIA_PRIVATE "%s", path);

	return access(arena_printf(arena, "%s/%s", folder, closed), F_OK) == 0 ? closed : path;
}

enum status
media_each_size(struct arena *arena, const struct media *media, enum status (*each)(void *context, const char *path), void *context)
{
	const char *width = media->widths;

	while (!str_empty(width)) {
		char *end;
		long pixels = strtol(width, &end, 10);
		if (end == width)
			break;
		TRY(each(context, media_variant_path(arena, media->digest, pixels)));
		width = end;
	}
	return OK;
}

/* Calls each() for the file and each of its smaller sizes. */
static enum status
each_path(struct arena *arena, const struct media *media, enum status (*each)(void *context, const char *path), void *context)
{
	TRY(each(context, media_path(arena, media)));
	return media_each_size(arena, media, each, context);
}

struct move {
	struct arena *arena;
	const char *folder, *from, *to; /* "" or MEDIA_PRIVATE */
	bool moved;
};

/* A file that is missing has already been moved. */
static enum status
move_one(void *context, const char *path)
{
	struct move *move = context;
	const char *from = arena_printf(move->arena, "%s/%s%s", move->folder, move->from, path);
	const char *to = arena_printf(move->arena, "%s/%s%s", move->folder, move->to, path);

	if (rename(from, to) == 0) {
		move->moved = true;
		return OK;
	}
	return errno == ENOENT ? OK : file_failed("rename", from);
}

static enum status
move(struct arena *arena, const char *folder, const struct media *media, bool open, bool *ret_moved)
{
	struct move moving = { arena, folder, open ? MEDIA_PRIVATE : "", open ? "" : MEDIA_PRIVATE, false };
	const char *from = arena_printf(arena, "%s/%s%.2s", folder, moving.from, media->digest), *to;

	/* If there is no source folder, there is nothing to move. Most changes of posts move nothing. */
	if (access(from, F_OK) == 0) {
		TRY(file_need_folder(arena, folder, moving.to, media->digest, &to));
		TRY(each_path(arena, media, move_one, &moving));
		if (moving.moved) {
			TRY(file_sync(to, O_DIRECTORY));
			TRY(file_sync(from, O_DIRECTORY));
		}
	}
	*ret_moved = moving.moved;
	return OK;
}

static enum status
remove_one(void *context, const char *path)
{
	struct move *where = context;

	(void)unlink(arena_printf(where->arena, "%s/%s", where->folder, path));
	(void)unlink(arena_printf(where->arena, "%s/" MEDIA_PRIVATE "%s", where->folder, path));
	return OK;
}

void
media_remove_file(struct arena *arena, const char *folder, const struct media *media)
{
	struct move where = { .arena = arena, .folder = folder };

	(void)each_path(arena, media, remove_one, &where);
}

/* --- making files public ------------------------------------------------------------------- */

QUERY(mark_public, "UPDATE media SET public = :public WHERE id = :media AND public <> :public");

/*
 * Checks again and moves the file, inside a write transaction, so that nobody can make it private at the same time.
 */
static enum status
put_right(struct db *db, struct arena *arena, const char *folder, int64_t id, int64_t now, bool *ret_moved)
{
	struct media media;
	enum status status = media_by_id(db, arena, id, &media);
	bool open;

	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	TRY(media_access_is_public(db, arena, &media, now, &open));
	TRY(move(arena, folder, &media, open, ret_moved));
	return query_run(db, mark_public, BIND(INT("media", id), INT("public", open)));
}

static enum status
put_right_alone(struct db *db, const char *folder, int64_t id, int64_t now, bool *ret_moved)
{
	struct arena *arena = arena_new();
	enum status status = db_begin_private(db);

	if (status == OK)
		status = put_right(db, arena, folder, id, now, ret_moved);
	if (status == OK)
		status = db_commit(db);
	db_end(db);
	arena_free(arena);
	return status;
}

/* For db_run_after_commit(). If this fails, it is logged and the file stays private. */
static void
open_committed(struct db *db, int64_t media_id)
{
	bool moved;
	enum status status = put_right_alone(db, db_media_folder(db), media_id, clock_now(), &moved);

	if (status != OK)
		log_line(LOG_WARNING, "media", "file %lld stays private for now (%s); renown work makes it public", (long long)media_id,
			status_name(status));
}

/* --- making files private ------------------------------------------------------------------ */

enum status
media_visibility_settle(struct db *db, struct arena *arena, int64_t media_id)
{
	struct media media;
	bool open, moved;

	TRY(media_by_id(db, arena, media_id, &media));
	TRY(media_access_is_public(db, arena, &media, clock_now(), &open));
	if (open) {
		db_run_after_commit(db, open_committed, media_id);
		return OK;
	}
	TRY(move(arena, db_media_folder(db), &media, false, &moved));
	return query_run(db, mark_public, BIND(INT("media", media_id), INT("public", 0)));
}

enum status
media_visibility_site(struct db *db, struct arena *arena, const char *path)
{
	enum { FOLDER = 3, DIGEST = 64 };
	struct media media;
	enum status status;

	if (db_media_folder(db) == NULL || strlen(path) < FOLDER + DIGEST)
		return OK;
	status = media_by_digest(db, arena, arena_bytes(arena, path + FOLDER, DIGEST), &media);
	return status == OK ? media_visibility_settle(db, arena, media.id) : status == NOT_FOUND ? OK : status;
}

/* --- repair ---------------------------------------------------------------------------------- */

struct misplaced {
	int64_t media_id;
};
static const struct column misplaced_columns[] = {
	COLUMN_INT(struct misplaced, media_id),
	{ 0 },
};
static const struct row misplaced_row = { sizeof(struct misplaced), misplaced_columns };

/* Private files that a post now shows to everyone. */
QUERY_WITH(QUERY_UNORDERED, became_due,
	"SELECT m.id AS media_id FROM media AS m WHERE m.public = 0 AND EXISTS (SELECT 1 FROM media_use AS u JOIN post AS p ON p.id = u.post_id"
	" WHERE u.media_id = m.id AND p.state = 'published' AND p.published <= :now AND (p.access = 'public' OR u.teaser = 1))");
/* Public files that are shown by a post which is not public. */
QUERY_WITH(QUERY_SCANS | QUERY_UNORDERED, misplaced,
	"SELECT DISTINCT u.media_id FROM media_use AS u JOIN post AS p ON p.id = u.post_id JOIN media AS m ON m.id = u.media_id"
	" WHERE m.public = 1 AND (p.state <> 'published' OR p.published > :now OR (p.access <> 'public' AND u.teaser = 0))");

enum status
media_visibility_count_wrong(struct db *db, int64_t now, int64_t *ret_count)
{
	struct arena *arena = arena_new();
	struct misplaced *wrong;
	size_t count = 0;
	int64_t misplaced_count = 0;
	enum status status = query_list(db, arena, misplaced, &misplaced_row, &wrong, &count, BIND(INT("now", now)));

	/* The file may still be public because of another post. */
	for (size_t i = 0; i < count && status == OK; i++) {
		struct media media;
		bool open = true;
		status = media_by_id(db, arena, wrong[i].media_id, &media);
		if (status == OK)
			status = media_access_is_public(db, arena, &media, now, &open);
		misplaced_count += !open;
	}
	arena_free(arena);
	if (status == OK)
		*ret_count = misplaced_count;
	return status;
}

static enum status
put_all_right(struct db *db, struct arena *arena, const struct query *query, const char *folder, int64_t now, int64_t *moved_count)
{
	struct misplaced *wrong;
	size_t count;

	TRY(query_list(db, arena, query, &misplaced_row, &wrong, &count, BIND(INT("now", now))));
	for (size_t i = 0; i < count; i++) {
		bool moved = false;
		TRY(put_right_alone(db, folder, wrong[i].media_id, now, &moved));
		*moved_count += moved;
	}
	return OK;
}

enum status
media_visibility_repair(struct db *db, const char *folder, int64_t now, bool thorough, int64_t *ret_moved)
{
	struct arena *arena = arena_new();
	int64_t moved = 0;
	enum status status = put_all_right(db, arena, became_due, folder, now, &moved);

	if (status == OK && thorough)
		status = put_all_right(db, arena, misplaced, folder, now, &moved);
	arena_free(arena);
	if (status == OK)
		*ret_moved = moved;
	return status;
}
