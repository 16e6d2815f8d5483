/* Comments: their place in a thread, states, removal, and the counts and versions that follow from them. */
#include "support/store_case.h"
#include "support/suite.h"

#include <string.h>

#include "core/str.h"
#include "store/comment/comment.h"
#include "store/comment/comment_access.h"
#include "store/comment/comment_count.h"
#include "store/comment/comment_path.h"
#include "store/comment/comment_thread.h"
#include "store/db/content_version.h"
#include "store/setting/setting.h"

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

/* --- access ------------------------------------------------------------------------- */

static struct setting_values *
values_now(void)
{
	struct setting_values *values;

	ck_assert_int_eq(setting_read(store->db, store->arena, &values), OK);
	return values;
}

static void
set(const char *name, const char *value)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(setting_save(store->db, name, "", value), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

/* "may read", then the reason why they may not write, for a visitor, a member, a payer and the author. */
static const char *
access_of(const char *post_access, const char *comment_access_word)
{
	static int64_t member, payer;
	struct post about = store_post_by_id(store, post);
	struct str text = str_init(store->arena);
	struct setting_values *values = values_now();
	int64_t people[4];

	if (member == 0) {
		member = store_user(store, "Member", "member");
		payer = store_user(store, "Payer", "member");
		(void)store_grant(store, payer, "everything", 0);
	}
	memcpy(people, (int64_t[]){ 0, member, payer, author }, sizeof(people));
	about.access = post_access;
	about.comment_access = comment_access_word;
	for (size_t i = 0; i < 4; i++) {
		struct viewer viewer = store_viewer(store, people[i]);
		struct comment_access access = comment_access(values, &viewer, &about);
		str_printf(&text, "%s%s%d", i == 0 ? "" : " ", access.may_read ? "+" : "-", (int)access.refusal);
	}
	return text.bytes;
}

START_TEST(comments_have_the_restriction_of_their_post)
{
	ck_assert_str_eq(access_of("public", "open"), "+0 +0 +0 +0");
	ck_assert_str_eq(access_of("public", "members"), "+5 +0 +0 +0");
	ck_assert_str_eq(access_of("public", "readers"), "+5 +6 +0 +0");
	ck_assert_str_eq(access_of("public", "closed"), "+2 +2 +2 +2");
	ck_assert_str_eq(access_of("members", "open"), "-1 +0 +0 +0");
	ck_assert_str_eq(access_of("paid", "open"), "-1 -1 +0 +0");
	ck_assert_str_eq(access_of("paid", "members"), "-1 -1 +0 +0");
	set("comments_from", "members");
	ck_assert_str_eq(access_of("public", "open"), "+5 +0 +0 +0");
	set("comments_from", "nobody");
	ck_assert_str_eq(access_of("public", "open"), "+4 +4 +4 +0");
	set("comments_from", "everybody");
	set("comments_days", "1"); /* the post was published a day ago */
	ck_assert_str_eq(access_of("public", "open"), "+3 +3 +3 +0");
	set("comments_days", "2");
	ck_assert_str_eq(access_of("public", "open"), "+0 +0 +0 +0");
	set("comments_shown", "no");
	ck_assert_str_eq(access_of("public", "open"), "-1 -1 -1 -1");
}
END_TEST

START_TEST(a_new_post_gets_the_access_of_the_setting)
{
	struct post_save save = store_post(author, "b", "B", "Words.", "");
	int64_t id = store_save(store, &save);

	ck_assert_str_eq(store_post_by_id(store, id).comment_access, "open");
	set("comment_access", "members");
	save = store_post(author, "c", "C", "Words.", "");
	ck_assert_str_eq(store_post_by_id(store, store_save(store, &save)).comment_access, "members");
	save.post.slug = "d";
	save.post.comment_access = "closed";
	ck_assert_str_eq(store_post_by_id(store, store_save(store, &save)).comment_access, "closed");
	ck_assert_str_eq(store_post_by_id(store, id).comment_access, "open");
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
	tcase_add_test(cases, a_deleted_comment_keeps_its_place_while_it_has_replies);
	tcase_add_test(cases, a_deleted_comment_above_a_held_reply_is_not_listed);
	tcase_add_test(cases, a_state_changes_places_and_counts);
	tcase_add_test(cases, the_second_of_two_decisions_is_told);
	tcase_add_test(cases, a_stamp_is_used_once);
	tcase_add_test(cases, each_order_has_every_thread_once);
	tcase_add_test(cases, a_chain_of_five_thousand_replies);
	tcase_add_test(cases, a_path_has_a_short_form);
	tcase_add_test(cases, numbers_in_lists_are_rounded_down);
	tcase_add_test(cases, wrong_numbers_are_found_and_corrected);
	tcase_add_test(cases, comments_have_the_restriction_of_their_post);
	tcase_add_test(cases, a_new_post_gets_the_access_of_the_setting);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
