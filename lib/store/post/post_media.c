/* The media files that a post shows (table media_use), which decide about the files' visibility. */
#include "store/post/post_media.h"

#include <string.h>

#include "store/post/post.h"

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
/* One row at a time; for the reason see post_save.c. */
QUERY(add_use,
	"INSERT INTO media_use (post_id, media_id, teaser) VALUES (:post, :media, :teaser)"
	" ON CONFLICT (post_id, media_id) DO UPDATE SET teaser = CASE WHEN media_use.teaser > excluded.teaser THEN media_use.teaser ELSE excluded.teaser END");

static enum status
use(struct db *db, int64_t post_id, int64_t media_id, bool teaser)
{
	return media_id == 0 ? OK : query_run(db, add_use, BIND(INT("post", post_id), INT("media", media_id), INT("teaser", teaser)));
}

/* An A/B test keeps its images after it has ended, because its results show them. */
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

/* An image counts only where the stored text shows it, not if an import brought it and it is no longer shown. */
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

enum status
post_media_save(struct db *db, struct arena *arena, int64_t post_id)
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
		TRY(db_settle_media(db, arena, before[i].media_id));
	for (size_t i = 0; i < after_count; i++)
		TRY(db_settle_media(db, arena, after[i].media_id));
	return OK;
}
