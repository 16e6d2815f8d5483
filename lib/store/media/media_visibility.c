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
#include "store/post/post_columns.h"

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

/* Calls on the file and each of its sizes. */
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

/* What is not there any more has been moved already. */
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

	/* Where nothing lies nothing needs a new folder; most posts change nothing. */
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

/* --- what a post shows ------------------------------------------------------------------- */

struct use {
	int64_t media_id;
	const char *digest;
};
static const struct column use_columns[] = {
	COLUMN_INT(struct use, media_id),
	COLUMN_TEXT(struct use, digest),
	{ 0 },
};
static const struct row use_row = { sizeof(struct use), use_columns };

struct parts {
	int64_t cover_id, enclosure_id, transcript_id;
};
static const struct column parts_columns[] = {
	COLUMN_INT(struct parts, cover_id),
	COLUMN_INT(struct parts, enclosure_id),
	COLUMN_INT(struct parts, transcript_id),
	{ 0 },
};
static const struct row parts_row = { sizeof(struct parts), parts_columns };

QUERY(uses_of, "SELECT media_id FROM media_use WHERE post_id = :post ORDER BY media_id");
QUERY(parts_of,
	"SELECT p.cover_id, p.enclosure_id, r.transcript_id FROM post AS p LEFT JOIN recording AS r ON r.post_id = p.id WHERE p.id = :post");
QUERY_WITH(QUERY_UNORDERED, links_of,
	"SELECT l.media_id, m.digest FROM post_link AS l JOIN media AS m ON m.id = l.media_id WHERE l.post_id = :post");
QUERY_WITH(QUERY_UNORDERED, tried_covers,
	"SELECT v.cover_id AS media_id FROM experiment AS t JOIN experiment_variant AS v ON v.experiment_id = t.id"
	" WHERE t.post_id = :post AND v.cover_id IS NOT NULL");
QUERY(forget_uses, "DELETE FROM media_use WHERE post_id = :post");
/* One row at a time, see post_save.c. */
QUERY(add_use,
	"INSERT INTO media_use (post_id, media_id, teaser) VALUES (:post, :media, :teaser)"
	" ON CONFLICT (post_id, media_id) DO UPDATE SET teaser = CASE WHEN media_use.teaser > excluded.teaser THEN media_use.teaser ELSE excluded.teaser END");

static enum status
use(struct db *db, int64_t post_id, int64_t media_id, bool teaser)
{
	return media_id == 0 ? OK : query_run(db, add_use, BIND(INT("post", post_id), INT("media", media_id), INT("teaser", teaser)));
}

/* A trial keeps its pictures, one that has ended as well: its results show them. */
static enum status
use_tried_covers(struct db *db, struct arena *arena, int64_t post_id)
{
	struct use *covers;
	size_t count;

	TRY(query_list(db, arena, tried_covers, &use_row, &covers, &count, BIND(INT("post", post_id))));
	for (size_t i = 0; i < count; i++)
		TRY(use(db, post_id, covers[i].media_id, true));
	return OK;
}

/* A picture counts where the stored text shows it; what an import once brought and nobody shows any more does not. */
static enum status
use_links(struct db *db, struct arena *arena, int64_t post_id)
{
	struct post_text text;
	struct use *links;
	size_t count;

	TRY(query_list(db, arena, links_of, &use_row, &links, &count, BIND(INT("post", post_id))));
	if (count == 0)
		return OK;
	TRY(post_text(db, arena, post_id, &text));
	for (size_t i = 0; i < count; i++) {
		bool teaser = strstr(text.open_xhtml, links[i].digest) != NULL;
		if (teaser || strstr(text.full_xhtml, links[i].digest) != NULL)
			TRY(use(db, post_id, links[i].media_id, teaser));
	}
	return OK;
}

QUERY(mark_public, "UPDATE media SET public = :public WHERE id = :media AND public <> :public");

