/* A site with a post, its author, a moderator and a member, and decisions about comments. One test file includes it. */
#ifndef SUPPORT_MODERATION_CASE_H
#define SUPPORT_MODERATION_CASE_H

#include "support/raw_sql.h"
#include "support/store_case.h"
#include "support/suite.h"

#include "store/comment/comment.h"
#include "store/moderation/decision.h"

static int64_t author, post, mod, member;

static inline void
setup(void)
{
	struct post_save save;

	store_setup();
	(void)store_user(store, "Owner", "owner");
	author = store_user(store, "Author", "author");
	mod = store_user(store, "Mo Derator", "moderator");
	member = store_user(store, "Anna", "member");
	save = store_post(author, "a", "A", "Words.", "");
	post = store_save(store, &save);
	ck_assert_int_eq(db_begin_comment(store->db), OK);
}

static inline void
teardown(void)
{
	db_end(store->db);
	store_teardown();
}

static inline int64_t
add_by(int64_t user_id, const char *name, const char *text, const char *state)
{
	struct comment comment = { .post_id = post, .user_id = user_id, .name = name, .network = user_id == 0 ? "net" : "", .text = text,
		.xhtml = "<p>x</p>", .created = STORE_NOW - 60, .reason = "first" };
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

static inline struct decision
order(const char *action, int64_t comment_id, int64_t version)
{
	return (struct decision){ .action = action, .comment_id = comment_id, .version = version, .user_id = mod, .created = STORE_NOW,
		.heading = "", .note = "" };
}

static inline int64_t
decide(const char *action, int64_t comment_id)
{
	struct decision decision = order(action, comment_id, read_comment(comment_id).version);
	int64_t id;

	ck_assert_int_eq(decision_make(store->db, store->arena, &decision, &id), OK);
	return id;
}

static inline int64_t
number(const char *sql)
{
	return raw_number(store->db, sql);
}

#endif
