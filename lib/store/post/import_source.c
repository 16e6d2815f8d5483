#include "store/post/import_source.h"

#include <string.h>

#include "store/post/post.h"

static const struct column import_source_columns[] = {
	COLUMN_INT(struct import_source, id),
	COLUMN_INT(struct import_source, work_id),
	COLUMN_INT(struct import_source, revision),
	COLUMN_INT(struct import_source, published),
	COLUMN_TEXT(struct import_source, source),
	COLUMN_TEXT(struct import_source, source_digest),
	COLUMN_TEXT(struct import_source, slug),
	COLUMN_TEXT(struct import_source, state),
	COLUMN_TEXT(struct import_source, access),
	COLUMN_INT(struct import_source, trashed),
	COLUMN_INT(struct import_source, edited),
	COLUMN_INT(struct import_source, decided),
	{ 0 },
};
static const struct row import_source_row = { sizeof(struct import_source), import_source_columns };

/* A change of state also writes a revision, with the state as its reason. */
#define LAST_IMPORT " (SELECT coalesce(max(number), 0) FROM revision WHERE post_id = p.id AND reason = 'import')"
#define IMPORT_SOURCE_COLUMNS \
	" p.id, p.work_id, p.revision, p.published, p.source, p.source_digest, p.slug, p.state, p.access, p.trashed," \
	" EXISTS (SELECT 1 FROM revision AS r WHERE r.post_id = p.id AND r.number >" LAST_IMPORT \
	"  AND r.reason NOT IN ('published', 'unpublished', 'draft')) AS edited," \
	" EXISTS (SELECT 1 FROM revision AS r WHERE r.post_id = p.id AND r.number >" LAST_IMPORT \
	"  AND r.reason IN ('published', 'unpublished', 'draft')) AS decided"

QUERY(by_source, "SELECT" IMPORT_SOURCE_COLUMNS " FROM post AS p WHERE p.source = :source");

enum status
import_source_find(struct db *db, struct arena *arena, const char *source, struct import_source *ret_source)
{
	return query_one(db, arena, by_source, &import_source_row, ret_source, BIND(TEXT("source", source)));
}

/* The end of the range is the prefix with its last byte increased by one. Prefixes end in '/'. */
QUERY(with_prefix,
	"SELECT" IMPORT_SOURCE_COLUMNS " FROM post AS p WHERE p.source >= :from AND p.source < :until ORDER BY p.source");
QUERY(count_prefix, "SELECT count(*) FROM post WHERE source >= :from AND source < :until");

enum status
import_source_each(struct db *db, const char *prefix, enum status (*each)(void *context, struct arena *arena, void *source),
	void *context, int64_t *ret_count)
{
	struct arena *arena = arena_new();
	char *until = arena_dup(arena, prefix);
	const struct value *range = BIND(TEXT("from", prefix), TEXT("until", until));
	enum status status;

	until[strlen(until) - 1]++;
	status = query_integer(db, count_prefix, ret_count, range);
	if (status == OK && each != NULL)
		status = query_each(db, with_prefix, &import_source_row, each, context, range);
	arena_free(arena);
	return status;
}

QUERY(slug_holder,
	"SELECT id FROM post WHERE slug = :slug UNION ALL SELECT post_id FROM post_slug WHERE slug = :slug LIMIT 1");

enum status
import_source_slug_holder(struct db *db, const char *slug, int64_t *ret_id)
{
	return query_integer(db, slug_holder, ret_id, BIND(TEXT("slug", slug)));
}

QUERY(set_source_digest, "UPDATE post SET source_digest = :digest WHERE id = :id");

enum status
import_source_unpublish(struct db *db, struct arena *arena, int64_t id, const char *source_digest, int64_t now)
{
	TRY(post_set_state(db, arena, id, "unpublished", now));
	return query_run(db, set_source_digest, BIND(TEXT("digest", source_digest), INT("id", id)));
}
