/*
 * The rules that keep each QUERY() and each new migration valid for PostgreSQL as well (docs/DESIGN.md, "SQL for two
 * databases"), as far as the text alone can be checked. tests/postgres prepares the same texts on a PostgreSQL server,
 * and gets them from this program:
 *
 *     check_sql_rules --write FILE    each QUERY() as a line: file, name, SQL without hints, with tabs between
 *
 * Linked with the whole of libstore.a, so that no query is left out.
 */
#include "support/arena_case.h"
#include "support/source_file.h"
#include "support/sql_words.h"
#include "support/suite.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "store/db/db.h"

/* The migrations up to here are older than the rules, and a released migration is never changed. */
enum { RELEASED_WITHOUT_RULES = 18 };

/* The SQL without the contents of HINT(). */
static const char *
without_hints(const char *sql)
{
	static const char begin[] = "/*hint*/", end[] = "/*end*/";
	struct str text = str_init(arena);
	const char *hint;

	while ((hint = strstr(sql, begin)) != NULL) {
		const char *rest = strstr(hint, end);
		if (rest == NULL)
			break; /* not from HINT(): the comment is kept, and its word is found */
		str_add_bytes(&text, sql, (size_t)(hint - sql));
		sql = rest + strlen(end);
	}
	str_add(&text, sql);
	return text.bytes;
}

/* --- the rules ------------------------------------------------------------------------ */

/* Each rule returns the word that breaks it, or NULL. */

static const char *
subquery_without_name(const struct words *words)
{
	for (size_t i = 0; i + 1 < words->count; i++) {
		size_t end;
		if (!is(words, i, "(") || (!is(words, i + 1, "select") && !is(words, i + 1, "values")) || i == 0)
			continue;
		if (!is(words, i - 1, "from") && !is(words, i - 1, "join"))
			continue;
		end = closing(words, i);
		if (!is(words, end + 1, "as"))
			return "FROM (SELECT";
	}
	return NULL;
}

/* In DO UPDATE SET a bare column could be the old row's or the proposed one's; PostgreSQL does not guess. */
static const char *
bare_column_in_update(const struct words *words)
{
	static const char *const syntax[] = { "set", "where", "case", "when", "then", "else", "end", "and", "or", "not", "null", "is",
		"in", "between", "like", "cast", "as", "integer", "text", "select", "from", NULL };
	size_t i = 0;

	while (i < words->count && !(is(words, i, "do") && is(words, i + 1, "update")))
		i++;
	for (i += 2; i < words->count && !is(words, i, "returning"); i++) {
		bool target = (is(words, i - 1, "set") || is(words, i - 1, ",")) && is(words, i + 1, "=") && words->depth[i] == 0;
		if (is_name(words, i) && !target && !is_one_of(words, i, syntax) && !is(words, i + 1, ".") && !is(words, i - 1, ".")
			&& !is(words, i + 1, "("))
			return words->at[i];
	}
	return NULL;
}

static const char *
function_of_sqlite(const struct words *words)
{
	static const char *const functions[] = { "iif", "if", "ifnull", "unixepoch", "datetime", "date", "time", "julianday", "strftime",
		"group_concat", "char", "unicode", "printf", "format", "total", "random", "changes", "total_changes", "last_insert_rowid",
		"typeof", "glob", "likely", "unlikely", "hex", "zeroblob", NULL };

	for (size_t i = 0; i + 1 < words->count; i++) {
		if (!is(words, i + 1, "("))
			continue;
		if (is_one_of(words, i, functions) && !is(words, i - 1, "into") && !is(words, i - 1, "table"))
			return words->at[i];
		/* With one argument these are aggregates, with more they are SQLite's own. */
		if (is(words, i, "max") || is(words, i, "min"))
			for (size_t j = i + 2, end = closing(words, i + 1); j < end; j++)
				if (is(words, j, ",") && words->depth[j] == words->depth[i + 1] + 1)
					return words->at[i];
	}
	return NULL;
}

/* Checks a text without hints, so each hit is outside of HINT(). */
static const char *
hint_without_mark(const struct words *words)
{
	static const char *const before[] = { "(", ",", "=", "<", ">", "<=", ">=", "<>", "and", "or", "not", "on", "where", "by", "select",
		"when", "then", "else", NULL };

	for (size_t i = 0; i < words->count; i++) {
		if (is(words, i, "indexed") || is(words, i, "cross"))
			return words->at[i];
		if (is(words, i, "+") && (i == 0 || is_one_of(words, i - 1, before)))
			return "unary +";
	}
	return NULL;
}

