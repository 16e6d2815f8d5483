/*
 * Posts: lists against a model that does it the slow way, and everything that
 * must move together with a save.
 */
#include "store_fixture.h"
#include "store_invariants.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "store/change.h"
#include "store/comment.h"
#include "store/media.h"

enum { DAY = 24 * 60 * 60 };

static struct store *store;
static int64_t author;

static void
setup(void)
{
	store = store_open();
	/* Nothing here is about lost power. */
	ck_assert_int_eq(db_execute(store->db, "PRAGMA synchronous = OFF"), OK);
	author = store_user(store, "Mo Li", "author");
}

static void
teardown(void)
{
	const char *wrong = store_wrong(store->arena, store->path);

	ck_assert_msg(*wrong == '\0', "the store is not well:\n%s", wrong);
	store_close(store);
}

static int64_t
save_tagged(const char *slug, int64_t published, const char *lang, const char *const *tags, size_t count)
{
	struct post_save save = store_post(author, slug, slug, "Open words.", "");

	save.post.published = published;
	save.post.lang = lang;
	save.tags = tags;
	save.tag_count = count;
	return store_save(store, &save);
}

/* --- lists against a model ----------------------------------------------------- */

enum { POSTS = 90, AUTHORS = 3, TAGS = 4 };

/* What was saved, kept in the plainest form. */
struct known {
	int64_t id, published, author_id;
	const char *lang;
	bool listed;       /* published, and no page */
	unsigned tags;     /* one bit for each */
};

static struct known known[POSTS];
static int64_t authors[AUTHORS], tag_ids[TAGS];
static const char *const tag_names[TAGS] = { "Craft", "Money", "Letters", "Rare" };

static unsigned
next_number(void)
{
	static unsigned state = 12345;

	return (state = state * 1103515245u + 12345u) >> 8;
}

static void
fill(void)
{
	static const char *const kinds[] = { "article", "audio", "video", "article", "page" };
	static const char *const states[] = { "published", "published", "published", "published", "draft", "withdrawn" };

	for (int i = 0; i < AUTHORS; i++)
		authors[i] = store_user(store, arena_printf(store->arena, "Author %d", i), "author");
	for (int i = 0; i < POSTS; i++) {
		struct known *post = &known[i];
		const char *tags[TAGS];
		struct post_save save = store_post(authors[next_number() % AUTHORS],
			arena_printf(store->arena, "post-%d", i), "Title", "Words.", "");
		save.post.kind = kinds[next_number() % 5];
		save.post.state = states[next_number() % 6];
		save.post.lang = next_number() % 3 == 0 ? "zh" : "en";
		/* Nine times for ninety posts: ties everywhere. The last two are still to come, one is before 1970. */
		save.post.published = STORE_NOW + ((int64_t)(next_number() % 9) - 6) * 30 * DAY;
		if (i % 30 == 7)
			save.post.published = -5000;
		for (int tag = 0; tag < TAGS; tag++)
			if (next_number() % (tag == 3 ? 20 : 3) == 0) {
				post->tags |= 1u << tag;
				tags[save.tag_count++] = tag_names[tag];
			}
		save.tags = tags;
		post->id = store_save(store, &save);
		post->published = save.post.published;
		post->author_id = save.post.author_id;
		post->lang = save.post.lang;
		post->listed = str_equal(save.post.state, "published") && !str_equal(save.post.kind, "page");
	}
	for (int i = 0; i < TAGS; i++) {
		struct tag tag;
		ck_assert_int_eq(tag_by_name(store->db, store->arena, tag_names[i], &tag), OK);
		tag_ids[i] = tag.id;
	}
}

static bool
holds(const struct post_filter *filter, const struct known *post)
{
	int64_t until = filter->until == 0 ? STORE_NOW + 1 : filter->until;
	bool timed = filter->from != 0 || filter->until != 0, tagged = false;

	for (int i = 0; i < TAGS; i++)
		tagged = tagged || (filter->tag_id == tag_ids[i] && (post->tags & 1u << i));
	return post->listed && post->published <= STORE_NOW &&
		(filter->lang == NULL || str_equal(filter->lang, post->lang)) &&
		(filter->author_id == 0 || filter->author_id == post->author_id) &&
		(filter->tag_id == 0 || tagged) &&
		(!timed || ((filter->from == 0 || post->published >= filter->from) && post->published < until));
}

