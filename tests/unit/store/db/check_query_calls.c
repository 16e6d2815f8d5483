/*
 * The calls in lib/store that take a QUERY(): a list has an order, and an INSERT returns its id. PostgreSQL returns the rows of a query
 * without ORDER BY in any order, and has no last_insert_rowid(). Linked with the whole of libstore.a, so that no query is left out.
 */
#include "support/arena_case.h"
#include "support/source_file.h"
#include "support/sql_words.h"
#include "support/suite.h"

#include <glob.h>
#include <string.h>

#include "core/str.h"
#include "store/db/db.h"

static const struct query *
query_of(const char *path, const char *name)
{
	size_t count;
	struct query *const *queries = query_all(&count);

	for (size_t i = 0; i < count; i++)
		if (str_equal(queries[i]->name, name) && str_equal(file_name(queries[i]->file), file_name(path)))
			return queries[i];
	return NULL;
}

static bool
is_ordered(const struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->depth[i] == 0 && is(words, i, "order") && is(words, i + 1, "by"))
			return true;
	return false;
}

static bool
returns_id(const struct words *words)
{
	return words->count > 2 && is(words, words->count - 2, "returning") && is(words, words->count - 1, "id");
}

/* The functions that take a query, and the position of that argument. */
static const struct taker {
	const char *name;
	int place;
	bool list; /* rows in order; otherwise an INSERT that returns its id */
} takers[] = {
	{ "query_list", 2, true },
	{ "query_each", 1, true },
	{ "post_many", 2, true },
	{ "query_insert", 1, false },
};

/* Checks the queries that a call names: `best`, or both of `ranked ? best : newest`. Returns their number. */
static size_t
judge_call(struct str *report, const char *path, const struct words *words, size_t place, const struct taker *taker)
{
	size_t end = closing(words, place), seen = 0;
	int argument = 0;

	for (size_t i = place + 1; i < end; i++) {
		const struct query *query;
		const struct words *sql;
		argument += is(words, i, ",") && words->depth[i] == words->depth[place] + 1;
		if (argument != taker->place || (query = query_of(path, words->at[i])) == NULL)
			continue;
		seen++;
		sql = words_of(query->sql);
		if (taker->list && !is_ordered(sql) && !(query->flags & QUERY_UNORDERED))
			str_printf(report, "%s: %s: a list without ORDER BY or QUERY_UNORDERED\n", path, query->name);
		if (taker->list && is_ordered(sql) && (query->flags & QUERY_UNORDERED))
			str_printf(report, "%s: %s: QUERY_UNORDERED, but it has an ORDER BY\n", path, query->name);
		if (!taker->list && !returns_id(sql))
			str_printf(report, "%s: %s: an INSERT for query_insert() without RETURNING id\n", path, query->name);
	}
	return seen;
}

START_TEST(lists_are_ordered_and_inserts_return_ids)
{
	struct str report = str_init(arena);
	size_t seen = 0;
	glob_t files;

	if (glob(arena_printf(arena, "%s/lib/store/*/*.c", source_folder()), 0, NULL, &files) != 0)
		ck_abort_msg("the sources are not found: set srcdir");
	for (size_t i = 0; i < files.gl_pathc; i++) {
		const char *at = text_of(files.gl_pathv[i]), *call;
		for (size_t t = 0; t < sizeof(takers) / sizeof(takers[0]); t++)
			for (call = at; (call = strstr(call, takers[t].name)) != NULL; call++) {
				const char *end = strchr(call, ';'), *begin = call + strlen(takers[t].name);
				if (*begin == '(' && end != NULL)
					seen += judge_call(&report, files.gl_pathv[i], words_of(arena_bytes(arena, begin, (size_t)(end - begin))), 0, &takers[t]);
			}
	}
	globfree(&files);
	ck_assert_uint_gt(seen, 50);
	ck_assert_msg(report.length == 0, "\n%s", report.bytes);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("query_calls");
	TCase *cases = tcase_create("query_calls");

	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_add_test(cases, lists_are_ordered_and_inserts_return_ids);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
