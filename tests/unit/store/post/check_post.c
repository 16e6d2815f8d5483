/* A post: its addresses, its state, and everything that must change together with a save. */
#include "support/post_case.h"
#include "support/suite.h"

#include "core/token.h"
#include "store/db/content_version.h"

enum { DAY = 24 * 60 * 60 };

/* --- addresses ------------------------------------------------------------------- */

static int64_t
by_slug(const char *slug)
{
	struct post post;
	enum status status = post_by_slug(store->db, store->arena, slug, &post);

	ck_assert(status == OK || status == NOT_FOUND);
	return status == OK ? post.id : 0;
}

static int64_t
moved(const char *slug)
{
	struct post post;
	enum status status = post_by_former_slug(store->db, store->arena, slug, &post);

	ck_assert(status == OK || status == NOT_FOUND);
	return status == OK ? post.id : 0;
}

static void
rename_post(int64_t id, const char *slug)
{
	struct post_save save = store_post(author, slug, "Title", "Words.", "");

	save.post.id = id;
	ck_assert_int_eq(store_save(store, &save), id);
}

START_TEST(every_former_slug_redirects_to_the_post)
{
	struct post_save save = store_post(author, "a", "Title", "Words.", "");
	int64_t id = store_save(store, &save), other;

	rename_post(id, "b");
	rename_post(id, "c");
	ck_assert_int_eq(by_slug("c"), id);
	ck_assert_int_eq(by_slug("a") + by_slug("b"), 0);
	ck_assert_int_eq(moved("a"), id);
	ck_assert_int_eq(moved("b"), id);
	/* Renamed back: the former slug is the current one, and there is no redirect loop. */
	rename_post(id, "a");
	ck_assert_int_eq(by_slug("a"), id);
	ck_assert_int_eq(moved("a"), 0);
	ck_assert_int_eq(moved("c"), id);
	/* A new post never gets a current or former slug of another post. */
	other = store_save(store, &save);
	ck_assert_str_eq(store_post_by_id(store, other).slug, "a-2");
	save.post.slug = "c";
	ck_assert_str_eq(store_post_by_id(store, store_save(store, &save)).slug, "c-2");
	ck_assert_str_eq(store_post_by_id(store, store_save(store, &save)).slug, "c-3");
	rename_post(other, "b");
	ck_assert_str_eq(store_post_by_id(store, other).slug, "b-2");
	ck_assert_int_eq(moved("a-2"), other);
}
END_TEST

START_TEST(an_import_can_add_former_slugs)
{
	struct post_save save = store_post(author, "one", "Title", "Words.", "");
	int64_t one = store_save(store, &save), two;

	save.post.slug = "two";
	two = store_save(store, &save);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_add_former_slug(store->db, one, "old"), OK);
	ck_assert_int_eq(post_add_former_slug(store->db, one, "old"), OK);
	ck_assert_int_eq(post_add_former_slug(store->db, one, "one"), OK);
	ck_assert_int_eq(post_add_former_slug(store->db, two, "old"), CONFLICT);
	ck_assert_int_eq(post_add_former_slug(store->db, two, "one"), CONFLICT);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(moved("old"), one);
	ck_assert_int_eq(moved("one"), 0);
}
END_TEST

/* --- saving ------------------------------------------------------------------------ */