/* The ids that a filter gives, newest first, the slow way. */
static size_t
model(const struct post_filter *filter, const struct known **ret_posts)
{
	size_t count = 0;

	for (int i = 0; i < POSTS; i++) {
		size_t place = count;
		if (!holds(filter, &known[i]))
			continue;
		while (place > 0 && (ret_posts[place - 1]->published < known[i].published ||
			(ret_posts[place - 1]->published == known[i].published && ret_posts[place - 1]->id < known[i].id))) {
			ret_posts[place] = ret_posts[place - 1];
			place--;
		}
		ret_posts[place] = &known[i];
		count++;
	}
	return count;
}

static size_t
make_filters(struct post_filter *filters)
{
	static const char *const languages[] = { NULL, "en", "zh" };
	size_t count = 0;

	for (size_t i = 0; i < 3; i++) {
		const char *lang = languages[i];
		filters[count++] = (struct post_filter){ .lang = lang };
		for (int tag = 0; tag < TAGS; tag++)
			filters[count++] = (struct post_filter){ .lang = lang, .tag_id = tag_ids[tag] };
		filters[count++] = (struct post_filter){ .lang = lang, .from = STORE_NOW - 70 * DAY, .until = STORE_NOW - 20 * DAY };
		/* The ends of a range: the first second is in, the last is not. */
		filters[count++] = (struct post_filter){ .lang = lang, .from = STORE_NOW - 60 * DAY, .until = STORE_NOW };
		filters[count++] = (struct post_filter){ .lang = lang, .from = STORE_NOW - 60 * DAY };
		filters[count++] = (struct post_filter){ .lang = lang, .from = STORE_NOW - 60 * DAY, .until = STORE_NOW + 90 * DAY };
		filters[count++] = (struct post_filter){ .lang = lang, .until = STORE_NOW - 60 * DAY };
	}
	for (int i = 0; i < AUTHORS; i++)
		filters[count++] = (struct post_filter){ .author_id = authors[i] };
	filters[count++] = (struct post_filter){ .author_id = 9999 };
	filters[count++] = (struct post_filter){ .tag_id = 9999 };
	filters[count++] = (struct post_filter){ .lang = "fr" };
	return count;
}

/* Holds one page against the model from place on. */
static void
assert_page(const struct post_list *list, const struct known **posts, size_t all, size_t from, size_t limit)
{
	size_t expected = all - from < limit ? all - from : limit;

	ck_assert_uint_eq(list->count, expected);
	for (size_t i = 0; i < expected; i++)
		ck_assert_int_eq(list->posts[i].id, posts[from + i]->id);
	ck_assert_int_eq(list->has_older, from + expected < all);
	ck_assert_int_eq(list->has_newer, from > 0);
}

/* From the first page to the last by "older", and back by "newer". */
static void
walk(const struct post_filter *filter, const struct known **posts, size_t all, size_t limit)
{
	struct cursor cursor = { 0 };
	struct post_list list;
	size_t from = 0;

	for (;;) {
		ck_assert_int_eq(post_list(store->db, store->arena, filter, &cursor, STORE_NOW, limit, &list), OK);
		assert_page(&list, posts, all, from, limit);
		if (!list.has_older)
			break;
		from += list.count;
		cursor = (struct cursor){ list.posts[list.count - 1].published, list.posts[list.count - 1].id, false };
	}
	while (from > 0) {
		size_t step = from < limit ? from : limit;
		cursor = (struct cursor){ list.posts[0].published, list.posts[0].id, true };
		ck_assert_int_eq(post_list(store->db, store->arena, filter, &cursor, STORE_NOW, limit, &list), OK);
		from -= step;
		ck_assert_uint_eq(list.count, step);
		for (size_t i = 0; i < step; i++)
			ck_assert_int_eq(list.posts[i].id, posts[from + i]->id);
		ck_assert_int_eq(list.has_newer, from > 0);
		ck_assert(list.has_older);
	}
}

