#include "store/post/post.h"

#include <stdlib.h>
#include <string.h>

#include "store/post/post_columns.h"

static const struct column post_columns[] = {
	COLUMN_INT(struct post, id),
	COLUMN_TEXT(struct post, slug),
	COLUMN_TEXT(struct post, kind),
	COLUMN_TEXT(struct post, state),
	COLUMN_TEXT(struct post, access),
	COLUMN_TEXT(struct post, title),
	COLUMN_TEXT(struct post, summary),
	COLUMN_TEXT(struct post, generated_summary),
	COLUMN_TEXT(struct post, lang),
	COLUMN_INT(struct post, work_id),
	COLUMN_INT(struct post, author_id),
	COLUMN_TEXT(struct post, author_slug),
	COLUMN_TEXT(struct post, author_name),
	COLUMN_INT(struct post, cover_id),
	COLUMN_TEXT(struct post, cover_path),
	COLUMN_TEXT(struct post, cover_alt),
	COLUMN_INT(struct post, cover_width),
	COLUMN_INT(struct post, cover_height),
	COLUMN_TEXT(struct post, cover_widths),
	COLUMN_INT(struct post, enclosure_id),
	COLUMN_INT(struct post, featured),
	COLUMN_INT(struct post, published),
	COLUMN_INT(struct post, updated),
	COLUMN_INT(struct post, created),
	COLUMN_INT(struct post, reading_minutes),
	COLUMN_INT(struct post, search_id),
	COLUMN_INT(struct post, revision),
	COLUMN_TEXT(struct post, comment_access),
	COLUMN_INT(struct post, comment_step),
	COLUMN_TEXT(struct post, canonical_url),
	COLUMN_INT(struct post, trashed),
	COLUMN_TEXT(struct post, tag_text),
	{ 0 },
};
const struct row post_row = { sizeof(struct post), post_columns };

static const struct column text_columns[] = {
	COLUMN_TEXT(struct post_text, markdown),
	COLUMN_TEXT(struct post_text, open_xhtml),
	COLUMN_TEXT(struct post_text, full_xhtml),
	COLUMN_TEXT(struct post_text, open_contents),
	COLUMN_TEXT(struct post_text, full_contents),
	COLUMN_TEXT(struct post_text, open_plain),
	COLUMN_TEXT(struct post_text, closed_plain),
	COLUMN_TEXT(struct post_text, renderer),
	{ 0 },
};
static const struct row text_row = { sizeof(struct post_text), text_columns };

static const struct column link_columns[] = {
	COLUMN_TEXT(struct post_link, address),
	COLUMN_TEXT(struct post_link, target),
	COLUMN_INT(struct post_link, media_id),
	COLUMN_INT(struct post_link, width),
	COLUMN_INT(struct post_link, height),
	COLUMN_TEXT(struct post_link, widths),
	{ 0 },
};
static const struct row link_row = { sizeof(struct post_link), link_columns };

struct source_digest {
	const char *source_digest;
};
static const struct column digest_columns[] = {
	COLUMN_TEXT(struct source_digest, source_digest),
	{ 0 },
};
static const struct row digest_row = { sizeof(struct source_digest), digest_columns };

/* Returns the text up to the next separator and moves *line after it. */
static const char *
take(char **line, char separator)
{
	char *start = *line, *end = strchr(start, separator);

	if (end == NULL)
		*line = start + strlen(start);
	else {
		*end = '\0';
		*line = end + 1;
	}
	return start;
}

void
post_split_tags(struct arena *arena, struct post *post)
{
	char *rest = arena_dup(arena, post->tag_text);
	struct tag *tags;
	size_t count = 0;

	for (const char *c = rest; *c != '\0'; c++)
		count += *c == '\n';
	if (*rest != '\0')
		count++;
	tags = arena_array(arena, count, sizeof(*tags));
	for (size_t i = 0; i < count; i++) {
		char *line = rest;
		(void)take(&rest, '\n');
		tags[i].id = strtoll(take(&line, '\t'), NULL, 10);
		tags[i].slug = take(&line, '\t');
		tags[i].name = take(&line, '\t');
	}
	post->tags = tags;
	post->tag_count = count;
}

enum status
post_one(struct db *db, struct arena *arena, const struct query *query, struct post *ret_post,
	const struct value *values)
{
	TRY(query_one(db, arena, query, &post_row, ret_post, values));
	post_split_tags(arena, ret_post);
	return OK;
}

