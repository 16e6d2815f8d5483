/*
 * The disk fails at each single step of saving a post and of reading. There is never a crash, the status always
 * reports the fault, and afterwards the database is consistent and contains all of the change or none of it.
 */
#include "support/fault_kinds.h"

#include "core/str.h"
#include "store/db/content_version.h"
#include "store/search/search.h"

/* --- saving ----------------------------------------------------------------------- */

/* A save that touches every table: another URL slug, other tags, a link, a longer text. */
static enum status
save_again(struct db *db)
{
	static const char *const tags[] = { "Money", "Letters", "New" };
	static const struct post_link link = { .address = "a.png", .target = "/media/a.png" };
	static char words[9000];
	struct post_save save = store_post(author, "moved", "Moved", words, "Other closed words.");
	int64_t id;

	for (size_t i = 0; i + 1 < sizeof(words); i++)
		words[i] = i % 7 == 6 ? ' ' : (char)('a' + i * i % 26);
	save.post.id = first;
	save.post.published += 60;
	save.tags = tags;
	save.tag_count = 3;
	save.links = &link;
	save.link_count = 1;
	save.expected_revision = 1;
	TRY(db_begin_write(db));
	TRY(post_save(db, store->arena, &save, &id));
	return db_commit(db);
}

static const char *
dump_after_save(void)
{
	const char *problem;
	struct db *db;

	fresh();
	ck_assert_int_eq(db_open(path, DB_TOOL, &db, &problem), OK);
	ck_assert_int_eq(save_again(db), OK);
	db_close(db);
	return store_dump(store->arena, path);
}

/* Saves again with the same connection, or with a new one if this one is broken. */
static void
save_once_more(struct db *db, const char *after, int kind, int nth)
{
	const char *problem;
	enum status status;

	if (db_is_broken(db)) {
		db_close(db);
		ck_assert_msg(db_open(path, DB_TOOL, &db, &problem) == OK, "%s, call %d: %s", kind_name(kind), nth, problem);
	}
	status = save_again(db);
	db_end(db);
	/* If the last step of a commit failed, the change may still be stored, but then completely. */
	ck_assert_msg(status == OK || status == CONFLICT, "%s, call %d: then %s", kind_name(kind), nth, status_name(status));
	db_close(db);
	ck_assert_str_eq(store_dump(store->arena, path), after);
}

START_TEST(a_save_is_complete_or_has_no_effect)
{
	const char *after = dump_after_save();
	int nth = 1;

	ck_assert_str_ne(after, before);
	for (bool happened = true; happened && nth < CALLS_MAX; nth++) {
		struct arena *kept = store->arena;
		const char *problem, *dump;
		enum status status;
		struct db *db;
		store->arena = arena_new();
		fresh();
		ck_assert_int_eq(db_open(path, DB_TOOL, &db, &problem), OK);
		arm(_i, nth);
		status = save_again(db);
		db_end(db);
		happened = fault_clear();
		ck_assert_msg(is_expected_status(_i, status), "%s, call %d: %s", kind_name(_i), nth, status_name(status));
		ck_assert(happened || status == OK);
		assert_intact(path, _i, nth);
		dump = store_dump(store->arena, path);
		if (status == OK)
			ck_assert_str_eq(dump, after);
		else
			ck_assert_msg(str_equal(dump, before) || str_equal(dump, after), "%s, call %d: half a post",
				kind_name(_i), nth);
		save_once_more(db, after, _i, nth);
		assert_intact(path, _i, nth);
		arena_free(store->arena);
		store->arena = kept;
	}
	ck_assert_int_lt(nth, CALLS_MAX);
}
END_TEST

/* --- reading ----------------------------------------------------------------------------- */

/* The steps of a page, from opening the database. */
static enum status
read_pages(struct db **ret_db)
{
	struct post_filter filter = { .lang = "en" };
	struct cursor start = { 0 };
	struct viewer viewer = { .now = STORE_NOW };
	struct search_result result;
	struct post_list list;
	struct content_version change;
	struct post post;
	const char *problem = "", *xhtml, *contents;

	TRY(db_open(path, DB_SERVE, ret_db, &problem));
	TRY(db_set_query_only(*ret_db, true));
	TRY(db_begin_read(*ret_db));
	TRY(content_version_read(*ret_db, STORE_NOW, &change));
	TRY(post_list(*ret_db, store->arena, &filter, &start, STORE_NOW, 20, &list));
	ck_assert_uint_eq(list.count, 20);
	TRY(post_by_slug(*ret_db, store->arena, "first", &post));
	TRY(post_part(*ret_db, store->arena, post.id, true, &xhtml, &contents));
	ck_assert_str_eq(xhtml, "Closed words.");
	TRY(search_posts(*ret_db, store->arena, &viewer, "words", NULL, 0, &result));
	ck_assert_int_eq(result.total, 21);
	return OK;
}

START_TEST(reading_gives_an_error_status_or_the_right_rows)
{
	int nth = 1;

	fresh();
	for (bool happened = true; happened && nth < CALLS_MAX; nth++) {
		struct arena *kept = store->arena;
		struct db *db = NULL;
		enum status status;
		store->arena = arena_new();
		arm(_i, nth);
		status = read_pages(&db);
		happened = fault_clear();
		/* A reader writes nothing except the shared memory of the log. */
		ck_assert_msg(status == OK || status == BROKEN || status == FULL, "%s, call %d: %s", kind_name(_i), nth,
			status_name(status));
		db_close(db);
		db = NULL;
		ck_assert_msg(read_pages(&db) == OK, "%s, call %d: reading still fails", kind_name(_i), nth);
		db_close(db);
		arena_free(store->arena);
		store->arena = kept;
	}
	ck_assert_int_lt(nth, CALLS_MAX);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = { a_save_is_complete_or_has_no_effect, reading_gives_an_error_status_or_the_right_rows };

	return faults_run("faults", tests, sizeof(tests) / sizeof(*tests));
}