static const char *
syntax_of_sqlite(const struct words *words)
{
	static const char *const refused[] = { "glob", "rowid", "_rowid_", "oid", "collate", "nocase", "regexp", "replace", "==", "isnull", "notnull",
		"autoincrement", NULL };

	for (size_t i = 0; i < words->count; i++) {
		if (is_one_of(words, i, refused) && !is(words, i + 1, "("))
			return words->at[i];
		if (is(words, i, "or") && is(words, i - 1, "insert"))
			return "INSERT OR";
		if (is(words, i, "or") && is(words, i - 1, "update"))
			return "UPDATE OR";
		/* IS compares with anything in SQLite. */
		if (is(words, i, "is") && !is(words, i + 1, "null") && !is(words, i + 1, "distinct")
			&& !(is(words, i + 1, "not") && (is(words, i + 2, "null") || is(words, i + 2, "distinct"))))
			return "IS";
	}
	return NULL;
}

/* The words that PostgreSQL's manual (appendix C) calls reserved and that could be meant as a name. */
static const char *const reserved[] = { "all", "analyse", "analyze", "any", "array", "asymmetric", "authorization", "binary", "both", "column",
	"concurrently", "constraint", "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
	"current_user", "do", "fetch", "for", "foreign", "freeze", "grant", "group", "ilike", "initially", "into", "lateral", "leading", "limit",
	"localtime", "localtimestamp", "natural", "offset", "only", "order", "overlaps", "placing", "primary", "references", "session_user", "similar",
	"some", "symmetric", "table", "tablesample", "to", "trailing", "union", "unique", "user", "using", "variadic", "verbose", "window", NULL };

static const char *
reserved_name(const struct words *words)
{
	static const char *const before[] = { "from", "join", "update", "into", "table", "index", "as", NULL };

	for (size_t i = 1; i < words->count; i++)
		if (is_one_of(words, i - 1, before) && is_one_of(words, i, reserved) && !(is(words, i - 1, "into") && is(words, i, "select")))
			return words->at[i];
	return NULL;
}

enum { EXAMPLES_MAX = 5 };

static const struct rule {
	const char *name;
	const char *(*broken_by)(const struct words *words);
	const char *bad[EXAMPLES_MAX], *good[EXAMPLES_MAX]; /* texts that it must refuse, and must not */
} rules[] = {
	{ "a subquery in FROM has a name", subquery_without_name,
		{ "SELECT count(*) FROM (SELECT id FROM post)", "SELECT a FROM b JOIN (VALUES (1)) ON c = d" },
		{ "SELECT count(*) FROM (SELECT id FROM post WHERE id IN (SELECT 1)) AS few" } },
	{ "columns in DO UPDATE name their table", bare_column_in_update,
		{ "INSERT INTO a (b) VALUES (:b) ON CONFLICT (b) DO UPDATE SET c = c + 1",
			"INSERT INTO a (b) VALUES (:b) ON CONFLICT (b) DO UPDATE SET c = excluded.c WHERE d > 0" },
		{ "INSERT INTO a (b) VALUES (:b) ON CONFLICT (b) DO UPDATE SET c = a.c + 1, b = CASE WHEN a.d > 0 THEN excluded.b ELSE :b END RETURNING id" } },
	{ "functions that both databases have", function_of_sqlite,
		{ "SELECT max(a, (b)) FROM c", "SELECT unixepoch()", "UPDATE a SET b = iif(:c, 1, 2)", "SELECT min(max(a, b)) FROM c" },
		{ "SELECT coalesce(max(a), 0), min((SELECT 1)) FROM c", "SELECT lower(a), instr(b, 'c') FROM d" } },
	{ "hints to the planner are in HINT()", hint_without_mark,
		{ "SELECT 1 FROM a WHERE +a.b = 1", "SELECT 1 FROM a CROSS JOIN b ON a.c = b.c", "SELECT 1 FROM a INDEXED BY a_b" },
		{ "SELECT a + 1, (b) + :c FROM d WHERE e = f + 1", "SELECT 1 FROM a JOIN b ON a.c = b.c" } },
	{ "syntax that both databases have", syntax_of_sqlite,
		{ "SELECT rowid FROM a", "SELECT 1 FROM a WHERE b IS :c", "INSERT OR IGNORE INTO a VALUES (1)", "SELECT 1 FROM a WHERE b GLOB 'c*'" },
		{ "SELECT 1 FROM a WHERE b IS NULL AND c IS NOT NULL", "INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING" } },
	{ "no reserved word is a name", reserved_name,
		{ "SELECT count(*) FROM user", "CREATE INDEX window ON a (b)" },
		{ "SELECT id AS user_id FROM post ORDER BY id LIMIT :limit", "INSERT INTO a SELECT 1" } },
};
enum { RULES = sizeof(rules) / sizeof(rules[0]) };

