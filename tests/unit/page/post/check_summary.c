/*
 * Summaries from the time when a generated summary was stored like a typed one: the migration hides them, and the texts
 * of all versions tell which were typed. CANARY is a word that only the author may read.
 */
#include "support/suite.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "page/post/post_render.h"
#include "page/post/summary.h"
#include "store/post/former_summary.h"
#include "store/post/autosave.h"
#include "support/raw_sql.h"
#include "support/store_case.h"

#define CANARY "xylographically"
#define SENTENCE "A sentence " CANARY " that was open once."

static struct arena *arena;
static struct conf conf;
static int64_t author;

static void
setup(void)
{
	store_setup();
	arena = store->arena;
	author = store_user(store, "Mo Li", "author");
	conf = (struct conf){ .base_url = "https://example.org", .base_path = "", .origin = "https://example.org" };
}

/* --- a database of an earlier version ---------------------------------------------------------------- */

/* The text of the migration, whatever its number is. */
static const char *
migration(void)
{
	const char *source = getenv("RENOWN_DATA");
	char *text = arena_alloc(arena, 10000);
	glob_t found;
	FILE *file;

	ck_assert_int_eq(glob(arena_printf(arena, "%s/lib/store/sql/*-summary.sql", source == NULL ? "." : source), 0, NULL, &found), 0);
	ck_assert_uint_eq(found.gl_pathc, 1);
	file = fopen(found.gl_pathv[0], "r");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_gt(fread(text, 1, 9999, file), 0);
	(void)fclose(file);
	globfree(&found);
	return text;
}

static void
run_sql(const char *sql)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_msg(db_execute(store->db, sql) == OK, "%s", sql);
	ck_assert_int_eq(db_commit(store->db), OK);
}

/* A string of SQL. */
static const char *
quoted(const char *text)
{
	struct str sql = str_init(arena);

	str_add_char(&sql, '\'');
	for (; *text != '\0'; text++)
		str_add(&sql, *text == '\'' ? "''" : (char[]){ *text, '\0' });
	str_add_char(&sql, '\'');
	return sql.bytes;
}

/* Saves a version of a post (id 0: a new one) as an earlier renown did: with that summary in its row and in its version's. */
static int64_t
save_old(int64_t id, const char *slug, const char *access, const char *markdown, const char *summary)
{
	struct post_save save = store_post(author, slug, slug, "", "");
	const char *problem = "";

	save.post.id = id;
	save.post.access = access;
	save.text = (struct post_text){ .markdown = markdown };
	ck_assert_msg(post_render_prepare(arena, &conf, &save, NULL, &problem) == OK, "%s", problem);
	/* The search index has this summary too, as before. */
	save.post.summary = summary;
	id = store_save(store, &save);
	ck_assert_int_eq(db_execute(store->db, arena_printf(arena, "UPDATE post SET summary = %s WHERE id = %lld;"
		" UPDATE revision SET summary = %s WHERE post_id = %lld AND number = (SELECT revision FROM post WHERE id = %lld)", quoted(summary),
		(long long)id, quoted(summary), (long long)id, (long long)id)), OK);
	return id;
}

/* The schema before the migration, then the migration. */
static void
migrate(void)
{
	/* In one transaction: each commit counts in content_version, which the migration knows by its former name. */
	run_sql(arena_printf(arena, "DROP TABLE former_summary; DROP INDEX revision_created; ALTER TABLE post DROP COLUMN generated_summary;"
		" ALTER TABLE content_version RENAME TO change; %s; ALTER TABLE change RENAME TO content_version", migration()));
}

/* `renown work` does this afterwards. */
static void
renew(void)
{
	bool more = true;

	while (more)
		ck_assert_int_eq(post_render_stale(store->db, arena, &conf, 10, &more), OK);
}