START_TEST(a_saved_post_is_read_back_completely)
{
	static const char *const tags[] = { "Craft", "", "craft", "C++", "!!!", "Money" };
	static const struct post_link links[] = { { .address = "a.png", .target = "/media/a.png" },
		{ .address = "a.png", .target = "/media/other.png" }, { .address = "b.md", .target = "/blog/b" } };
	struct post_save save = store_post(author, "all", "Title", "Open.", "Closed.");
	struct post post, again;
	struct post_text text;
	struct post_link *read;
	const char *xhtml, *contents, *digest;
	size_t count;
	int64_t id;

	save.tags = tags;
	save.tag_count = 6;
	save.links = links;
	save.link_count = 3;
	save.source = "posts/all.md";
	save.source_digest = "d1";
	save.text.open_contents = "2\tx\tX\n";
	id = store_save(store, &save);
	post = store_post_by_id(store, id);
	ck_assert_int_eq(post.work_id, id);
	ck_assert_int_eq(post.revision, 1);
	ck_assert_str_eq(post.author_name, "Mo Li");
	/* A name without a letter is ignored, and a repeated name gives one tag. */
	ck_assert_uint_eq(post.tag_count, 3);
	ck_assert_str_eq(post.tags[0].name, "Craft");
	ck_assert_str_eq(post.tags[1].name, "C++");
	ck_assert_str_eq(post.tags[2].name, "Money");
	ck_assert_int_eq(post_links(store->db, store->arena, id, &read, &count), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(read[0].target, "/media/a.png");
	ck_assert_int_eq(post_by_source(store->db, store->arena, "posts/all.md", &again, &digest), OK);
	ck_assert_int_eq(again.id, id);
	ck_assert_str_eq(digest, "d1");
	ck_assert_int_eq(post_part(store->db, store->arena, id, false, &xhtml, &contents), OK);
	ck_assert_str_eq(xhtml, "Open.");
	ck_assert_str_eq(contents, "2\tx\tX\n");
	ck_assert_int_eq(post_part(store->db, store->arena, id, true, &xhtml, &contents), OK);
	ck_assert_str_eq(xhtml, "Closed.");
	ck_assert_int_eq(post_text(store->db, store->arena, id, &text), OK);
	ck_assert_str_eq(text.closed_plain, "Closed.");
	/* Without a cut, all of it is the open part. */
	save.post.id = id;
	save.text.full_xhtml = "";
	save.tag_count = 0;
	save.link_count = 0;
	save.source = save.source_digest = NULL;
	ck_assert_int_eq(store_save(store, &save), id);
	ck_assert_int_eq(post_part(store->db, store->arena, id, true, &xhtml, &contents), OK);
	ck_assert_str_eq(xhtml, "Open.");
	ck_assert_str_eq(contents, "2\tx\tX\n");
	/* Editing the post does not remove its import source. */
	ck_assert_int_eq(post_by_source(store->db, store->arena, "posts/all.md", &again, &digest), OK);
	ck_assert_str_eq(digest, "d1");
	ck_assert_uint_eq(again.tag_count, 0);
	ck_assert_int_eq(post_links(store->db, store->arena, id, &read, &count), OK);
	ck_assert_uint_eq(count, 0);
	ck_assert_int_eq(again.revision, 2);
}
END_TEST

START_TEST(a_second_concurrent_edit_is_a_conflict)
{
	struct post_save save = store_post(author, "a", "First", "Words.", "");
	const char *before;
	int64_t id = store_save(store, &save), same;

	save.post.id = id;
	save.post.title = "Second";
	save.expected_revision = 1;
	ck_assert_int_eq(store_save(store, &save), id);
	before = store_dump(store->arena, store->path);
	save.post.title = "Third";
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_save(store->db, store->arena, &save, &same), CONFLICT);
	/* Even if the caller commits, nothing has changed. */
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_str_eq(store_dump(store->arena, store->path), before);
	ck_assert_str_eq(store_post_by_id(store, id).title, "Second");
	save.post.id = 999;
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_save(store->db, store->arena, &save, &same), NOT_FOUND);
	db_end(store->db);
}
END_TEST

enum { TAGS = 4 };
static const char *const tag_names[TAGS] = { "Craft", "Money", "Letters", "Rare" };

/* Everything that a save can change, in random order. teardown() checks that derived data is still correct. */
START_TEST(counts_and_the_index_stay_correct_after_every_change)
{
	static const char *const kinds[] = { "article", "audio", "page" };
	static const char *const states[] = { "published", "draft", "unpublished" };
	int64_t ids[6] = { 0 };

	for (int round = 0; round < 250; round++) {
		int64_t *id = &ids[store_number() % 6];
		const char *tags[TAGS];
		struct post_save save = store_post(author, arena_printf(store->arena, "s%u", store_number() % 9), "Title",
			"Open words.", store_number() % 2 ? "Closed words." : "");
		if (*id != 0 && store_number() % 3 == 0) {
			ck_assert_int_eq(db_begin_write(store->db), OK);
			ck_assert_int_eq(post_set_state(store->db, store->arena, *id, states[store_number() % 3], STORE_NOW), OK);
			ck_assert_int_eq(db_commit(store->db), OK);
			continue;
		}
		save.post.id = *id;
		save.post.kind = kinds[store_number() % 3];
		save.post.state = states[store_number() % 3];
		save.post.lang = store_number() % 2 ? "en" : "zh";
		save.post.access = store_number() % 2 ? "paid" : "public";
		save.post.published = STORE_NOW + (int64_t)(store_number() % 5) - 3;
		for (int tag = 0; tag < TAGS; tag++)
			if (store_number() % 2)
				tags[save.tag_count++] = tag_names[tag];
		save.tags = tags;
		*id = store_save(store, &save);
		if (round % 50 == 0) {
			const char *wrong = store_wrong(store->arena, store->path);
			ck_assert_msg(*wrong == '\0', "round %d:\n%s", round, wrong);
		}
	}
}
END_TEST