START_TEST(keyset_pages_are_the_whole_list_in_both_directions)
{
	static const size_t limits[] = { 1, 2, 7, 20, 200 };
	struct post_filter filters[64];
	const struct known *posts[POSTS];
	size_t count, nonempty = 0;

	fill();
	count = make_filters(filters);
	for (size_t i = 0; i < count; i++) {
		size_t all = model(&filters[i], posts);
		nonempty += all > 3;
		for (size_t j = 0; j < sizeof(limits) / sizeof(*limits); j++)
			walk(&filters[i], posts, all, limits[j]);
	}
	ck_assert_uint_gt(nonempty, 20);
}
END_TEST

/* A cursor comes from an address that somebody typed, or from a post that is gone. */
START_TEST(any_cursor_gives_what_lies_beyond_it)
{
	struct post_filter filters[64];
	const struct known *posts[POSTS];
	size_t count;

	fill();
	count = make_filters(filters);
	for (int round = 0; round < 400; round++) {
		const struct post_filter *filter = &filters[next_number() % count];
		struct cursor cursor = { STORE_NOW + ((int64_t)(next_number() % 12) - 8) * 30 * DAY + (next_number() % 3) - 1,
			(int64_t)(next_number() % (POSTS + 4)) + 1, next_number() % 2 == 0 };
		size_t all = model(filter, posts), before = 0, limit = 1 + next_number() % 9;
		struct post_list list;
		/* Those newer than the cursor, and those not older. */
		while (before < all && (posts[before]->published > cursor.published ||
			(posts[before]->published == cursor.published && posts[before]->id > cursor.id)))
			before++;
		ck_assert_int_eq(post_list(store->db, store->arena, filter, &cursor, STORE_NOW, limit, &list), OK);
		if (cursor.newer) {
			size_t expected = before < limit ? before : limit;
			ck_assert_uint_eq(list.count, expected);
			for (size_t i = 0; i < expected; i++)
				ck_assert_int_eq(list.posts[i].id, posts[before - expected + i]->id);
			if (expected > 0)
				ck_assert_int_eq(list.has_older, before < all);
		} else {
			if (before < all && posts[before]->published == cursor.published && posts[before]->id == cursor.id)
				before++;
			ck_assert_uint_eq(list.count, all - before < limit ? all - before : limit);
			for (size_t i = 0; i < list.count; i++)
				ck_assert_int_eq(list.posts[i].id, posts[before + i]->id);
			ck_assert_int_eq(list.has_older, before + list.count < all);
			if (list.count > 0)
				ck_assert_int_eq(list.has_newer, before > 0);
		}
	}
}
END_TEST

START_TEST(neighbours_are_the_next_in_the_same_language)
{
	fill();
	for (int i = 0; i < POSTS; i++) {
		struct post_filter filter = { .lang = known[i].lang };
		const struct known *posts[POSTS];
		struct post post = store_post_by_id(store, known[i].id), older, newer;
		size_t all = model(&filter, posts), place = 0;
		if (!known[i].listed || known[i].published > STORE_NOW)
			continue;
		while (posts[place]->id != known[i].id)
			place++;
		ck_assert_int_eq(post_neighbours(store->db, store->arena, &post, STORE_NOW, &older, &newer), OK);
		ck_assert_int_eq(older.id, place + 1 < all ? posts[place + 1]->id : 0);
		ck_assert_int_eq(newer.id, place > 0 ? posts[place - 1]->id : 0);
	}
}
END_TEST

START_TEST(newest_times_step_through_the_list)
{
	const struct known *posts[POSTS];
	struct post_filter filter = { .lang = "en" };
	int64_t below = STORE_NOW + 1, time;
	size_t all;

	fill();
	all = model(&filter, posts);
	for (size_t i = 0; i < all; i++) {
		if (posts[i]->published == below)
			continue;
		ck_assert_int_eq(post_newest_time(store->db, "en", below, &time), OK);
		ck_assert_int_eq(time, posts[i]->published);
		below = time;
	}
	ck_assert_int_eq(post_newest_time(store->db, "en", below, &time), NOT_FOUND);
	ck_assert_int_eq(post_newest_time(store->db, NULL, -6000, &time), NOT_FOUND);
}
END_TEST