static const char *
text_of(const char *sql)
{
	const char *rows = raw_rows(store->db, arena, sql);
	size_t length = strlen(rows);

	/* Without the last line break; "" if there is no row. */
	return length == 0 || str_equal(rows, "NULL\n") ? "" : arena_bytes(arena, rows, length - 1);
}

static const char *
version_summary(int64_t id, int number)
{
	return text_of(arena_printf(arena, "SELECT summary FROM revision WHERE post_id = %lld AND number = %d", (long long)id, number));
}

static void
assert_shown(int64_t id, const char *typed, const char *generated)
{
	struct post post = store_post_by_id(store, id);

	ck_assert_str_eq(post.summary, typed);
	ck_assert_str_eq(post.generated_summary, generated);
}

/* --- generated summaries ---------------------------------------------------------------------- */

static const struct {
	const char *name;
	const char *first;           /* the first version, of which the summary was generated; public */
	const char *access, *second; /* what was saved then, with the summary sent back */
	const char *generated;       /* what may be shown */
} leaks[] = {
	{ "restricted to members", SENTENCE "\n\nMore.", "members", SENTENCE "\n\nMore.", "" },
	{ "all of it behind a cut", SENTENCE "\n\nMore.", "paid", "<!--paid-->\n\n" SENTENCE "\n\nMore.", "" },
	{ "behind a cut, with an opening", SENTENCE, "paid", "Come in.\n\n<!--paid-->\n\n" SENTENCE, "Come in." },
	{ "rewritten", SENTENCE "\n\nMore.", "public", "Quite another text.", "Quite another text." },
	{ "rewritten and restricted", SENTENCE "\n\nMore.", "members", "Quite another text.", "" },
	{ "deleted", SENTENCE "\n\nAnd more.", "public", "And more.", "And more." },
	{ "with marks that the renderer takes away", "*A* sentence [" CANARY "](https://example.org) that was `open` **once**.", "members", "Other words.", "" },
	{ "still the same", SENTENCE, "public", SENTENCE, SENTENCE },
};

/* The author's form of that post, autosaved with this summary. */
static void
autosave(int64_t post_id, const char *summary)
{
	const struct autosave autosave = { .user_id = author, .post_id = post_id, .form_key = "key", .title = "T", .lang = "en", .saved = 1 };
	const struct autosave_field fields[] = { { "title", "T" }, { "summary", summary } };

	ck_assert_int_eq(autosave_keep(store->db, &autosave, fields, 2), OK);
}

static const char *
autosaved_summary(void)
{
	return text_of("SELECT value FROM autosave_field WHERE name = 'summary'");
}

START_TEST(a_generated_summary_is_removed)
{
	int64_t id = save_old(0, "leak", "public", leaks[_i].first, SENTENCE);
	bool open = str_equal(leaks[_i].access, "public");

	(void)save_old(id, "leak", leaks[_i].access, leaks[_i].second, SENTENCE);
	autosave(id, SENTENCE);
	migrate();
	/* Before the decision, a restricted post shows no summary, and the search index contains none. */
	assert_shown(id, "", open ? SENTENCE : "");
	ck_assert_str_eq(version_summary(id, 1), "");
	if (!open)
		ck_assert_str_eq(text_of("SELECT group_concat(summary, '') FROM post_search"), "");
	renew();
	assert_shown(id, "", leaks[_i].generated);
	ck_assert_str_eq(version_summary(id, 1), "");
	ck_assert_str_eq(version_summary(id, 2), "");
	ck_assert_str_eq(autosaved_summary(), "");
	if (strstr(leaks[_i].generated, CANARY) == NULL)
		ck_assert_ptr_null(strstr(text_of("SELECT group_concat(summary || opened, '') FROM post_search"), CANARY));
	ck_assert_str_eq(text_of("SELECT group_concat(origin) FROM former_summary"), "generated,generated,generated");
}
END_TEST

