#include "store/post/tag.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"

enum { NAME_LENGTH_MAX = 80 };

static const struct column tag_columns[] = {
	COLUMN_INT(struct tag, id),
	COLUMN_TEXT(struct tag, slug),
	COLUMN_TEXT(struct tag, name),
	COLUMN_INT(struct tag, posts),
	{ 0 },
};
static const struct row tag_row = { sizeof(struct tag), tag_columns };

QUERY(by_slug, "SELECT id, slug, name, 0 AS posts FROM tag WHERE slug = :slug");

enum status
tag_by_slug(struct db *db, struct arena *arena, const char *slug, struct tag *ret_tag)
{
	return query_one(db, arena, by_slug, &tag_row, ret_tag, BIND(TEXT("slug", slug)));
}

/*
 * The stored counts minus the scheduled posts, of which there are few. The slug is the case-folded name, so that
 * sorting by it ignores case.
 */
QUERY_WITH(QUERY_SORTS, most_used,
	"WITH coming AS MATERIALIZED (SELECT tag_id, count(*) AS posts FROM post_tag " HINT("INDEXED BY post_tag_due")
	"  WHERE listed = 1 AND published > :now AND (:lang = '' OR lang = :lang) GROUP BY tag_id),"
	" counted AS MATERIALIZED (SELECT tag_id, sum(posts) AS posts FROM tag_count"
	"  WHERE :lang = '' OR lang = :lang GROUP BY tag_id)"
	" SELECT id, slug, name, posts FROM"
	"  (SELECT t.id, t.slug, t.name, counted.posts - coalesce(coming.posts, 0) AS posts"
	"   FROM counted JOIN tag AS t ON t.id = counted.tag_id LEFT JOIN coming ON coming.tag_id = counted.tag_id"
	"   WHERE counted.posts > coalesce(coming.posts, 0) ORDER BY posts DESC, t.slug LIMIT 500) AS used"
	" ORDER BY slug");

enum status
tag_list(struct db *db, struct arena *arena, const char *lang, int64_t now, struct tag **ret_tags,
	size_t *ret_count)
{
	return query_list(db, arena, most_used, &tag_row, ret_tags, ret_count,
		BIND(TEXT("lang", lang == NULL ? "" : lang), INT("now", now)));
}

/* C, C++ and C# are three languages. With letters alone their slugs would be the same. */
static char *
slug_of(struct arena *arena, const char *name)
{
	struct str spelled = str_init(arena);

	for (const char *c = name; *c != '\0'; c++) {
		if (*c == '+')
			str_add(&spelled, " plus ");
		else if (*c == '#' && c > name)
			str_add(&spelled, " sharp ");
		else
			str_add_char(&spelled, *c);
	}
	return text_slug(arena, spelled.bytes);
}

/* Normalises a name and makes its slug; INVALID when it has no letter or digit. */
static enum status
accept_name(struct arena *arena, const char *name, struct tag *ret_tag)
{
	const char *line = text_collapse(arena, text_clean(arena, name, strlen(name), TEXT_LINE));
	struct tag tag = { .name = text_shorten(arena, line, NAME_LENGTH_MAX) };

	tag.slug = slug_of(arena, tag.name);
	if (*tag.slug == '\0')
		return INVALID;
	*ret_tag = tag;
	return OK;
}

enum status
tag_by_name(struct db *db, struct arena *arena, const char *name, struct tag *ret_tag)
{
	struct tag tag;
	enum status status = accept_name(arena, name, &tag);

	return status == OK ? tag_by_slug(db, arena, tag.slug, ret_tag) : NOT_FOUND;
}

QUERY(add, "INSERT INTO tag (slug, name, sample) VALUES (:slug, :name, :sample) RETURNING id");

enum status
tag_find_or_add(struct db *db, struct arena *arena, const char *name, bool sample, struct tag *ret_tag)
{
	struct tag tag;
	enum status status;

	TRY(accept_name(arena, name, &tag));
	status = tag_by_slug(db, arena, tag.slug, ret_tag);
	if (status != NOT_FOUND)
		return status;
	TRY(query_insert(db, add, &tag.id, BIND(TEXT("slug", tag.slug), TEXT("name", tag.name), INT("sample", sample))));
	*ret_tag = tag;
	return OK;
}