START_TEST(tag_counts_are_what_the_lists_hold)
{
	static const char *const languages[] = { "", "en", "zh" };

	fill();
	for (size_t l = 0; l < 3; l++) {
		struct tag *tags;
		size_t count, found = 0;
		ck_assert_int_eq(tag_list(store->db, store->arena, languages[l], STORE_NOW, &tags, &count), OK);
		for (int i = 0; i < TAGS; i++) {
			struct post_filter filter = { .lang = l == 0 ? NULL : languages[l], .tag_id = tag_ids[i] };
			const struct known *posts[POSTS];
			int64_t all = (int64_t)model(&filter, posts), told = 0;
			for (size_t j = 0; j < count; j++)
				if (tags[j].id == tag_ids[i])
					told = tags[j].posts;
			ck_assert_int_eq(told, all);
			found += all > 0;
		}
		ck_assert_uint_eq(count, found);
	}
}
END_TEST

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
	enum status status = post_moved(store->db, store->arena, slug, &post);

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

START_TEST(every_former_address_leads_on)
{
	struct post_save save = store_post(author, "a", "Title", "Words.", "");
	int64_t id = store_save(store, &save), other;

	rename_post(id, "b");
	rename_post(id, "c");
	ck_assert_int_eq(by_slug("c"), id);
	ck_assert_int_eq(by_slug("a") + by_slug("b"), 0);
	ck_assert_int_eq(moved("a"), id);
	ck_assert_int_eq(moved("b"), id);
	/* Back again: the former address is the address, and no loop is left. */
	rename_post(id, "a");
	ck_assert_int_eq(by_slug("a"), id);
	ck_assert_int_eq(moved("a"), 0);
	ck_assert_int_eq(moved("c"), id);
	/* Nobody gets an address that leads to another's post, or once did. */
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

START_TEST(an_import_may_bring_former_addresses)
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

START_TEST(what_is_saved_is_read)
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
	/* A name without a letter is no tag, and a name twice is one. */
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
	/* Where it came from is not forgotten when it is edited here. */
	ck_assert_int_eq(post_by_source(store->db, store->arena, "posts/all.md", &again, &digest), OK);
	ck_assert_str_eq(digest, "d1");
	ck_assert_uint_eq(again.tag_count, 0);
	ck_assert_int_eq(post_links(store->db, store->arena, id, &read, &count), OK);
	ck_assert_uint_eq(count, 0);
	ck_assert_int_eq(again.revision, 2);
}
END_TEST

START_TEST(the_second_of_two_editors_is_told)
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
	/* Even a caller that commits all the same has changed nothing. */
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_str_eq(store_dump(store->arena, store->path), before);
	ck_assert_str_eq(store_post_by_id(store, id).title, "Second");
	save.post.id = 999;
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_save(store->db, store->arena, &save, &same), NOT_FOUND);
	db_end(store->db);
}
END_TEST