/* Closes a file now, or has it opened when the transaction is kept. */
static enum status
settle(struct db *db, struct arena *arena, int64_t media_id)
{
	struct media media;
	bool open, moved;

	TRY(media_by_id(db, arena, media_id, &media));
	TRY(media_access_is_public(db, arena, &media, clock_now(), &open));
	if (open) {
		db_open_after_commit(db, media_id);
		return OK;
	}
	TRY(move(arena, db_media_folder(db), &media, false, &moved));
	return query_run(db, mark_public, BIND(INT("media", media_id), INT("public", 0)));
}

enum status
media_visibility_post(struct db *db, struct arena *arena, int64_t post_id)
{
	struct use *before, *after;
	size_t before_count, after_count;
	struct parts parts;

	TRY(query_list(db, arena, uses_of, &use_row, &before, &before_count, BIND(INT("post", post_id))));
	if (before_count > 0)
		TRY(query_run(db, forget_uses, BIND(INT("post", post_id))));
	TRY(query_one(db, arena, parts_of, &parts_row, &parts, BIND(INT("post", post_id))));
	TRY(use(db, post_id, parts.cover_id, true));
	TRY(use(db, post_id, parts.enclosure_id, false));
	TRY(use(db, post_id, parts.transcript_id, false));
	TRY(use_links(db, arena, post_id));
	TRY(use_tried_covers(db, arena, post_id));
	if (db_media_folder(db) == NULL)
		return OK;
	TRY(query_list(db, arena, uses_of, &use_row, &after, &after_count, BIND(INT("post", post_id))));
	for (size_t i = 0; i < before_count; i++)
		TRY(settle(db, arena, before[i].media_id));
	for (size_t i = 0; i < after_count; i++)
		TRY(settle(db, arena, after[i].media_id));
	return OK;
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
	return status == OK ? settle(db, arena, media.id) : status == NOT_FOUND ? OK : status;
}

/* --- opening, and putting right -------------------------------------------------------------- */

/* In a write transaction, so that nobody can close it at the same time: looked at again, then moved. */
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

void
media_visibility_open_waiting(struct db *db, const int64_t *ids, size_t count)
{
	bool moved;

	for (size_t i = 0; i < count; i++) {
		enum status status = put_right_alone(db, db_media_folder(db), ids[i], clock_now(), &moved);
		if (status != OK)
			log_line(LOG_WARNING, "media", "file %lld stays behind the gate for now (%s); renown work opens it", (long long)ids[i],
				status_name(status));
	}
}

/* What lies closed though some post shows it to everybody by now. */
QUERY_WITH(QUERY_UNORDERED, became_due,
	"SELECT m.id AS media_id FROM media AS m WHERE m.public = 0 AND EXISTS (SELECT 1 FROM media_use AS u JOIN post AS p ON p.id = u.post_id"
	" WHERE u.media_id = m.id AND p.state = 'published' AND p.published <= :now AND (p.access = 'public' OR u.teaser = 1))");
/* What lies open though some post that shows it is not for everybody. */
QUERY_WITH(QUERY_SCANS | QUERY_UNORDERED, misplaced,
	"SELECT DISTINCT u.media_id FROM media_use AS u JOIN post AS p ON p.id = u.post_id JOIN media AS m ON m.id = u.media_id"
	" WHERE m.public = 1 AND (p.state <> 'published' OR p.published > :now OR (p.access <> 'public' AND u.teaser = 0))");

enum status
media_visibility_count_wrong(struct db *db, int64_t now, int64_t *ret_count)
{
	struct arena *arena = arena_new();
	struct use *wrong;
	size_t count = 0;
	int64_t misplaced_count = 0;
	enum status status = query_list(db, arena, misplaced, &use_row, &wrong, &count, BIND(INT("now", now)));

	/* One post that is not for everybody does not make it wrong: another may be. */
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
	struct use *wrong;
	size_t count;

	TRY(query_list(db, arena, query, &use_row, &wrong, &count, BIND(INT("now", now))));
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
