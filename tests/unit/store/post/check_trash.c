/* The list of an author's posts: the trash, search and filters, owners of translations, autosaved forms, requested exports. */
#include "support/store_case.h"
#include "support/store_invariants.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "store/post/trash.h"
#include "store/search/draft_search.h"
#include "store/job/export_job.h"
#include "store/search/search.h"
#include "store/post/translation.h"
#include "store/post/autosave.h"

static int64_t anna, bert, edda;

static void
setup(void)
{
	store_setup();
	ck_assert_int_eq(db_execute(store->db, "PRAGMA synchronous = OFF"), OK);
	anna = store_user(store, "Anna", "author");
	bert = store_user(store, "Bert", "author");
	edda = store_user(store, "Edda", "editor");
}

static void
teardown(void)
{
	store_close_checked(store);
}

static int64_t
saved(int64_t author, const char *slug, const char *state, const char *lang)
{
	struct post_save save = store_post(author, slug, slug, "Heron words.", "");

	save.post.state = state;
	save.post.lang = lang;
	return store_save(store, &save);
}

static size_t
listed(int64_t who, const char *state, const char *lang, const char *kind)
{
	struct user user = store_user_by_id(store, who);
	struct post_author_filter filter = { .state = state, .lang = lang, .kind = kind, .now = STORE_NOW };
	struct post *posts;
	size_t count;

	ck_assert_int_eq(post_author_list(store->db, store->arena, &user, &filter, &posts, &count), OK);
	return count;
}

static size_t
found(int64_t who, const char *state, const char *words)
{
	struct user user = store_user_by_id(store, who);
	struct post_author_filter filter = { .state = state, .lang = "", .kind = "", .now = STORE_NOW };
	struct post *posts;
	size_t count;

	ck_assert_int_eq(draft_search(store->db, store->arena, &user, &filter, words, &posts, &count), OK);
	return count;
}