START_TEST(each_rule_refuses_its_bad_and_accepts_its_good_examples)
{
	const struct rule *rule = &rules[_i];

	for (size_t i = 0; i < EXAMPLES_MAX && rule->bad[i] != NULL; i++)
		ck_assert_msg(rule->broken_by(words_of(rule->bad[i])) != NULL, "%s: not refused: %s", rule->name, rule->bad[i]);
	for (size_t i = 0; i < EXAMPLES_MAX && rule->good[i] != NULL; i++)
		ck_assert_msg(rule->broken_by(words_of(rule->good[i])) == NULL, "%s: refused: %s", rule->name, rule->good[i]);
}
END_TEST

START_TEST(hints_can_be_removed)
{
	ck_assert_str_eq(without_hints("SELECT 1 FROM a " HINT("CROSS") " JOIN b WHERE " HINT("+") "c = 1"), "SELECT 1 FROM a  JOIN b WHERE c = 1");
}
END_TEST

/* Full-text search and queries about SQLite itself exist for SQLite only; tests/postgres lists them. */
static bool
is_for_sqlite_only(const char *sql)
{
	static const char *const marks[] = { "post_search", "draft_search", "PRAGMA", "pragma_", "sqlite_schema", "VACUUM" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strstr(sql, marks[i]) != NULL)
			return true;
	return false;
}

static void
judge(struct str *report, const char *where, const char *name, const char *sql)
{
	const struct words *words = words_of(without_hints(sql));

	for (size_t i = 0; i < RULES; i++) {
		const char *word = rules[i].broken_by(words);
		if (word != NULL && !(rules[i].broken_by == syntax_of_sqlite && is_for_sqlite_only(sql)))
			str_printf(report, "%s: %s: %s: %s\n", where, name, rules[i].name, word);
	}
}

START_TEST(every_query_keeps_the_rules)
{
	size_t count;
	struct query *const *queries = query_all(&count);
	struct str report = str_init(arena);

	for (size_t i = 0; i < count; i++)
		judge(&report, queries[i]->file, queries[i]->name, queries[i]->sql);
	ck_assert_msg(report.length == 0, "\n%s", report.bytes);
}
END_TEST

START_TEST(new_migrations_keep_the_rules)
{
	struct str report = str_init(arena);
	glob_t files;

	if (glob(arena_printf(arena, "%s/lib/store/sql/*.sql", source_folder()), 0, NULL, &files) != 0)
		ck_abort_msg("the migrations are not found: set srcdir");
	ck_assert_uint_ge(files.gl_pathc, RELEASED_WITHOUT_RULES);
	for (size_t i = RELEASED_WITHOUT_RULES; i < files.gl_pathc; i++) {
		/* Comments may hold anything, a semicolon too. */
		const struct words *all = words_of(text_of(files.gl_pathv[i]));
		struct str statement = str_init(arena);
		for (size_t w = 0; w < all->count; w++) {
			if (!is(all, w, "autoincrement")) /* accepted for an identity column */
				str_printf(&statement, "%s ", all->at[w]);
			if (is(all, w, ";") || w + 1 == all->count) {
				judge(&report, file_name(files.gl_pathv[i]), "statement", statement.bytes);
				statement = str_init(arena);
			}
		}
	}
	globfree(&files);
	ck_assert_msg(report.length == 0, "\n%s", report.bytes);
}
END_TEST

/* --- for tests/postgres -------------------------------------------------------------------- */

static int
write_queries(const char *path)
{
	size_t count;
	struct query *const *queries = query_all(&count);
	FILE *file = fopen(path, "w");

	if (file == NULL)
		return EXIT_FAILURE;
	for (size_t i = 0; i < count; i++)
		(void)fprintf(file, "%s\t%s\t%s\n", file_name(queries[i]->file), queries[i]->name, without_hints(queries[i]->sql));
	return fclose(file) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
	Suite *suite;
	TCase *cases;

	if (argc == 3 && str_equal(argv[1], "--write")) {
		int result;
		arena_setup();
		result = write_queries(argv[2]);
		arena_teardown();
		return result;
	}
	suite = suite_create("sql_rules");
	cases = tcase_create("sql_rules");
	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_add_loop_test(cases, each_rule_refuses_its_bad_and_accepts_its_good_examples, 0, RULES);
	tcase_add_test(cases, hints_can_be_removed);
	tcase_add_test(cases, every_query_keeps_the_rules);
	tcase_add_test(cases, new_migrations_keep_the_rules);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
