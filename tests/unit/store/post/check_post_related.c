/* Related posts, translations, static pages, and what sitemaps list. */
#include "support/post_case.h"
#include "support/suite.h"

enum { DAY = 24 * 60 * 60 };

START_TEST(related_posts_share_most_tags_newest_first)
{
	static const char *const all[] = { "a", "b", "c" }, *const two[] = { "a", "b" }, *const one[] = { "c" };
	int64_t self = store_save_tagged(store, author, "self", STORE_NOW - 10, "en", all, 3);
	int64_t single = store_save_tagged(store, author, "single", STORE_NOW - 1, "en", one, 1);
	int64_t older = store_save_tagged(store, author, "older", STORE_NOW - 30, "en", two, 2);
	int64_t newer = store_save_tagged(store, author, "newer", STORE_NOW - 20, "en", two, 2);
	struct post post = store_post_by_id(store, self), *related;
	size_t count;

	(void)store_save_tagged(store, author, "other-language", STORE_NOW - 5, "zh", all, 3);
	(void)store_save_tagged(store, author, "still-to-come", STORE_NOW + 5, "en", all, 3);
	(void)store_save_tagged(store, author, "nothing-shared", STORE_NOW - 5, "en", NULL, 0);
	ck_assert_int_eq(post_related(store->db, store->arena, &post, STORE_NOW, 5, &related, &count), OK);
	ck_assert_uint_eq(count, 3);
	ck_assert_int_eq(related[0].id, newer);
	ck_assert_int_eq(related[1].id, older);
	ck_assert_int_eq(related[2].id, single);
	ck_assert_int_eq(post_related(store->db, store->arena, &post, STORE_NOW, 2, &related, &count), OK);
	ck_assert_uint_eq(count, 2);
	post.tag_count = 0;
	ck_assert_int_eq(post_related(store->db, store->arena, &post, STORE_NOW, 2, &related, &count), OK);
	ck_assert_uint_eq(count, 0);
}
END_TEST

/* More tags and posts than are considered: the work is limited, and nothing is written beyond an array. */
START_TEST(related_posts_of_a_large_site_are_distinct)
{
	const char *tags[12];
	struct post post, *related;
	size_t count;
	int64_t self = 0;

	for (int i = 0; i < 12; i++)
		tags[i] = arena_printf(store->arena, "tag %d", i);
	for (int i = 0; i < 40; i++)
		self = store_save_tagged(store, author, arena_printf(store->arena, "p%d", i), STORE_NOW - 1000 + i, "en", tags + i % 9, 4);
	post = store_post_by_id(store, self);
	ck_assert_int_eq(post_related(store->db, store->arena, &post, STORE_NOW, 40, &related, &count), OK);
	ck_assert_uint_ge(count, 3);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < i; j++)
			ck_assert(related[i].id != related[j].id && related[i].id != self);
}
END_TEST

START_TEST(translations_and_the_featured_post_are_found)
{
	struct post_save save = store_post(author, "en", "English", "Words.", "");
	int64_t first = store_save(store, &save), second;
	struct post post, *others, featured;
	size_t count;

	save.post = store_post(author, "zh", "Chinese", "Words.", "").post;
	save.post.lang = "zh";
	save.post.work_id = first;
	save.post.featured = 1;
	second = store_save(store, &save);
	post = store_post_by_id(store, first);
	ck_assert_int_eq(post_translations(store->db, store->arena, &post, STORE_NOW, &others, &count), OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(others[0].id, second);
	ck_assert_int_eq(post_featured(store->db, store->arena, "zh", STORE_NOW, &featured), OK);
	ck_assert_int_eq(featured.id, second);
	ck_assert_int_eq(post_featured(store->db, store->arena, "en", STORE_NOW, &featured), NOT_FOUND);
	ck_assert_int_eq(post_featured(store->db, store->arena, "zh", STORE_NOW - 2 * DAY, &featured), NOT_FOUND);
	set_state(second, "unpublished");
	ck_assert_int_eq(post_translations(store->db, store->arena, &post, STORE_NOW, &others, &count), OK);
	ck_assert_uint_eq(count, 0);
	ck_assert_int_eq(post_featured(store->db, store->arena, "zh", STORE_NOW, &featured), NOT_FOUND);
}
END_TEST

START_TEST(static_pages_are_in_no_list)
{
	static const char *const tags[] = { "Craft" };
	struct post_save save = store_post(author, "about", "About", "Words.", "");
	struct post *pages;
	struct tag *list;
	size_t count;

	save.post.kind = "page";
	save.tags = tags;
	save.tag_count = 1;
	(void)store_save(store, &save);
	save.post.slug = "draft";
	save.post.state = "draft";
	(void)store_save(store, &save);
	ck_assert_uint_eq(listed(STORE_NOW), 0);
	ck_assert_int_eq(post_pages(store->db, store->arena, STORE_NOW, &pages, &count), OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(pages[0].slug, "about");
	ck_assert_int_eq(tag_list(store->db, store->arena, "", STORE_NOW, &list, &count), OK);
	ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(posts_are_listed_by_id_for_sitemaps)
{
	struct post_save save = store_post(author, "a", "Title", "Words.", "");
	struct post *posts;
	size_t count;
	int64_t ids[5], highest;

	ck_assert_int_eq(post_highest_id(store->db, &highest), OK);
	ck_assert_int_eq(highest, 0);
	for (int i = 0; i < 5; i++)
		ids[i] = store_save(store, &save);
	ck_assert_int_eq(post_list_by_id(store->db, store->arena, ids[1], 2, &posts, &count), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(posts[0].id, ids[2]);
	ck_assert_int_eq(post_highest_id(store->db, &highest), OK);
	ck_assert_int_eq(highest, ids[4]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("post_related");
	TCase *cases = tcase_create("post_related");

	tcase_add_checked_fixture(cases, post_setup, post_teardown);
	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, related_posts_share_most_tags_newest_first);
	tcase_add_test(cases, related_posts_of_a_large_site_are_distinct);
	tcase_add_test(cases, translations_and_the_featured_post_are_found);
	tcase_add_test(cases, static_pages_are_in_no_list);
	tcase_add_test(cases, posts_are_listed_by_id_for_sitemaps);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