enum status
post_many(struct db *db, struct arena *arena, const struct query *query, struct post **ret_posts,
	size_t *ret_count, const struct value *values)
{
	TRY(query_list(db, arena, query, &post_row, ret_posts, ret_count, values));
	for (size_t i = 0; i < *ret_count; i++)
		post_split_tags(arena, &(*ret_posts)[i]);
	return OK;
}

QUERY(by_slug, "SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.slug = :slug");

enum status
post_by_slug(struct db *db, struct arena *arena, const char *slug, struct post *ret_post)
{
	return post_one(db, arena, by_slug, ret_post, BIND(TEXT("slug", slug)));
}

QUERY(by_id, "SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.id = :id");

enum status
post_by_id(struct db *db, struct arena *arena, int64_t id, struct post *ret_post)
{
	return post_one(db, arena, by_id, ret_post, BIND(INT("id", id)));
}

QUERY(by_source, "SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.source = :source");
QUERY(digest_by_id, "SELECT source_digest FROM post WHERE id = :id");

enum status
post_by_source(struct db *db, struct arena *arena, const char *source, struct post *ret_post,
	const char **ret_source_digest)
{
	struct source_digest digest;
	struct post post;

	TRY(post_one(db, arena, by_source, &post, BIND(TEXT("source", source))));
	TRY(query_one(db, arena, digest_by_id, &digest_row, &digest, BIND(INT("id", post.id))));
	*ret_post = post;
	*ret_source_digest = digest.source_digest;
	return OK;
}

QUERY(text_by_id,
	"SELECT markdown, open_xhtml, full_xhtml, open_contents, full_contents, open_plain, closed_plain, renderer"
	" FROM post_text WHERE post_id = :id");

enum status
post_text(struct db *db, struct arena *arena, int64_t id, struct post_text *ret_text)
{
	return query_one(db, arena, text_by_id, &text_row, ret_text, BIND(INT("id", id)));
}

/* A page needs only one part, so long texts are not copied needlessly. */
QUERY(open_by_id,
	"SELECT open_xhtml, open_contents FROM post_text WHERE post_id = :id");
QUERY(full_by_id,
	"SELECT CASE full_xhtml WHEN '' THEN open_xhtml ELSE full_xhtml END AS full_xhtml,"
	" CASE full_xhtml WHEN '' THEN open_contents ELSE full_contents END AS full_contents"
	" FROM post_text WHERE post_id = :id");

enum status
post_part(struct db *db, struct arena *arena, int64_t id, bool full, const char **ret_xhtml,
	const char **ret_contents)
{
	struct post_text text;

	TRY(query_one(db, arena, full ? full_by_id : open_by_id, &text_row, &text, BIND(INT("id", id))));
	*ret_xhtml = full ? text.full_xhtml : text.open_xhtml;
	*ret_contents = full ? text.full_contents : text.open_contents;
	return OK;
}

QUERY(links_by_id,
	"SELECT l.address, l.target, coalesce(l.media_id, 0) AS media_id, coalesce(m.width, 0) AS width,"
	" coalesce(m.height, 0) AS height, coalesce(m.widths, '') AS widths FROM post_link AS l LEFT JOIN media AS m ON m.id = l.media_id"
	" WHERE l.post_id = :id ORDER BY l.address");

enum status
post_links(struct db *db, struct arena *arena, int64_t id, struct post_link **ret_links, size_t *ret_count)
{
	return query_list(db, arena, links_by_id, &link_row, ret_links, ret_count, BIND(INT("id", id)));
}

QUERY(by_old_slug,
	"SELECT" POST_COLUMNS " FROM post_slug AS s JOIN post AS p ON p.id = s.post_id" POST_JOINS
	" WHERE s.slug = :slug");

enum status
post_by_former_slug(struct db *db, struct arena *arena, const char *old_slug, struct post *ret_post)
{
	return post_one(db, arena, by_old_slug, ret_post, BIND(TEXT("slug", old_slug)));
}

QUERY(highest_id, "SELECT coalesce(max(id), 0) FROM post");

enum status
post_highest_id(struct db *db, int64_t *ret_id)
{
	return query_integer(db, highest_id, ret_id, BIND());
}
