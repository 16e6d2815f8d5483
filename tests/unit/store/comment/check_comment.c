/* Comments: their place in a thread, states, removal, and the counts and versions that follow from them. */
#include "support/store_case.h"
#include "support/suite.h"

#include "core/str.h"
#include "store/comment/comment.h"
#include "store/comment/comment_path.h"
#include "store/comment/comment_thread.h"
#include "store/db/content_version.h"

static int64_t author, post;

static void
setup(void)
{
	struct post_save save;

	store_setup();
	author = store_user(store, "Author", "author");
	save = store_post(author, "a", "A", "Words.", "");
	post = store_save(store, &save);
}

static int64_t
add(int64_t parent, const char *text, const char *state)
{
	struct comment comment = { .post_id = post, .parent_id = parent, .name = "Guest", .text = text, .xhtml = "<p>x</p>", .created = STORE_NOW };
	int64_t id;

	ck_assert_int_eq(comment_add(store->db, store->arena, &comment, state, &id), OK);
	return id;
}

static struct comment
read_comment(int64_t id)
{
	struct comment comment;

	ck_assert_int_eq(comment_by_id(store->db, store->arena, id, &comment), OK);
	return comment;
}

static void
decide(int64_t id, const char *state)
{
	struct comment_decision decision = { .state = state, .reason = "x", .reason_note = "", .user_id = author };

	ck_assert_int_eq(comment_set_state(store->db, store->arena, id, read_comment(id).version, &decision), OK);
}

static struct content_version
versions(void)
{
	struct content_version version;

	ck_assert_int_eq(content_version_read(store->db, STORE_NOW, &version), OK);
	return version;
}

static struct thread
thread_now(void)
{
	struct thread thread;

	ck_assert_int_eq(thread_read(store->db, post, &thread), OK);
	return thread;
}

/* The texts of a thread in reading order, or "-" for a placeholder; with the depth in front. */
static const char *
replies_of(int64_t root)
{
	struct comment *comments;
	struct str text = str_init(store->arena);
	size_t count;

	ck_assert_int_eq(comment_list_replies(store->db, store->arena, root, "", 1000, &comments, &count), OK);
	for (size_t i = 0; i < count; i++)
		str_printf(&text, "%s%d%s", i == 0 ? "" : " ", (int)comments[i].depth, str_equal(comments[i].state, "shown") ? comments[i].text : "-");
	return text.length == 0 ? "" : text.bytes;
}

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

int
main(void)
{
	Suite *suite = suite_create("comment");
	TCase *cases = tcase_create("comment");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_add_test(cases, only_shown_comments_are_listed);
	tcase_add_test(cases, a_shown_comment_counts_only_where_it_is_seen);
	tcase_add_test(cases, replies_are_in_reading_order);
	tcase_add_test(cases, nobody_replies_to_what_is_not_shown);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