START_TEST(a_shortened_generated_summary_is_removed)
{
	struct str text = str_init(arena);
	int64_t id;

	for (int i = 0; i < 100; i++)
		str_printf(&text, "word%d ", i);
	/* Another renderer shortened it, at another place. */
	id = save_old(0, "long", "public", text.bytes, "word0 word1 word2 word3 word4…");
	(void)save_old(id, "long", "members", text.bytes, "word0 word1 word2 word3 word4…");
	migrate();
	renew();
	assert_shown(id, "", "");
}
END_TEST

/* A form from before the migration sends the old summary. It does not count as typed until such forms have expired. */
START_TEST(a_form_from_before_the_migration_does_not_restore_the_summary)
{
	int64_t id = save_old(0, "open-form", "public", SENTENCE, SENTENCE);
	struct post_save save = store_post(author, "open-form", "Open form", "", "");
	bool due = true;

	for (int i = 0; i < 3; i++) {
		if (i == 0)
			migrate();
		if (i == 1)
			renew();
		if (i == 2)
			ck_assert_int_eq(former_summary_sweep(store->db, INT64_C(4102444800)), OK); /* the year 2100 */
		save.post.id = id;
		save.post.access = "members";
		save.post.summary = SENTENCE;
		(void)store_save(store, &save);
		assert_shown(id, i < 2 ? "" : SENTENCE, "");
		ck_assert_str_eq(version_summary(id, i + 2), i < 2 ? "" : SENTENCE);
	}
	ck_assert_int_eq(former_summary_is_due(store->db, INT64_C(4102444800), &due), OK);
	ck_assert(!due);
}
END_TEST

/* --- typed summaries ---------------------------------------------------------------------------- */

START_TEST(a_typed_summary_is_restored)
{
	int64_t open = save_old(0, "open", "public", SENTENCE, "In my own words."), closed, changed;

	(void)save_old(open, "open", "public", "Another text.", "In other words.");
	closed = save_old(0, "closed", "paid", SENTENCE, "What it is about.");
	changed = save_old(0, "changed", "public", SENTENCE, "Before.");
	autosave(open, "In my own words.");
	migrate();
	assert_shown(closed, "", "");
	/* A summary that was typed before the decision is kept. */
	run_sql(arena_printf(arena, "UPDATE post SET summary = 'Meanwhile.' WHERE id = %lld", (long long)changed));
	renew();
	assert_shown(open, "In other words.", "Another text.");
	ck_assert_str_eq(version_summary(open, 1), "In my own words.");
	ck_assert_str_eq(version_summary(open, 2), "In other words.");
	assert_shown(closed, "What it is about.", "");
	assert_shown(changed, "Meanwhile.", SENTENCE);
	ck_assert_str_eq(autosaved_summary(), "In my own words.");
	ck_assert_str_eq(text_of("SELECT count(*) FROM former_summary"), "0");
	ck_assert_ptr_nonnull(strstr(text_of("SELECT group_concat(summary, ' ') FROM post_search"), "In other words."));
}
END_TEST

/* Versions that the renderer refuses now cannot be compared. */
START_TEST(a_text_that_cannot_be_rendered_leaves_the_origin_unknown)
{
	int64_t id = save_old(0, "refused", "members", "Some words.", "Typed or not.");
	char *large = arena_alloc(arena, MARKDOWN_MAX_BYTES + 2);

	memset(large, 'x', MARKDOWN_MAX_BYTES + 1);
	run_sql(arena_printf(arena, "UPDATE revision SET markdown = '%s'", large));
	migrate();
	renew();
	assert_shown(id, "", "");
	ck_assert_str_eq(text_of("SELECT origin FROM former_summary WHERE number = 0"), "unknown");
}
END_TEST

/* --- undecided summaries ------------------------------------------------------------------ */

