/*
 * The fixture of the tests of comments: a store with a post by an author, and short forms of what they all do.
 *
 *     tcase_add_checked_fixture(cases, comment_setup, store_teardown);
 */
#ifndef TESTS_COMMENT_CASE_H
#define TESTS_COMMENT_CASE_H

#include <check.h>

#include "support/store_case.h"

#include "core/str.h"
#include "store/comment/comment.h"
#include "store/comment/comment_thread.h"
#include "store/db/content_version.h"

static int64_t author, post;

static inline void
comment_setup(void)
{
	struct post_save save;

	store_setup();
	author = store_user(store, "Author", "author");
	save = store_post(author, "a", "A", "Words.", "");
	post = store_save(store, &save);
}

static inline int64_t
add(int64_t parent, const char *text, const char *state)
{
	struct comment comment = { .post_id = post, .parent_id = parent, .name = "Guest", .text = text, .xhtml = "<p>x</p>", .created = STORE_NOW };
	int64_t id;

	ck_assert_int_eq(comment_add(store->db, store->arena, &comment, state, &id), OK);
	return id;
}

static inline struct comment
read_comment(int64_t id)
{
	struct comment comment;

	ck_assert_int_eq(comment_by_id(store->db, store->arena, id, &comment), OK);
	return comment;
}

static inline void
decide(int64_t id, const char *state)
{
	struct comment_decision decision = { .state = state, .reason = "x", .reason_note = "", .user_id = author };

	ck_assert_int_eq(comment_set_state(store->db, store->arena, id, read_comment(id).version, &decision), OK);
}

static inline struct content_version
versions(void)
{
	struct content_version version;

	ck_assert_int_eq(content_version_read(store->db, STORE_NOW, &version), OK);
	return version;
}

static inline struct thread
thread_now(void)
{
	struct thread thread;

	ck_assert_int_eq(thread_read(store->db, post, &thread), OK);
	return thread;
}

/* The texts of a thread in reading order, or "-" for a placeholder; with the depth in front. */
static inline const char *
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

#endif
