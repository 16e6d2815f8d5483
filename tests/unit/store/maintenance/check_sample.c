/* Sample content: removed completely, except for what the owner began to use. */
#include "support/post_case.h"
#include "support/suite.h"

#include "store/comment/comment.h"
#include "store/media/media.h"

enum { DAY = 24 * 60 * 60 };

static int64_t
stored_media(const char *digest, bool sample)
{
	struct media media = { .digest = digest, .suffix = "png", .type = "image/png", .name = "x.png", .bytes = 1 };

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(media_find_or_add(store->db, &media, sample), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	return media.id;
}

/* One of everything that `renown sample add` brings. Its people are made sample people by hand. */
static void
add_sample(void)
{
	static const char *const tags[] = { "Sample", "Craft" };
	int64_t user = store_user(store, "Sample Person", "author"), reader = store_user(store, "Sample Reader", "member");
	struct post_save save = store_post(user, "sample", "Sample", "Words.", "Closed.");
	struct post_link link = { .address = "s.png", .target = "/media/s.png" };
	struct comment comment = { .user_id = reader, .name = "Reader", .text = "Hm.", .xhtml = "Hm.", .created = STORE_NOW };
	struct grant right = { .user_id = reader, .scope = "tag", .starts = STORE_NOW, .source = "sample" };
	int64_t id;

	save.post.cover_id = link.media_id = stored_media("s1", true);
	save.sample = true;
	save.tags = tags;
	save.tag_count = 2;
	save.links = &link;
	save.link_count = 1;
	comment.post_id = store_save(store, &save);
	right.tag_id = store_post_by_id(store, comment.post_id).tags[0].id;
	save.post.id = comment.post_id;
	save.post.slug = "sample-renamed";
	(void)store_save(store, &save);
	save.post = store_post(user, "sample-draft", "Draft", "Words.", "").post;
	save.post.state = "draft";
	(void)store_save(store, &save);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(comment_add(store->db, store->arena, &comment, "shown", &id), OK);
	ck_assert_int_eq(grant_add(store->db, &right, true, &id), OK);
	ck_assert_int_eq(db_execute(store->db, "UPDATE site_user SET sample = 1 WHERE name LIKE 'Sample %'"), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

static int64_t
remove_sample(void)
{
	int64_t count = -1;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_remove_sample(store->db, store->arena, &count), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	return count;
}

START_TEST(taking_the_sample_away_leaves_nothing_of_it)
{
	static const char *const tags[] = { "Craft" };
	const char *before;

	(void)store_save_tagged(store, author, "own", STORE_NOW - DAY, "en", tags, 1);
	(void)stored_media("own", false);
	before = store_dump(store->arena, store->path);
	add_sample();
	ck_assert_str_ne(store_dump(store->arena, store->path), before);
	ck_assert_int_eq(remove_sample(), 2);
	ck_assert_str_eq(store_dump(store->arena, store->path), before);
	ck_assert_int_eq(remove_sample(), 0);
	ck_assert_str_eq(store_dump(store->arena, store->path), before);
}
END_TEST

/* The owner began to use what the sample brought: that is theirs, and stays whole. */
START_TEST(what_the_owner_uses_of_the_sample_stays)
{
	static const char *const tags[] = { "Sample" };
	struct post_save save = store_post(author, "own", "Own", "Words.", "");
	const char *dump;
	struct tag tag;
	struct media media;
	struct post *others, post;
	size_t count;
	int64_t id;

	add_sample();
	save.tags = tags;
	save.tag_count = 1;
	save.post.cover_id = stored_media("s1", false);
	save.post.lang = "zh";
	/* A translation of a sample post. */
	ck_assert_int_eq(post_by_slug(store->db, store->arena, "sample-renamed", &post), OK);
	save.post.work_id = post.work_id;
	id = store_save(store, &save);
	ck_assert_int_eq(remove_sample(), 2);
	post = store_post_by_id(store, id);
	ck_assert_uint_eq(post.tag_count, 1);
	ck_assert_str_eq(post.cover_path, "s1/s1.png");
	ck_assert_int_eq(tag_by_name(store->db, store->arena, "Sample", &tag), OK);
	ck_assert_int_eq(media_by_digest(store->db, store->arena, "s1", &media), OK);
	ck_assert_int_eq(post_translations(store->db, store->arena, &post, STORE_NOW, &others, &count), OK);
	ck_assert_uint_eq(count, 0);
	/* And it is sample content no longer: a second sample must not take it along. */
	dump = store_dump(store->arena, store->path);
	add_sample();
	(void)remove_sample();
	ck_assert_str_eq(store_dump(store->arena, store->path), dump);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("sample");
	TCase *cases = tcase_create("sample");

	tcase_add_checked_fixture(cases, post_setup, post_teardown);
	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, taking_the_sample_away_leaves_nothing_of_it);
	tcase_add_test(cases, what_the_owner_uses_of_the_sample_stays);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