static void
trash_post(int64_t id)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(trash_put(store->db, store->arena, id, anna, STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

START_TEST(a_post_in_the_trash_is_visible_only_in_the_trash_list)
{
	int64_t id = saved(anna, "one", "published", "en");
	struct viewer owner = store_viewer(store, anna), editor = store_viewer(store, edda);
	struct post post;

	trash_post(id);
	post = store_post_by_id(store, id);
	ck_assert_int_eq(viewer_may(&owner, &post), VIEW_NONE);
	ck_assert_int_eq(viewer_may(&editor, &post), VIEW_NONE);
	ck_assert_str_eq(post.state, "unpublished");
	ck_assert_uint_eq(listed(anna, "", "", ""), 0);
	ck_assert_uint_eq(listed(anna, "unpublished", "", ""), 0);
	ck_assert_uint_eq(listed(anna, "trash", "", ""), 1);
	ck_assert_uint_eq(listed(bert, "trash", "", ""), 0);
	ck_assert_uint_eq(found(anna, "", "heron"), 0);
	ck_assert_uint_eq(found(anna, "trash", "heron"), 1);
}
END_TEST

START_TEST(a_restored_post_has_its_former_state_and_date)
{
	struct post_save save = store_post(anna, "later", "Later", "Words.", "");
	struct post before, after;
	int64_t id;

	save.post.published = STORE_NOW + 86400;
	id = store_save(store, &save);
	before = store_post_by_id(store, id);
	trash_post(id);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(trash_restore(store->db, store->arena, id, anna, STORE_NOW), OK);
	ck_assert_int_eq(trash_restore(store->db, store->arena, id, anna, STORE_NOW), NOT_FOUND);
	ck_assert_int_eq(db_commit(store->db), OK);
	after = store_post_by_id(store, id);
	ck_assert_str_eq(after.state, before.state);
	ck_assert_int_eq(after.published, before.published);
	ck_assert_int_eq(after.trashed, 0);
	ck_assert_uint_eq(listed(anna, "scheduled", "", ""), 1);
}
END_TEST

START_TEST(only_posts_in_the_trash_are_deleted)
{
	int64_t kept = saved(anna, "kept", "draft", "en"), gone = saved(anna, "gone", "draft", "en");
	struct post *due;
	size_t count;

	trash_post(gone);
	ck_assert_int_eq(trash_due(store->db, store->arena, STORE_NOW, 10, &due, &count), OK);
	ck_assert_uint_eq(count, 0);
	ck_assert_int_eq(trash_due(store->db, store->arena, STORE_NOW + 1, 10, &due, &count), OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(trash_delete(store->db, store->arena, kept), NOT_FOUND);
	ck_assert_int_eq(trash_delete(store->db, store->arena, gone), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_uint_eq(listed(anna, "", "", ""), 1);
	ck_assert_uint_eq(found(anna, "trash", "heron"), 0);
}
END_TEST

START_TEST(lists_and_search_contain_only_posts_that_the_user_may_edit)
{
	struct viewer visitor = store_viewer(store, 0);
	struct search_result public_result;

	(void)saved(anna, "draft", "draft", "en");
	(void)saved(anna, "shown", "published", "zh");
	(void)saved(bert, "other", "unpublished", "en");
	ck_assert_uint_eq(listed(anna, "", "", ""), 2);
	ck_assert_uint_eq(listed(anna, "", "zh", ""), 1);
	ck_assert_uint_eq(listed(anna, "", "", "video"), 0);
	ck_assert_uint_eq(listed(anna, "draft", "en", "article"), 1);
	ck_assert_uint_eq(listed(edda, "", "", ""), 3);
	ck_assert_uint_eq(listed(edda, "unpublished", "", ""), 1);
	ck_assert_uint_eq(found(anna, "", "heron"), 2);
	ck_assert_uint_eq(found(anna, "draft", "HERON words"), 1);
	ck_assert_uint_eq(found(anna, "published", "heron"), 1);
	ck_assert_uint_eq(found(anna, "scheduled", "heron"), 0);
	ck_assert_uint_eq(found(anna, "", "\" OR * AND ( NEAR"), 0);
	ck_assert_uint_eq(found(bert, "", "heron"), 1);
	ck_assert_uint_eq(found(edda, "", "heron"), 3);
	/* The public total does not count unpublished posts. */
	ck_assert_int_eq(search_posts(store->db, store->arena, &visitor, "heron", NULL, 0, &public_result), OK);
	ck_assert_int_eq(public_result.total, 1);
}
END_TEST

START_TEST(translations_are_found_and_linked)
{
	int64_t first = saved(anna, "first", "published", "en"), second = saved(anna, "second", "published", "zh");
	struct user user = store_user_by_id(store, anna), other_user = store_user_by_id(store, bert);
	struct post other, post = store_post_by_id(store, second);
	struct post_save save = store_post(anna, "second", "second", "Words.", "");

	ck_assert_int_eq(translation_find(store->db, store->arena, &user, "https://example.org/blog/first?x#y", &other), OK);
	ck_assert_int_eq(other.id, first);
	ck_assert_int_eq(translation_find(store->db, store->arena, &other_user, "first", &other), NOT_FOUND);
	ck_assert_int_eq(translation_free(store->db, first, "zh", second), OK);
	ck_assert_int_eq(translation_free(store->db, first, "en", second), CONFLICT);
	save.post = post;
	save.post.work_id = first;
	(void)store_save(store, &save);
	post = store_post_by_id(store, second);
	ck_assert_int_eq(translation_other(store->db, store->arena, &user, &post, &other), OK);
	ck_assert_int_eq(other.id, first);
	/* The post whose id is the id of the work is deleted. No later post must join the work by that id. */
	trash_post(first);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(trash_delete(store->db, store->arena, first), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(store_post_by_id(store, second).work_id, second);
}
END_TEST

/* Fields of a form with a title and a text. */
static void
autosave(int64_t user_id, int64_t post_id, const char *key, const char *title, int64_t saved)
{
	const struct autosave autosave = { .user_id = user_id, .post_id = post_id, .form_key = key, .title = title, .lang = "en", .saved = saved };
	const struct autosave_field fields[] = { { "title", title }, { "access", "paid" }, { "text", "Words." } };

	ck_assert_int_eq(autosave_keep(store->db, &autosave, fields, 3), OK);
}

static size_t
autosaves(int64_t user_id, int64_t post_id)
{
	struct autosave *list;
	size_t count;

	ck_assert_int_eq(autosave_list(store->db, store->arena, user_id, post_id, &list, &count), OK);
	for (size_t i = 1; i < count; i++)
		ck_assert_int_ge(list[i - 1].saved, list[i].saved);
	return count;
}

START_TEST(each_form_has_one_autosaved_copy_with_all_its_fields)
{
	struct autosave_field *fields;
	struct autosave read;
	size_t count;

	ck_assert_int_eq(db_begin_private(store->db), OK);
	autosave(anna, 0, "one", "First", 1);
	autosave(anna, 0, "two", "Second", 2);
	autosave(anna, 0, "one", "First, changed", 3);
	autosave(bert, 0, "one", "Bert's", 4);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_uint_eq(autosaves(anna, 0), 2);
	ck_assert_uint_eq(autosaves(anna, -1), 2);
	ck_assert_uint_eq(autosaves(anna, 5), 0);
	ck_assert_int_eq(autosave_read(store->db, store->arena, anna, "one", &read, &fields, &count), OK);
	ck_assert_str_eq(read.title, "First, changed");
	ck_assert_int_eq(read.saved, 3);
	ck_assert_uint_eq(count, 3);
	ck_assert_str_eq(fields[0].name, "access");
	ck_assert_str_eq(fields[0].value, "paid");
	ck_assert_str_eq(fields[2].value, "First, changed");
	ck_assert_int_eq(autosave_read(store->db, store->arena, bert, "two", &read, &fields, &count), NOT_FOUND);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	/* The form has been autosaved again since then. */
	ck_assert_int_eq(autosave_remove_unchanged(store->db, anna, "one", 1), OK);
	ck_assert_uint_eq(autosaves(anna, 0), 2);
	ck_assert_int_eq(autosave_remove_unchanged(store->db, anna, "one", 3), OK);
	ck_assert_int_eq(autosave_remove(store->db, anna, "two"), OK);
	ck_assert_int_eq(autosave_remove(store->db, anna, "two"), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_uint_eq(autosaves(anna, 0), 0);
	ck_assert_uint_eq(autosaves(bert, 0), 1);
	ck_assert_int_eq(autosave_read(store->db, store->arena, bert, "one", &read, &fields, &count), OK);
	ck_assert_uint_eq(count, 3);
}
END_TEST

START_TEST(autosaved_copies_are_limited_and_old_ones_are_deleted)
{
	struct autosave one_more = { .user_id = anna, .form_key = "one more", .title = "", .lang = "", .saved = 1 };
	bool due;

	ck_assert_int_eq(db_begin_private(store->db), OK);
	for (int i = 0; i < AUTOSAVES_MAX; i++)
		autosave(anna, 0, arena_printf(store->arena, "%d", i), "x", STORE_NOW - i);
	ck_assert_int_eq(autosave_keep(store->db, &one_more, NULL, 0), TOO_MANY);
	autosave(anna, 0, "7", "One that is there goes on.", STORE_NOW);
	autosave(bert, 0, "b", "So does another's.", STORE_NOW);
	ck_assert_int_eq(autosave_is_due(store->db, STORE_NOW + AUTOSAVE_SECONDS - AUTOSAVES_MAX, &due), OK);
	ck_assert(!due);
	ck_assert_int_eq(autosave_is_due(store->db, STORE_NOW + AUTOSAVE_SECONDS, &due), OK);
	ck_assert(due);
	/* Deletes at most this number at once, the oldest first. */
	ck_assert_int_eq(autosave_sweep(store->db, STORE_NOW + AUTOSAVE_SECONDS, 10), OK);
	ck_assert_uint_eq(autosaves(anna, -1), AUTOSAVES_MAX - 10);
	ck_assert_int_eq(autosave_sweep(store->db, STORE_NOW + AUTOSAVE_SECONDS, 1000), OK);
	ck_assert_uint_eq(autosaves(anna, -1), 2);
	ck_assert_uint_eq(autosaves(bert, -1), 1);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

START_TEST(each_user_has_one_export_request)
{
	struct export_job job;

	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(export_job_ask(store->db, anna, 10), OK);
	ck_assert_int_eq(export_job_ask(store->db, anna, 20), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(export_job_next(store->db, store->arena, &job), OK);
	ck_assert_int_eq(job.requested, 10);
	ck_assert_int_eq(export_job_read(store->db, store->arena, bert, &job), NOT_FOUND);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("trash");
	TCase *tests = tcase_create("trash");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, a_post_in_the_trash_is_visible_only_in_the_trash_list);
	tcase_add_test(tests, a_restored_post_has_its_former_state_and_date);
	tcase_add_test(tests, only_posts_in_the_trash_are_deleted);
	tcase_add_test(tests, lists_and_search_contain_only_posts_that_the_user_may_edit);
	tcase_add_test(tests, translations_are_found_and_linked);
	tcase_add_test(tests, each_form_has_one_autosaved_copy_with_all_its_fields);
	tcase_add_test(tests, autosaved_copies_are_limited_and_old_ones_are_deleted);
	tcase_add_test(tests, each_user_has_one_export_request);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