/* --- state ---------------------------------------------------------------------------- */

START_TEST(a_post_can_be_published_and_unpublished_repeatedly)
{
	struct post_save save = store_post(author, "a", "Title", "Words.", "");
	struct post post;
	int64_t id;

	save.post.state = "draft";
	save.post.published = save.post.updated = STORE_NOW + 30 * DAY;
	id = store_save(store, &save);
	ck_assert_uint_eq(listed(STORE_NOW), 0);
	set_state(id, "published");
	post = store_post_by_id(store, id);
	/* Publishing sets the date to now, and the last change is never in the future. */
	ck_assert_int_eq(post.published, STORE_NOW);
	ck_assert_int_eq(post.updated, STORE_NOW);
	ck_assert_int_eq(post.revision, 2);
	ck_assert_uint_eq(listed(STORE_NOW), 1);
	set_state(id, "unpublished");
	ck_assert_uint_eq(listed(STORE_NOW), 0);
	ck_assert_int_eq(by_slug("a"), id);
	set_state(id, "published");
	ck_assert_int_eq(store_post_by_id(store, id).published, STORE_NOW);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_set_state(store->db, store->arena, id + 1, "draft", STORE_NOW), NOT_FOUND);
	db_end(store->db);
}
END_TEST

/* A post that becomes due is shown by the clock alone, and the ETag of each page changes with it. */
START_TEST(a_scheduled_post_appears_without_a_write)
{
	static const char *const tags[] = { "Craft" };
	struct content_version before, due;
	struct tag *list;
	size_t count;
	int64_t first = store_save_tagged(store, author, "now", STORE_NOW - DAY, "en", tags, 1);
	int64_t later = store_save_tagged(store, author, "later", STORE_NOW + 100, "en", tags, 1);
	struct post post = store_post_by_id(store, first), older, newer;

	ck_assert_uint_eq(listed(STORE_NOW), 1);
	ck_assert_int_eq(post_neighbours(store->db, store->arena, &post, STORE_NOW, &older, &newer), OK);
	ck_assert_int_eq(newer.id, 0);
	ck_assert_int_eq(content_version_read(store->db, STORE_NOW, &before), OK);
	ck_assert_int_eq(tag_list(store->db, store->arena, "", STORE_NOW, &list, &count), OK);
	ck_assert_int_eq(list[0].posts, 1);
	ck_assert_uint_eq(listed(STORE_NOW + 99), 1);
	ck_assert_uint_eq(listed(STORE_NOW + 100), 2);
	ck_assert_int_eq(post_neighbours(store->db, store->arena, &post, STORE_NOW + 100, &older, &newer), OK);
	ck_assert_int_eq(newer.id, later);
	ck_assert_int_eq(content_version_read(store->db, STORE_NOW + 100, &due), OK);
	ck_assert_int_eq(due.counter, before.counter);
	ck_assert_int_eq(due.newest, STORE_NOW + 100);
	ck_assert_int_ne(due.newest, before.newest);
	ck_assert_int_eq(tag_list(store->db, store->arena, "", STORE_NOW + 100, &list, &count), OK);
	ck_assert_int_eq(list[0].posts, 2);
}
END_TEST

