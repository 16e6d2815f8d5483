#include "store_invariants.h"

#include <check.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "core/str.h"

/* Each gives a row for every thing that is wrong, and none when all is well. */
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
	" WHERE pt.post_id = p.id ORDER BY pt.place)), '')",
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
	"SELECT 'change: ' || count(*) FROM change HAVING count(*) <> 1",
};

static int
add_line(void *context, int count, char **values, char **names)
{
	(void)names;
	for (int i = 0; i < count; i++)
		str_printf(context, "%s%s", i == 0 ? "" : "\t", values[i] == NULL ? "NULL" : values[i]);
	str_add_char(context, '\n');
	return 0;
}

static void
run(sqlite3 *handle, const char *sql, struct str *text)
{
	char *error = NULL;

	if (sqlite3_exec(handle, sql, add_line, text, &error) != SQLITE_OK)
		str_printf(text, "%s: %s\n", sql, error == NULL ? sqlite3_errmsg(handle) : error);
	sqlite3_free(error);
}

const char *
store_wrong(struct arena *arena, const char *path)
{
	struct str text = str_init(arena);
	sqlite3 *handle;

	if (sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		str_add(&text, "cannot be opened\n");
	else
		for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++)
			run(handle, checks[i], &text);
	(void)sqlite3_close(handle);
	return text.bytes;
}

const char *
store_dump(struct arena *arena, const char *path)
{
	/* The tables of FTS5 are told by what they hold: their own rows depend on the history. */
	static const char *const tables[] = { "setting", "user", "session", "media", "post", "post_text",
		"post_link", "tag", "post_tag", "grant_right", "comment" };
	struct str text = str_init(arena);
	sqlite3 *handle;

	if (sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		str_add(&text, "cannot be opened\n");
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		str_printf(&text, "%s\n", tables[i]);
		run(handle, arena_printf(arena, "SELECT * FROM %s ORDER BY 1, 2, 3", tables[i]), &text);
	}
	run(handle, "SELECT slug, post_id FROM post_slug ORDER BY slug", &text);
	run(handle, "SELECT id, post_id, number, user_id, reason, title, summary, markdown FROM revision ORDER BY id", &text);
	run(handle, "SELECT * FROM tag_count WHERE posts <> 0 ORDER BY 1, 2", &text);
	run(handle, "SELECT rowid, * FROM post_search ORDER BY rowid", &text);
	(void)sqlite3_close(handle);
	return text.bytes;
}

void
store_close_well(struct store *store)
{
	const char *wrong = store_wrong(store->arena, store->path);

	ck_assert_msg(*wrong == '\0', "the store is not well:\n%s", wrong);
	store_close(store);
}
