/* Comments: their states, their removal, and the counts and versions that follow from them. */
#include "support/comment_case.h"
#include "support/suite.h"

START_TEST(only_shown_comments_are_listed)
{
	const char *const states[] = { "shown", "held", "hidden", "rejected", "spam", "shown" };
	struct comment *comments;
	int64_t first = 0;
	size_t count;

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++) {
		int64_t id = add(0, "a < b", states[i]);
		first = first == 0 ? id : first;
	}
	(void)add(first, "x", "held");
	(void)add(first, "y", "shown");
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(comment_list_top(store->db, store->arena, post, COMMENT_OLDEST, NULL, 100, &comments, &count), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(comments[0].id, first);
	ck_assert_int_eq(comments[0].replies, 1);
	ck_assert_str_eq(comments[0].text, "a < b");
	ck_assert_int_eq(comments[1].parent_id, 0);
	ck_assert_str_eq(replies_of(first), "1y");
	ck_assert_int_eq(thread_now().shown, 3);
	ck_assert_int_eq(thread_now().waiting, 2);
	ck_assert_int_eq(comment_list_top(store->db, store->arena, post + 1, COMMENT_OLDEST, NULL, 100, &comments, &count), OK);
	ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(a_shown_comment_counts_only_where_it_is_seen)
{
	struct content_version before = versions(), after;

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	(void)add(0, "a", "shown");
	ck_assert_int_eq(db_commit(store->db), OK);
	after = versions();
	ck_assert_int_eq(after.counter, before.counter);
	ck_assert_int_eq(after.comments, before.comments + 1);
	ck_assert_int_eq(after.steps, before.steps + 1);
	ck_assert_int_eq(thread_now().version, 1);

	/* A held one changes nothing that readers see. */
	before = after;
	ck_assert_int_eq(db_begin_private(store->db), OK);
	(void)add(0, "b", "held");
	ck_assert_int_eq(db_commit(store->db), OK);
	after = versions();
	ck_assert_int_eq(after.counter + after.comments + after.steps, before.counter + before.comments + before.steps);
	ck_assert_int_eq(thread_now().version, 1);
	ck_assert_int_eq(thread_now().waiting, 1);

	/* A shown one in a private transaction is a mistake, and nothing is saved. */
	ck_assert_int_eq(db_begin_private(store->db), OK);
	(void)add(0, "c", "shown");
	ck_assert_int_eq(db_commit(store->db), FAULT);
	ck_assert_int_eq(thread_now().shown, 1);
}
END_TEST

START_TEST(nobody_replies_to_what_is_not_shown)
{
	struct comment reply = { .post_id = post, .name = "x", .text = "x", .xhtml = "x" };
	const char *const states[] = { "held", "hidden", "rejected", "spam" };
	int64_t id;

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++) {
		reply.parent_id = add(0, "a", states[i]);
		ck_assert_int_eq(comment_add(store->db, store->arena, &reply, "shown", &id), INVALID);
		ck_assert_int_eq(comment_add(store->db, store->arena, &reply, "held", &id), INVALID);
	}
	reply.parent_id = 99;
	ck_assert_int_eq(comment_add(store->db, store->arena, &reply, "shown", &id), INVALID);
	reply.parent_id = add(0, "a", "shown");
	reply.post_id = post + 1;
	ck_assert_int_eq(comment_add(store->db, store->arena, &reply, "shown", &id), INVALID);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

START_TEST(a_deleted_comment_keeps_its_place_while_it_has_replies)
{
	int64_t root, a, b;
	struct comment gone;

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	root = add(0, "root", "shown");
	a = add(root, "a", "shown");
	b = add(a, "b", "shown");
	ck_assert_int_eq(comment_remove(store->db, store->arena, a), OK);
	ck_assert_str_eq(replies_of(root), "1- 2b");
	gone = read_comment(a);
	ck_assert_str_eq(gone.state, "deleted");
	ck_assert_str_eq(gone.name, "");
	ck_assert_str_eq(gone.text, "");
	ck_assert_str_eq(gone.xhtml, "");
	ck_assert_int_eq(gone.version, 2);
	ck_assert_int_eq(thread_now().shown, 2);
	ck_assert_int_eq(read_comment(root).replies, 2);
	/* With the last reply, the placeholder goes as well. */
	ck_assert_int_eq(comment_remove(store->db, store->arena, b), OK);
	ck_assert_str_eq(replies_of(root), "");
	ck_assert_int_eq(comment_by_id(store->db, store->arena, a, &gone), NOT_FOUND);
	ck_assert_int_eq(comment_by_id(store->db, store->arena, b, &gone), NOT_FOUND);
	ck_assert_int_eq(read_comment(root).replies, 0);
	ck_assert_int_eq(thread_now().shown, 1);
	ck_assert_int_eq(comment_remove(store->db, store->arena, root), OK);
	ck_assert_int_eq(thread_now().shown, 0);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

/* A reply that is held does not keep the place, but its row needs the one above it. */
START_TEST(a_deleted_comment_above_a_held_reply_is_not_listed)
{
	int64_t root, a, held;

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	root = add(0, "root", "shown");
	a = add(root, "a", "shown");
	held = add(a, "held", "held");
	ck_assert_int_eq(comment_remove(store->db, store->arena, a), OK);
	ck_assert_str_eq(replies_of(root), "");
	ck_assert_int_eq(read_comment(held).parent_id, a);
	decide(held, "shown");
	ck_assert_str_eq(replies_of(root), "1- 2held");
	ck_assert_int_eq(read_comment(root).replies, 2);
	decide(held, "rejected");
	ck_assert_str_eq(replies_of(root), "");
	ck_assert_int_eq(thread_now().waiting, 0);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

START_TEST(a_state_changes_places_and_counts)
{
	int64_t root, a, b;

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	root = add(0, "root", "held");
	ck_assert_int_eq(thread_now().waiting, 1);
	decide(root, "shown");
	ck_assert_int_eq(thread_now().waiting, 0);
	a = add(root, "a", "shown");
	b = add(a, "b", "shown");
	decide(a, "hidden");
	ck_assert_str_eq(replies_of(root), "1- 2b");
	decide(b, "spam");
	ck_assert_str_eq(replies_of(root), "");
	ck_assert_int_eq(thread_now().shown, 1);
	decide(b, "shown");
	ck_assert_str_eq(replies_of(root), "1- 2b");
	decide(a, "shown");
	ck_assert_str_eq(replies_of(root), "1a 2b");
	ck_assert_int_eq(thread_now().shown, 3);
	ck_assert_int_eq(read_comment(root).replies, 2);
	ck_assert_int_eq(read_comment(a).version, 3);
	ck_assert_int_eq(read_comment(a).decided_by, author);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

START_TEST(the_second_of_two_decisions_is_told)
{
	struct comment_decision decision = { .state = "shown", .reason = "", .reason_note = "", .user_id = author };
	struct comment seen;
	int64_t id;

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	id = add(0, "a", "held");
	seen = read_comment(id);
	ck_assert_int_eq(comment_set_state(store->db, store->arena, id, seen.version, &decision), OK);
	decision.state = "spam";
	ck_assert_int_eq(comment_set_state(store->db, store->arena, id, seen.version, &decision), CONFLICT);
	ck_assert_str_eq(read_comment(id).state, "shown");
	ck_assert_int_eq(comment_save_text(store->db, store->arena, id, seen.version, "b", "<p>b</p>", STORE_NOW), CONFLICT);
	ck_assert_int_eq(comment_save_text(store->db, store->arena, id, seen.version + 1, "b", "<p>b</p>", STORE_NOW), OK);
	ck_assert_int_eq(read_comment(id).edited, STORE_NOW);
	ck_assert_int_eq(comment_set_state(store->db, store->arena, 99, 1, &decision), NOT_FOUND);
	(void)add(id, "c", "shown");
	ck_assert_int_eq(comment_remove(store->db, store->arena, id), OK);
	ck_assert_int_eq(comment_set_state(store->db, store->arena, id, read_comment(id).version, &decision), INVALID);
	ck_assert_int_eq(db_commit(store->db), OK);
}
END_TEST

START_TEST(a_stamp_is_used_once)
{
	struct comment comment = { .post_id = post, .name = "x", .text = "x", .xhtml = "x", .stamp = "digest" }, found;
	int64_t id, again;

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	ck_assert_int_eq(comment_add(store->db, store->arena, &comment, "shown", &id), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(db_begin_comment(store->db), OK);
	ck_assert_int_eq(comment_add(store->db, store->arena, &comment, "shown", &again), CONFLICT);
	db_end(store->db);
	ck_assert_int_eq(comment_by_stamp(store->db, store->arena, "digest", &found), OK);
	ck_assert_int_eq(found.id, id);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("comment");
	TCase *cases = tcase_create("comment");

	tcase_add_checked_fixture(cases, comment_setup, store_teardown);
	tcase_add_test(cases, only_shown_comments_are_listed);
	tcase_add_test(cases, a_shown_comment_counts_only_where_it_is_seen);
	tcase_add_test(cases, nobody_replies_to_what_is_not_shown);
	tcase_add_test(cases, a_deleted_comment_keeps_its_place_while_it_has_replies);
	tcase_add_test(cases, a_deleted_comment_above_a_held_reply_is_not_listed);
	tcase_add_test(cases, a_state_changes_places_and_counts);
	tcase_add_test(cases, the_second_of_two_decisions_is_told);
	tcase_add_test(cases, a_stamp_is_used_once);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
