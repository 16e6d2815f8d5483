/* Lists of posts, compared with a simple and slow model. */
#include "support/post_case.h"
#include "support/suite.h"

#include "core/str.h"

enum { DAY = 24 * 60 * 60 };

enum { POSTS = 90, AUTHORS = 3, TAGS = 4 };

/* What was saved, in a simple form. */
struct known {
	int64_t id, published, author_id;
	const char *lang;
	bool listed;       /* published, and no page */
	unsigned tags;     /* one bit for each */
};

static struct known known[POSTS];
static int64_t authors[AUTHORS], tag_ids[TAGS];
static const char *const tag_names[TAGS] = { "Craft", "Money", "Letters", "Rare" };

static void
fill(void)
{
	static const char *const kinds[] = { "article", "audio", "video", "article", "page" };
	static const char *const states[] = { "published", "published", "published", "published", "draft", "unpublished" };

	for (int i = 0; i < AUTHORS; i++)
		authors[i] = store_user(store, arena_printf(store->arena, "Author %d", i), "author");
	for (int i = 0; i < POSTS; i++) {
		struct known *post = &known[i];
		const char *tags[TAGS];
		struct post_save save = store_post(authors[store_number() % AUTHORS],
			arena_printf(store->arena, "post-%d", i), "Title", "Words.", "");
		save.post.kind = kinds[store_number() % 5];
		save.post.state = states[store_number() % 6];
		save.post.lang = store_number() % 3 == 0 ? "zh" : "en";
		/* Nine times for ninety posts: ties everywhere. The last two are still to come, one is before 1970. */
		save.post.published = STORE_NOW + ((int64_t)(store_number() % 9) - 6) * 30 * DAY;
		if (i % 30 == 7)
			save.post.published = -5000;
		for (int tag = 0; tag < TAGS; tag++)
			if (store_number() % (tag == 3 ? 20 : 3) == 0) {
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

/* Compares one page with the model, from position `from` on. */
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

/* A cursor can be typed by somebody, or belong to a deleted post. */
START_TEST(any_cursor_gives_the_posts_beyond_it)
{
	struct post_filter filters[64];
	const struct known *posts[POSTS];
	size_t count;

	fill();
	count = make_filters(filters);
	for (int round = 0; round < 400; round++) {
		const struct post_filter *filter = &filters[store_number() % count];
		struct cursor cursor = { STORE_NOW + ((int64_t)(store_number() % 12) - 8) * 30 * DAY + (store_number() % 3) - 1,
			(int64_t)(store_number() % (POSTS + 4)) + 1, store_number() % 2 == 0 };
		size_t all = model(filter, posts), before = 0, limit = 1 + store_number() % 9;
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

START_TEST(post_newest_time_finds_each_time_of_the_list)
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

START_TEST(tag_counts_match_the_lists)
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

int
main(void)
{
	Suite *suite = suite_create("post_list");
	TCase *cases = tcase_create("post_list");

	tcase_add_checked_fixture(cases, post_setup, post_teardown);
	tcase_set_timeout(cases, 120);
	tcase_add_test(cases, keyset_pages_are_the_whole_list_in_both_directions);
	tcase_add_test(cases, any_cursor_gives_the_posts_beyond_it);
	tcase_add_test(cases, neighbours_are_the_next_in_the_same_language);
	tcase_add_test(cases, post_newest_time_finds_each_time_of_the_list);
	tcase_add_test(cases, tag_counts_match_the_lists);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