/* A static page is in the menu of every page. */
START_TEST(a_scheduled_page_changes_the_content_version_too)
{
	struct post_save save = store_post(author, "imprint", "Imprint", "Open.", "");
	struct content_version before, due, later;

	save.post.kind = "page";
	save.post.published = STORE_NOW + 100;
	(void)store_save(store, &save);
	ck_assert_int_eq(content_version_read(store->db, STORE_NOW + 99, &before), OK);
	ck_assert_int_eq(content_version_read(store->db, STORE_NOW + 100, &due), OK);
	ck_assert_int_eq(content_version_read(store->db, STORE_NOW + 200, &later), OK);
	ck_assert_int_eq(before.newest, 0);
	ck_assert_int_eq(due.newest, STORE_NOW + 100);
	ck_assert_int_eq(later.newest, due.newest);
}
END_TEST

START_TEST(rendering_again_keeps_the_authors_summary)
{
	struct post_save save = store_post(author, "a", "Title", "Open.", "Closed.");
	struct post_text text;
	int64_t id;

	save.post.summary = "By hand.";
	id = store_save(store, &save);
	ck_assert_int_eq(post_text(store->db, store->arena, id, &text), OK);
	text.open_xhtml = "Anew.";
	text.renderer = "2";
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_save_rendered(store->db, store->arena, id, &text, "Made.", 7), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_str_eq(store_post_by_id(store, id).summary, "By hand.");
	ck_assert_str_eq(store_post_by_id(store, id).generated_summary, "Made.");
	ck_assert_int_eq(store_post_by_id(store, id).reading_minutes, 7);
	ck_assert_int_eq(store_post_by_id(store, id).revision, 1);
	ck_assert_int_eq(post_text(store->db, store->arena, id, &text), OK);
	ck_assert_str_eq(text.open_xhtml, "Anew.");
}
END_TEST

static const char *
digest_of(const struct post *post)
{
	struct digest *digest = digest_new(store->arena);

	post_digest(digest, post);
	return digest_end(store->arena, digest);
}

/* A list entry is kept under this digest, so it must differ whenever the entry can. */
START_TEST(a_digest_differs_when_anything_of_the_post_does)
{
	struct post_save save = store_post(author, "a", "Title", "Open.", "");
	int64_t id = store_save(store, &save);
	struct post post = store_post_by_id(store, id), same = store_post_by_id(store, id);
	const char *digest = digest_of(&post);
	int64_t *const numbers[] = { &post.id, &post.published, &post.updated, &post.reading_minutes, &post.featured, &post.cover_id, &post.cover_width,
		&post.cover_height };
	const char **const texts[] = { &post.slug, &post.kind, &post.access, &post.title, &post.lang, &post.summary, &post.generated_summary,
		&post.author_slug, &post.author_name, &post.cover_path, &post.cover_alt, &post.cover_widths, &post.tag_text };

	ck_assert_str_eq(digest, digest_of(&same));
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		++*numbers[i];
		ck_assert_msg(strcmp(digest, digest_of(&post)) != 0, "number %zu", i);
		--*numbers[i];
	}
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const char *before = *texts[i];
		*texts[i] = arena_printf(store->arena, "%sx", before);
		ck_assert_msg(strcmp(digest, digest_of(&post)) != 0, "text %zu", i);
		*texts[i] = before;
	}
	ck_assert_str_eq(digest, digest_of(&post));
	/* Text that moves from the end of one column to the next. */
	post.title = "Ti";
	post.summary = "tle";
	same.title = "Titl";
	same.summary = "e";
	ck_assert_str_ne(digest_of(&post), digest_of(&same));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("post");
	TCase *cases = tcase_create("post");

	tcase_add_checked_fixture(cases, post_setup, post_teardown);
	tcase_set_timeout(cases, 120);
	tcase_add_test(cases, every_former_slug_redirects_to_the_post);
	tcase_add_test(cases, a_digest_differs_when_anything_of_the_post_does);
	tcase_add_test(cases, an_import_can_add_former_slugs);
	tcase_add_test(cases, a_saved_post_is_read_back_completely);
	tcase_add_test(cases, a_second_concurrent_edit_is_a_conflict);
	tcase_add_test(cases, counts_and_the_index_stay_correct_after_every_change);
	tcase_add_test(cases, a_post_can_be_published_and_unpublished_repeatedly);
	tcase_add_test(cases, a_scheduled_post_appears_without_a_write);
	tcase_add_test(cases, a_scheduled_page_changes_the_content_version_too);
	tcase_add_test(cases, rendering_again_keeps_the_authors_summary);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
