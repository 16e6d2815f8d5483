/* Threads of comments: their order, long chains, numbers in lists, and the repair of stored numbers. */
#include "support/comment_case.h"
#include "support/suite.h"

#include <string.h>

#include "store/comment/comment_count.h"
#include "store/comment/comment_path.h"

START_TEST(replies_are_in_reading_order)
{
	int64_t root, a, b, deep[10];

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	root = add(0, "root", "shown");
	a = add(root, "a", "shown");
	b = add(root, "b", "shown");
	(void)add(a, "a1", "shown");
	(void)add(b, "b1", "shown");
	(void)add(a, "a2", "shown");
	ck_assert_str_eq(replies_of(root), "1a 2a1 2a2 1b 2b1");
	ck_assert_int_eq(read_comment(root).replies, 5);
	deep[0] = add(0, "0", "shown");
	for (int i = 1; i < 10; i++)
		deep[i] = add(deep[i - 1], arena_printf(store->arena, "%c", 'a' + i), "shown");
	(void)add(deep[1], "z", "shown");
	/* From depth 6 on, a reply stands beside what it replies to. */
	ck_assert_str_eq(replies_of(deep[0]), "1b 2c 3d 4e 5f 6g 6h 6i 6j 2z");
	ck_assert_int_eq(read_comment(deep[9]).parent_id, deep[8]);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

/* Reads all top-level comments, two at a time: their texts. */
static const char *
all_top(enum comment_order order)
{
	struct comment *comments, last;
	const struct comment *after = NULL;
	struct str text = str_init(store->arena);
	size_t count;

	do {
		ck_assert_int_eq(comment_list_top(store->db, store->arena, post, order, after, 2, &comments, &count), OK);
		for (size_t i = 0; i < count; i++)
			str_add(&text, comments[i].text);
		if (count > 0)
			last = comments[count - 1];
		after = &last;
	} while (count == 2);
	return text.bytes;
}

START_TEST(each_order_has_every_thread_once)
{
	const int64_t ranks[] = { 0, 5, 0, 900000, 5, 5, 0 };

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	for (size_t i = 0; i < 7; i++) {
		int64_t id = add(0, arena_printf(store->arena, "%c", (int)('a' + i)), "shown");
		ck_assert_int_eq(db_execute(store->db, arena_printf(store->arena, "UPDATE comment SET rank = %lld WHERE id = %lld",
			(long long)ranks[i], (long long)id)), OK);
		(void)add(id, "z", "shown");
	}
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_str_eq(all_top(COMMENT_OLDEST), "abcdefg");
	ck_assert_str_eq(all_top(COMMENT_NEWEST), "gfedcba");
	ck_assert_str_eq(all_top(COMMENT_BEST), "dbefacg");
}
END_TEST

/* SQLite follows at most 1,000 foreign keys in a chain; deleting the post or its comments must not need that. */
START_TEST(a_chain_of_five_thousand_replies)
{
	enum { CHAIN = 5000 };
	struct comment comment;
	const char *after, *last_path = "";
	struct comment *replies;
	int64_t root, id, seen = 0;
	size_t count;

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	root = id = add(0, "root", "shown");
	for (int i = 1; i <= CHAIN; i++)
		id = add(id, "x", "shown");
	comment = read_comment(id);
	ck_assert_int_eq(comment.depth, COMMENT_DEPTH_MAX);
	ck_assert_uint_eq(strlen(comment.path), COMMENT_PATH_MAX);
	ck_assert_int_eq(read_comment(root).replies, CHAIN);
	do {
		ck_assert_int_eq(comment_list_replies(store->db, store->arena, root, last_path, COMMENT_THREAD_PAGE, &replies, &count), OK);
		seen += (int64_t)count;
		if (count > 0)
			last_path = replies[count - 1].path;
	} while (count == COMMENT_THREAD_PAGE);
	ck_assert_int_eq(seen, CHAIN);
	ck_assert_int_eq(comment_find_page(store->db, store->arena, &comment, &after), OK);
	ck_assert_int_eq(comment_list_replies(store->db, store->arena, root, after, 1, &replies, &count), OK);
	ck_assert_int_eq(replies[0].id, id);
	/* All but the last become placeholders, which go with it. */
	for (int64_t each = root; each < id; each++)
		ck_assert_int_eq(comment_remove(store->db, store->arena, each), OK);
	ck_assert_int_eq(read_comment(root).replies, CHAIN);
	ck_assert_int_eq(comment_remove(store->db, store->arena, id), OK);
	ck_assert_int_eq(comment_by_id(store->db, store->arena, root, &comment), NOT_FOUND);
	ck_assert_int_eq(thread_now().shown, 0);
	root = id = add(0, "root", "shown");
	for (int i = 1; i <= CHAIN; i++)
		id = add(id, "x", "shown");
	ck_assert_int_eq(db_execute(store->db, "DELETE FROM post"), OK);
	ck_assert_int_eq(comment_by_id(store->db, store->arena, id, &comment), NOT_FOUND);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

START_TEST(a_path_has_a_short_form)
{
	const char *path = comment_path_add(store->arena, comment_path_add(store->arena, "", 7), INT64_C(9999999999));

	ck_assert_str_eq(path, "00000000079999999999");
	ck_assert_str_eq(comment_path_short(store->arena, path), "7.9999999999");
	ck_assert_str_eq(comment_path_long(store->arena, "7.9999999999"), path);
	ck_assert_str_eq(comment_path_short(store->arena, ""), "");
	ck_assert_str_eq(comment_path_long(store->arena, ""), "");
	for (const char *const *bad = (const char *const[]){ ".", "1.", "1..2", "-1", "a", "1.2.3.4.5.6.7", "12345678901", " 1", "1;", NULL }; *bad != NULL; bad++)
		ck_assert_msg(comment_path_long(store->arena, *bad) == NULL, "%s", *bad);
}
END_TEST

START_TEST(numbers_in_lists_are_rounded_down)
{
	const int64_t pairs[][2] = { { 0, 0 }, { 1, 1 }, { 2, 2 }, { 3, 2 }, { 4, 2 }, { 5, 5 }, { 9, 5 }, { 10, 10 }, { 19, 10 }, { 20, 20 }, { 49, 20 },
		{ 50, 50 }, { 99, 50 }, { 100, 100 }, { 199, 100 }, { 200, 200 }, { 5000, 5000 }, { 123456, 100000 } };
	struct content_version before, after;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		ck_assert_int_eq(comment_step(pairs[i][0]), pairs[i][1]);
	/* Of ten comments, the 1st, 2nd, 5th and 10th change a list. */
	before = versions();
	for (int i = 0; i < 10; i++) {
		ck_assert_int_eq(db_begin_comment(store->db), OK);
		(void)add(0, "a", "shown");
		ck_assert_int_eq(db_commit(store->db), OK);
	}
	after = versions();
	ck_assert_int_eq(after.steps - before.steps, 4);
	ck_assert_int_eq(after.comments - before.comments, 10);
	ck_assert_int_eq(after.counter, before.counter);
	ck_assert_int_eq(store_post_by_id(store, post).comment_step, 10);
}
END_TEST

START_TEST(wrong_numbers_are_found_and_corrected)
{
	struct comment_count wrong;
	int64_t root, a;

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	root = add(0, "root", "shown");
	a = add(root, "a", "shown");
	(void)add(a, "b", "shown");
	(void)add(a, "c", "held");
	ck_assert_int_eq(comment_remove(store->db, store->arena, a), OK);
	ck_assert_int_eq(comment_count_repair(store->db, &wrong), OK);
	ck_assert_int_eq(wrong.threads + wrong.replies + wrong.places + wrong.steps, 0);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(db_execute(store->db, "UPDATE thread SET shown = 7, waiting = 0; UPDATE post SET comment_step = 50;"
		" UPDATE comment SET replies = 3 WHERE parent_id IS NULL; UPDATE comment SET listed = 0 WHERE state = 'deleted'"), OK);
	ck_assert_int_eq(db_begin_comment(store->db), OK);
	ck_assert_int_eq(comment_count_repair(store->db, &wrong), OK);
	ck_assert_int_eq(wrong.threads, 1);
	ck_assert_int_eq(wrong.replies, 1);
	ck_assert_int_eq(wrong.places, 1);
	ck_assert_int_eq(wrong.steps, 1);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(thread_now().shown, 2);
	ck_assert_int_eq(thread_now().waiting, 1);
	ck_assert_int_eq(read_comment(root).replies, 2);
	ck_assert_str_eq(replies_of(root), "1- 2b");
	ck_assert_int_eq(store_post_by_id(store, post).comment_step, 2);
	ck_assert_int_eq(db_execute(store->db, "DELETE FROM thread"), OK);
	ck_assert_int_eq(db_begin_comment(store->db), OK);
	ck_assert_int_eq(comment_count_repair(store->db, &wrong), OK);
	ck_assert_int_eq(wrong.threads, 1);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(thread_now().shown, 2);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("comment_thread");
	TCase *cases = tcase_create("comment_thread");

	tcase_add_checked_fixture(cases, comment_setup, store_teardown);
	tcase_add_test(cases, replies_are_in_reading_order);
	tcase_add_test(cases, each_order_has_every_thread_once);
	tcase_add_test(cases, a_chain_of_five_thousand_replies);
	tcase_add_test(cases, a_path_has_a_short_form);
	tcase_add_test(cases, numbers_in_lists_are_rounded_down);
	tcase_add_test(cases, wrong_numbers_are_found_and_corrected);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
