/* Lists of posts. Each is one range of one index, starting at a cursor. */
#include "store/post/post.h"

#include <string.h>

#include "store/post/post_columns.h"

/*
 * One query for each kind of list and direction, since SQL is not built at run time. Each range has two bounds: the
 * cursor and a time. The bounds from run() already exclude posts that are not due. Another condition on the time
 * could make SQLite start there and scan to the cursor.
 */
#define OLDER_THAN " AND p.published >= :from AND (p.published, p.id) < (:published, :id)" \
	" ORDER BY p.published DESC, p.id DESC LIMIT :limit"
#define NEWER_THAN " AND (p.published, p.id) > (:published, :id) AND p.published < :until" \
	" ORDER BY p.published, p.id LIMIT :limit"
#define FROM_POST "SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.state = 'published' AND p.kind <> 'page'"
#define BY_LANG " AND p.lang = :lang"
#define BY_AUTHOR " AND p.author_id = :author"

QUERY(all_older, FROM_POST OLDER_THAN);
QUERY(all_newer, FROM_POST NEWER_THAN);
QUERY(lang_older, FROM_POST BY_LANG OLDER_THAN);
QUERY(lang_newer, FROM_POST BY_LANG NEWER_THAN);
QUERY(author_older, FROM_POST BY_AUTHOR OLDER_THAN);
QUERY(author_newer, FROM_POST BY_AUTHOR NEWER_THAN);

/* The list of a tag reads the tag's own index and looks up each post. */
#define FROM_TAG "SELECT" POST_COLUMNS " FROM post_tag AS k " HINT("CROSS") " JOIN post AS p ON p.id = k.post_id" POST_JOINS \
	" WHERE k.tag_id = :tag AND k.listed = 1"
#define TAG_OLDER " AND k.published >= :from AND (k.published, k.post_id) < (:published, :id)" \
	" ORDER BY k.published DESC, k.post_id DESC LIMIT :limit"
#define TAG_NEWER " AND (k.published, k.post_id) > (:published, :id) AND k.published < :until" \
	" ORDER BY k.published, k.post_id LIMIT :limit"
#define TAG_LANG " AND k.lang = :lang"

QUERY(tag_older, FROM_TAG TAG_OLDER);
QUERY(tag_newer, FROM_TAG TAG_NEWER);
QUERY(tag_lang_older, FROM_TAG TAG_LANG TAG_OLDER);
QUERY(tag_lang_newer, FROM_TAG TAG_LANG TAG_NEWER);

struct range {
	const struct post_filter *filter;
	int64_t published, id, now, limit;
	bool newer;
};

/* Moves the cursor inside the bounds: not after the last due post, and not outside the filter's times. */
static void
bound(struct range *range, int64_t *ret_from, int64_t *ret_until)
{
	const struct post_filter *filter = range->filter;
	int64_t from = filter->from == 0 ? INT64_MIN : filter->from;
	int64_t until = filter->until == 0 || filter->until > range->now ? range->now + 1 : filter->until;

	if (!range->newer && range->published >= until) {
		range->published = until - 1;
		range->id = INT64_MAX;
	}
	if (range->newer && range->published < from && from != INT64_MIN) {
		range->published = from - 1;
		range->id = INT64_MAX;
	}
	*ret_from = from;
	*ret_until = until;
}

/* Runs the query for the filter and direction. */
static enum status
run(struct db *db, struct arena *arena, const struct range *asked, struct post **ret_posts, size_t *ret_count)
{
	struct range range = *asked;
	const struct post_filter *filter = range.filter;
	bool newer = range.newer, lang = filter->lang != NULL;
	int64_t from, until;

	bound(&range, &from, &until);
#define PLACE INT("published", range.published), INT("id", range.id), INT("limit", range.limit)
#define RUN(older_query, newer_query, ...) \
	(newer ? post_many(db, arena, newer_query, ret_posts, ret_count, BIND(PLACE, INT("until", until) __VA_OPT__(,) __VA_ARGS__)) \
	       : post_many(db, arena, older_query, ret_posts, ret_count, BIND(PLACE, INT("from", from) __VA_OPT__(,) __VA_ARGS__)))
	if (filter->tag_id != 0 && lang)
		return RUN(tag_lang_older, tag_lang_newer, INT("tag", filter->tag_id), TEXT("lang", filter->lang));
	if (filter->tag_id != 0)
		return RUN(tag_older, tag_newer, INT("tag", filter->tag_id));
	if (filter->author_id != 0)
		return RUN(author_older, author_newer, INT("author", filter->author_id));
	if (lang)
		return RUN(lang_older, lang_newer, TEXT("lang", filter->lang));
	return RUN(all_older, all_newer);
#undef RUN
#undef PLACE
}