/* Everything that a save can change, in any order; teardown looks whether all that repeats still agrees. */
START_TEST(counts_and_index_follow_every_change)
{
	static const char *const kinds[] = { "article", "audio", "page" };
	static const char *const states[] = { "published", "draft", "withdrawn" };
	int64_t ids[6] = { 0 };

	for (int round = 0; round < 250; round++) {
		int64_t *id = &ids[next_number() % 6];
		const char *tags[TAGS];
		struct post_save save = store_post(author, arena_printf(store->arena, "s%u", next_number() % 9), "Title",
			"Open words.", next_number() % 2 ? "Closed words." : "");
		if (*id != 0 && next_number() % 3 == 0) {
			ck_assert_int_eq(db_begin_write(store->db), OK);
			ck_assert_int_eq(post_set_state(store->db, store->arena, *id, states[next_number() % 3], STORE_NOW), OK);
			ck_assert_int_eq(db_commit(store->db), OK);
			continue;
		}
		save.post.id = *id;
		save.post.kind = kinds[next_number() % 3];
		save.post.state = states[next_number() % 3];
		save.post.lang = next_number() % 2 ? "en" : "zh";
		save.post.access = next_number() % 2 ? "paid" : "public";
		save.post.published = STORE_NOW + (int64_t)(next_number() % 5) - 3;
		for (int tag = 0; tag < TAGS; tag++)
			if (next_number() % 2)
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

static void
set_state(int64_t id, const char *state)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_set_state(store->db, store->arena, id, state, STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

static size_t
listed(int64_t now)
{
	struct post_filter filter = { 0 };
	struct cursor start = { 0 };
	struct post_list list;

	ck_assert_int_eq(post_list(store->db, store->arena, &filter, &start, now, 20, &list), OK);
	return list.count;
}

START_TEST(publish_withdraw_and_back)
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
	/* To publish means now; and nothing can have changed in days to come. */
	ck_assert_int_eq(post.published, STORE_NOW);
	ck_assert_int_eq(post.updated, STORE_NOW);
	ck_assert_int_eq(post.revision, 2);
	ck_assert_uint_eq(listed(STORE_NOW), 1);
	set_state(id, "withdrawn");
	ck_assert_uint_eq(listed(STORE_NOW), 0);
	ck_assert_int_eq(by_slug("a"), id);
	set_state(id, "published");
	ck_assert_int_eq(store_post_by_id(store, id).published, STORE_NOW);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_set_state(store->db, store->arena, id + 1, "draft", STORE_NOW), NOT_FOUND);
	db_end(store->db);
}
END_TEST

/* A post that becomes due is shown by the clock alone, and the ETag of every page moves with it. */
START_TEST(a_scheduled_post_appears_without_a_write)
{
	static const char *const tags[] = { "Craft" };
	struct change before, due;
	struct tag *list;
	size_t count;
	int64_t first = save_tagged("now", STORE_NOW - DAY, "en", tags, 1);
	int64_t later = save_tagged("later", STORE_NOW + 100, "en", tags, 1);
	struct post post = store_post_by_id(store, first), older, newer;

	ck_assert_uint_eq(listed(STORE_NOW), 1);
	ck_assert_int_eq(post_neighbours(store->db, store->arena, &post, STORE_NOW, &older, &newer), OK);
	ck_assert_int_eq(newer.id, 0);
	ck_assert_int_eq(change_read(store->db, STORE_NOW, &before), OK);
	ck_assert_int_eq(tag_list(store->db, store->arena, "", STORE_NOW, &list, &count), OK);
	ck_assert_int_eq(list[0].posts, 1);
	ck_assert_uint_eq(listed(STORE_NOW + 99), 1);
	ck_assert_uint_eq(listed(STORE_NOW + 100), 2);
	ck_assert_int_eq(post_neighbours(store->db, store->arena, &post, STORE_NOW + 100, &older, &newer), OK);
	ck_assert_int_eq(newer.id, later);
	ck_assert_int_eq(change_read(store->db, STORE_NOW + 100, &due), OK);
	ck_assert_int_eq(due.counter, before.counter);
	ck_assert_int_eq(due.newest, STORE_NOW + 100);
	ck_assert_int_ne(due.newest, before.newest);
	ck_assert_int_eq(tag_list(store->db, store->arena, "", STORE_NOW + 100, &list, &count), OK);
	ck_assert_int_eq(list[0].posts, 2);
}
END_TEST

START_TEST(rendering_anew_keeps_what_the_author_wrote)
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
	ck_assert_int_eq(post_save_rendered(store->db, store->arena, id, &text, NULL, 7), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_str_eq(store_post_by_id(store, id).summary, "By hand.");
	ck_assert_int_eq(store_post_by_id(store, id).minutes, 7);
	ck_assert_int_eq(store_post_by_id(store, id).revision, 1);
	ck_assert_int_eq(post_text(store->db, store->arena, id, &text), OK);
	ck_assert_str_eq(text.open_xhtml, "Anew.");
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_save_rendered(store->db, store->arena, id, &text, "Made.", 7), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_str_eq(store_post_by_id(store, id).summary, "Made.");
}
END_TEST

/* --- what stands beside a post ------------------------------------------------------------ */

START_TEST(related_posts_share_most_tags_newest_first)
{
	static const char *const all[] = { "a", "b", "c" }, *const two[] = { "a", "b" }, *const one[] = { "c" };
	int64_t self = save_tagged("self", STORE_NOW - 10, "en", all, 3);
	int64_t single = save_tagged("single", STORE_NOW - 1, "en", one, 1);
	int64_t older = save_tagged("older", STORE_NOW - 30, "en", two, 2);
	int64_t newer = save_tagged("newer", STORE_NOW - 20, "en", two, 2);
	struct post post = store_post_by_id(store, self), *related;
	size_t count;

	(void)save_tagged("other-language", STORE_NOW - 5, "zh", all, 3);
	(void)save_tagged("still-to-come", STORE_NOW + 5, "en", all, 3);
	(void)save_tagged("nothing-shared", STORE_NOW - 5, "en", NULL, 0);
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

/* More tags and more posts than are looked at: bounded work, and nothing written past its end. */
START_TEST(related_posts_of_a_large_site)
{
	const char *tags[12];
	struct post post, *related;
	size_t count;
	int64_t self = 0;

	for (int i = 0; i < 12; i++)
		tags[i] = arena_printf(store->arena, "tag %d", i);
	for (int i = 0; i < 40; i++)
		self = save_tagged(arena_printf(store->arena, "p%d", i), STORE_NOW - 1000 + i, "en", tags + i % 9, 4);
	post = store_post_by_id(store, self);
	ck_assert_int_eq(post_related(store->db, store->arena, &post, STORE_NOW, 40, &related, &count), OK);
	ck_assert_uint_ge(count, 3);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < i; j++)
			ck_assert(related[i].id != related[j].id && related[i].id != self);
}
END_TEST

START_TEST(translations_and_featured)
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
	set_state(second, "withdrawn");
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

START_TEST(by_id_for_sitemaps)
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

/* --- sample content --------------------------------------------------------------------- */

static int64_t
stored_media(const char *digest, bool sample)
{
	struct media media = { .digest = digest, .suffix = "png", .type = "image/png", .name = "x.png", .bytes = 1 };

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(media_need(store->db, &media, sample), OK);
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
	ck_assert_int_eq(comment_add(store->db, &comment, "shown", true, &id), OK);
	ck_assert_int_eq(grant_add(store->db, &right, true, &id), OK);
	ck_assert_int_eq(db_execute(store->db, "UPDATE user SET sample = 1 WHERE name LIKE 'Sample %'"), OK);
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

	(void)save_tagged("own", STORE_NOW - DAY, "en", tags, 1);
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
	Suite *suite = suite_create("post");
	TCase *cases = tcase_create("post");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_set_timeout(cases, 120);
	tcase_add_test(cases, keyset_pages_are_the_whole_list_in_both_directions);
	tcase_add_test(cases, any_cursor_gives_what_lies_beyond_it);
	tcase_add_test(cases, neighbours_are_the_next_in_the_same_language);
	tcase_add_test(cases, newest_times_step_through_the_list);
	tcase_add_test(cases, tag_counts_are_what_the_lists_hold);
	tcase_add_test(cases, every_former_address_leads_on);
	tcase_add_test(cases, an_import_may_bring_former_addresses);
	tcase_add_test(cases, what_is_saved_is_read);
	tcase_add_test(cases, the_second_of_two_editors_is_told);
	tcase_add_test(cases, counts_and_index_follow_every_change);
	tcase_add_test(cases, publish_withdraw_and_back);
	tcase_add_test(cases, a_scheduled_post_appears_without_a_write);
	tcase_add_test(cases, rendering_anew_keeps_what_the_author_wrote);
	tcase_add_test(cases, related_posts_share_most_tags_newest_first);
	tcase_add_test(cases, related_posts_of_a_large_site);
	tcase_add_test(cases, translations_and_featured);
	tcase_add_test(cases, static_pages_are_in_no_list);
	tcase_add_test(cases, by_id_for_sitemaps);
	tcase_add_test(cases, taking_the_sample_away_leaves_nothing_of_it);
	tcase_add_test(cases, what_the_owner_uses_of_the_sample_stays);
	suite_add_tcase(suite, cases);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