START_TEST(an_undecided_summary_is_shown_only_if_its_text_is_open)
{
	int64_t open = save_old(0, "open", "public", "A sentence that everybody reads.\n\nMore.", "A sentence"), closed;
	struct unknown_summary *rows;
	struct post_save save;
	size_t count;

	closed = save_old(0, "closed", "members", SENTENCE "\n\nMore.", "A sentence " CANARY);
	migrate();
	renew();
	assert_shown(open, "A sentence", "A sentence that everybody reads.");
	assert_shown(closed, "", "");
	/* An earlier version has no summary when it is restored. */
	ck_assert_str_eq(version_summary(open, 1), "");
	ck_assert_int_eq(former_summary_unknown(store->db, arena, 10, &rows, &count), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(rows[0].slug, "open");
	ck_assert_int_eq(rows[0].shown, 1);
	ck_assert_str_eq(rows[1].slug, "closed");
	ck_assert_str_eq(rows[1].summary, "A sentence " CANARY);
	ck_assert_int_eq(rows[1].shown, 0);
	/* An author who typed it can type it again and is not asked any more. */
	save = store_post(author, "closed", "closed", "", "");
	save.post.id = closed;
	save.post.summary = "A sentence " CANARY;
	(void)store_save(store, &save);
	assert_shown(closed, "A sentence " CANARY, "");
	ck_assert_int_eq(former_summary_seen(store->db, closed), OK);
	ck_assert_int_eq(former_summary_unknown(store->db, arena, 10, &rows, &count), OK);
	ck_assert_uint_eq(count, 1);
}
END_TEST

START_TEST(each_summary_is_decided_once)
{
	int64_t id = save_old(0, "once", "public", SENTENCE, SENTENCE);
	bool decided;

	migrate();
	ck_assert_int_eq(summary_decide(store->db, arena, id, &decided), OK);
	ck_assert(decided);
	ck_assert_int_eq(summary_decide(store->db, arena, id, &decided), OK);
	ck_assert(!decided);
	ck_assert_int_eq(summary_decide_all(store->db), OK);
}
END_TEST

/* --- summaries that an import leaves out ----------------------------------------------------------------- */

static const struct {
	const char *access, *text, *summary;
	bool gives_away;
} imports[] = {
	{ "public", SENTENCE, SENTENCE, false },
	{ "members", SENTENCE, SENTENCE, true },
	{ "members", SENTENCE, "A sentence " CANARY "…", true },
	{ "paid", "Come in.\n\n<!--paid-->\n\n" SENTENCE, "Come in.", false },
	{ "paid", "Come in.\n\n<!--paid-->\n\n" SENTENCE, "Come in. A sentence…", true },
	{ "members", SENTENCE, "What it is about.", false },
	{ "members", SENTENCE, "", false },
};

START_TEST(summaries_that_reveal_the_closed_part_are_recognised)
{
	struct post_save save = store_post(author, "import", "Import", "", "");
	const char *problem = "";

	save.post.access = imports[_i].access;
	save.post.summary = imports[_i].summary;
	save.text = (struct post_text){ .markdown = imports[_i].text };
	ck_assert_int_eq(post_render_prepare(arena, &conf, &save, NULL, &problem), OK);
	ck_assert(summary_reveals_cut(arena, &save) == imports[_i].gives_away);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("summary");
	TCase *cases = tcase_create("summary");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_add_loop_test(cases, a_generated_summary_is_removed, 0, sizeof(leaks) / sizeof(*leaks));
	tcase_add_test(cases, a_shortened_generated_summary_is_removed);
	tcase_add_test(cases, a_form_from_before_the_migration_does_not_restore_the_summary);
	tcase_add_test(cases, a_typed_summary_is_restored);
	tcase_add_test(cases, a_text_that_cannot_be_rendered_leaves_the_origin_unknown);
	tcase_add_test(cases, an_undecided_summary_is_shown_only_if_its_text_is_open);
	tcase_add_test(cases, each_summary_is_decided_once);
	tcase_add_loop_test(cases, summaries_that_reveal_the_closed_part_are_recognised, 0, sizeof(imports) / sizeof(*imports));
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