static void
reverse(struct post *posts, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct post other = posts[i];
		posts[i] = posts[count - 1 - i];
		posts[count - 1 - i] = other;
	}
}

/* Whether there are more posts after this one in that direction. */
static enum status
exists(struct db *db, struct arena *arena, const struct range *range, const struct post *post, bool newer,
	bool *ret_exists)
{
	struct range beyond = *range;
	struct post *posts;
	size_t count;

	beyond.published = post->published;
	beyond.id = post->id;
	beyond.newer = newer;
	beyond.limit = 1;
	TRY(run(db, arena, &beyond, &posts, &count));
	*ret_exists = count > 0;
	return OK;
}

enum status
post_list(struct db *db, struct arena *arena, const struct post_filter *filter, const struct cursor *cursor,
	int64_t now, size_t limit, struct post_list *ret_list)
{
	bool first = cursor->published == 0 && cursor->id == 0;
	struct range range = { .filter = filter, .now = now, .limit = (int64_t)limit + 1,
		.published = first ? INT64_MAX : cursor->published, .id = first ? INT64_MAX : cursor->id,
		.newer = !first && cursor->newer };
	struct post_list list = { 0 };
	bool more;

	TRY(run(db, arena, &range, &list.posts, &list.count));
	more = list.count > limit;
	if (more)
		list.count = limit;
	if (range.newer)
		reverse(list.posts, list.count);
	list.has_older = range.newer ? false : more;
	list.has_newer = range.newer ? more : false;
	/* Whether posts exist on the side of the cursor is checked, because they may have been deleted. */
	if (list.count > 0 && range.newer)
		TRY(exists(db, arena, &range, &list.posts[list.count - 1], false, &list.has_older));
	if (list.count > 0 && !range.newer && !first)
		TRY(exists(db, arena, &range, &list.posts[0], true, &list.has_newer));
	*ret_list = list;
	return OK;
}

/* The next or previous post; id 0 when there is none. */
static enum status
neighbour(struct db *db, struct arena *arena, const struct post *post, int64_t now, bool newer,
	struct post *ret_post)
{
	struct post_filter filter = { .lang = post->lang };
	struct range range = { .filter = &filter, .now = now, .limit = 1, .published = post->published,
		.id = post->id, .newer = newer };
	struct post *posts;
	size_t count;

	TRY(run(db, arena, &range, &posts, &count));
	if (count > 0)
		*ret_post = posts[0];
	else
		memset(ret_post, 0, sizeof(*ret_post));
	return OK;
}

enum status
post_neighbours(struct db *db, struct arena *arena, const struct post *post, int64_t now,
	struct post *ret_older, struct post *ret_newer)
{
	struct post older;

	TRY(neighbour(db, arena, post, now, false, &older));
	TRY(neighbour(db, arena, post, now, true, ret_newer));
	*ret_older = older;
	return OK;
}

enum { RELATED_TAGS = 4, RELATED_EACH = 6 };

struct candidate {
	int64_t id, published;
	int shared;
};

static const struct column candidate_columns[] = {
	COLUMN_INT(struct candidate, id),
	COLUMN_INT(struct candidate, published),
	{ 0 },
};
static const struct row candidate_row = { sizeof(struct candidate), candidate_columns };

QUERY(tag_newest,
	"SELECT post_id AS id, published FROM post_tag WHERE tag_id = :tag AND listed = 1 AND lang = :lang"
	" AND published <= :now ORDER BY published DESC, post_id DESC LIMIT :limit");

/* Increments the count of a candidate, or adds it. */
static size_t
count_candidate(struct candidate *candidates, size_t count, const struct candidate *one)
{
	for (size_t i = 0; i < count; i++)
		if (candidates[i].id == one->id) {
			candidates[i].shared++;
			return count;
		}
	candidates[count] = *one;
	candidates[count].shared = 1;
	return count + 1;
}

