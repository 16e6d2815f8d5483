/*
 * The fixture of tests of search: a fresh database with users of different roles, and functions that add posts and search.
 *
 *     tcase_add_checked_fixture(cases, search_setup, store_teardown);
 */
#ifndef TESTS_SEARCH_CASE_H
#define TESTS_SEARCH_CASE_H

#include <check.h>

#include "store/search/search.h"
#include "store_case.h"

static int64_t author, member, owner;

static inline void
search_setup(void)
{
	store_setup();
	author = store_user(store, "Mo Li", "author");
	member = store_user(store, "Member", "member");
	owner = store_user(store, "Owner", "owner");
}

/* Saves a post with that slug and access and returns its id. */
static inline int64_t
add(const char *slug, const char *title, const char *access, const char *open, const char *closed)
{
	struct post_save save = store_post(author, slug, title, open, closed);

	save.post.access = access;
	return store_save(store, &save);
}

/* What a user finds on that page, in posts of that language or all (NULL); user 0 is an anonymous visitor. */
static inline struct search_result
find_page(int64_t user_id, const char *words, const char *lang, size_t page)
{
	struct viewer viewer = store_viewer(store, user_id);
	struct search_result result = { 0 };

	ck_assert_msg(search_posts(store->db, store->arena, &viewer, words, lang, page, &result) == OK, "%s", words);
	return result;
}

/* What a user finds on the first page. */
static inline struct search_result
find(int64_t user_id, const char *words)
{
	return find_page(user_id, words, NULL, 0);
}

#endif
