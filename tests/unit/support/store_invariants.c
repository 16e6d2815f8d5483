#include "store_invariants.h"

#include <check.h>
#include <stdlib.h>

#include "core/str.h"
#include "raw_sql.h"

/* Each statement returns a row for every error that it finds. */
static const char *const checks[] = {
	"SELECT 'integrity: ' || integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
	"SELECT 'foreign key: ' || \"table\" || ' ' || coalesce(rowid, '') FROM pragma_foreign_key_check",
	"INSERT INTO post_search (post_search) VALUES ('integrity-check')",
	"SELECT 'post without text: ' || id FROM post WHERE id NOT IN (SELECT post_id FROM post_text)",
	"SELECT 'post without work: ' || id FROM post WHERE work_id = 0",
	"SELECT 'tag row is stale: ' || t.post_id FROM post_tag AS t JOIN post AS p ON p.id = t.post_id"
	" WHERE t.lang <> p.lang OR t.published <> p.published"
	" OR t.listed <> (p.state = 'published' AND p.kind <> 'page')",
	"SELECT 'tags beside the post: ' || p.id FROM post AS p WHERE p.tag_text <> coalesce((SELECT group_concat(line, char(10)) FROM"
	" (SELECT t.id || char(9) || t.slug || char(9) || t.name AS line FROM post_tag AS pt JOIN tag AS t ON t.id = pt.tag_id"
	" WHERE pt.post_id = p.id ORDER BY pt.position)), '')",
	"SELECT 'tag count: ' || tag_id || ' ' || lang FROM (SELECT tag_id, lang, posts, 0 AS listed FROM tag_count"
	" UNION ALL SELECT tag_id, lang, 0, listed FROM post_tag) GROUP BY tag_id, lang HAVING sum(posts) <> sum(listed)",
	"SELECT 'not in the index: ' || id FROM post WHERE state = 'published' AND search_id NOT IN"
	" (SELECT id FROM post_search_docsize)",
	"SELECT 'in the index, but not published: ' || d.id FROM post_search_docsize AS d WHERE d.id NOT IN"
	" (SELECT search_id FROM post WHERE state = 'published')",
	"SELECT 'place in the index: ' || id FROM post WHERE search_id < published * 1024",
	"SELECT 'revision: ' || p.id FROM post AS p WHERE p.revision <> (SELECT count(*) FROM revision WHERE post_id = p.id)"
	" OR p.revision <> (SELECT max(number) FROM revision WHERE post_id = p.id)",
	"SELECT 'last revision differs: ' || p.id FROM post AS p JOIN revision AS r ON r.post_id = p.id AND"
	" r.number = p.revision JOIN post_text AS t ON t.post_id = p.id WHERE r.markdown <> t.markdown OR r.title <> p.title",
	"SELECT 'slug now and before: ' || slug FROM post WHERE slug IN (SELECT slug FROM post_slug)",
	"SELECT 'change: ' || count(*) FROM content_version HAVING count(*) <> 1",
	NULL,
};

const char *
store_wrong(struct arena *arena, const char *path)
{
	return raw_rows_or_errors(arena, path, checks);
}

const char *
store_dump(struct arena *arena, const char *path)
{
	/* The tables of FTS5 are compared by their contents, because their internal rows depend on the history. */
	static const char *const statements[] = {
		"SELECT 'setting'", "SELECT * FROM setting ORDER BY 1, 2, 3",
		"SELECT 'site_user'", "SELECT * FROM site_user ORDER BY 1, 2, 3",
		"SELECT 'session'", "SELECT * FROM session ORDER BY 1, 2, 3",
		"SELECT 'media'", "SELECT * FROM media ORDER BY 1, 2, 3",
		"SELECT 'post'", "SELECT * FROM post ORDER BY 1, 2, 3",
		"SELECT 'post_text'", "SELECT * FROM post_text ORDER BY 1, 2, 3",
		"SELECT 'post_link'", "SELECT * FROM post_link ORDER BY 1, 2, 3",
		"SELECT 'tag'", "SELECT * FROM tag ORDER BY 1, 2, 3",
		"SELECT 'post_tag'", "SELECT * FROM post_tag ORDER BY 1, 2, 3",
		"SELECT 'grant_right'", "SELECT * FROM grant_right ORDER BY 1, 2, 3",
		"SELECT 'comment'", "SELECT * FROM comment ORDER BY 1, 2, 3",
		"SELECT slug, post_id FROM post_slug ORDER BY slug",
		"SELECT id, post_id, number, user_id, reason, title, summary, markdown FROM revision ORDER BY id",
		"SELECT * FROM tag_count WHERE posts <> 0 ORDER BY 1, 2",
		"SELECT rowid, * FROM post_search ORDER BY rowid",
		NULL,
	};

	return raw_rows_or_errors(arena, path, statements);
}

void
store_close_checked(struct store *store)
{
	const char *wrong = store_wrong(store->arena, store->path);

	ck_assert_msg(*wrong == '\0', "the database is not intact:\n%s", wrong);
	store_close(store);
}