/* The index of the candidate that shares the most tags; the newer one if equal. */
static size_t
best(const struct candidate *candidates, size_t count)
{
	size_t found = 0;

	for (size_t i = 1; i < count; i++)
		if (candidates[i].shared > candidates[found].shared ||
			(candidates[i].shared == candidates[found].shared &&
			 candidates[i].published > candidates[found].published))
			found = i;
	return found;
}

/*
 * Compares only the newest few posts of the first tags, so the cost does not grow with the site. Rare and common tags
 * count the same.
 */
enum status
post_related(struct db *db, struct arena *arena, const struct post *post, int64_t now, size_t limit,
	struct post **ret_posts, size_t *ret_count)
{
	struct candidate candidates[RELATED_TAGS * (RELATED_EACH + 1)], *few;
	struct post *posts = arena_array(arena, limit, sizeof(*posts));
	size_t count = 0, some, taken = 0;

	for (size_t i = 0; i < post->tag_count && i < RELATED_TAGS; i++) {
		TRY(query_list(db, arena, tag_newest, &candidate_row, &few, &some,
			BIND(INT("tag", post->tags[i].id), TEXT("lang", post->lang), INT("now", now),
				INT("limit", RELATED_EACH + 1))));
		for (size_t j = 0; j < some; j++)
			if (few[j].id != post->id)
				count = count_candidate(candidates, count, &few[j]);
	}
	while (taken < limit && count > 0) {
		size_t place = best(candidates, count);
		TRY(post_by_id(db, arena, candidates[place].id, &posts[taken++]));
		candidates[place] = candidates[--count];
	}
	*ret_posts = posts;
	*ret_count = taken;
	return OK;
}

QUERY(translations,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.work_id = :work AND p.id <> :id"
	" AND p.state = 'published' AND p.published <= :now ORDER BY p.lang, p.id LIMIT 8");

enum status
post_translations(struct db *db, struct arena *arena, const struct post *post, int64_t now,
	struct post **ret_posts, size_t *ret_count)
{
	return post_many(db, arena, translations, ret_posts, ret_count,
		BIND(INT("work", post->work_id), INT("id", post->id), INT("now", now)));
}

QUERY(featured,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE" POST_LISTED " AND p.featured = 1"
	" AND p.lang = :lang ORDER BY p.published DESC, p.id DESC LIMIT 1");

enum status
post_featured(struct db *db, struct arena *arena, const char *lang, int64_t now, struct post *ret_post)
{
	return post_one(db, arena, featured, ret_post, BIND(TEXT("lang", lang), INT("now", now)));
}

QUERY(pages,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.kind = 'page' AND p.state = 'published'"
	" AND p.published <= :now ORDER BY p.id LIMIT 100");

enum status
post_pages(struct db *db, struct arena *arena, int64_t now, struct post **ret_posts, size_t *ret_count)
{
	return post_many(db, arena, pages, ret_posts, ret_count, BIND(INT("now", now)));
}

QUERY(newest_time,
	"SELECT published FROM post AS p WHERE p.state = 'published' AND p.kind <> 'page' AND p.published < :below"
	" ORDER BY p.published DESC LIMIT 1");
QUERY(newest_time_lang,
	"SELECT published FROM post AS p WHERE p.state = 'published' AND p.kind <> 'page' AND p.lang = :lang"
	" AND p.published < :below ORDER BY p.published DESC LIMIT 1");

enum status
post_newest_time(struct db *db, const char *lang, int64_t below, int64_t *ret_time)
{
	if (lang == NULL)
		return query_integer(db, newest_time, ret_time, BIND(INT("below", below)));
	return query_integer(db, newest_time_lang, ret_time, BIND(INT("below", below), TEXT("lang", lang)));
}

QUERY(list_by_id,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.id > :after ORDER BY p.id LIMIT :limit");

enum status
post_list_by_id(struct db *db, struct arena *arena, int64_t after_id, int64_t limit, struct post **ret_posts,
	size_t *ret_count)
{
	return post_many(db, arena, list_by_id, ret_posts, ret_count,
		BIND(INT("after", after_id), INT("limit", limit)));
}
