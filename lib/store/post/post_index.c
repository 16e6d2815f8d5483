/* The rows of a post in the full-text indexes, and its search_id. */
#include "store/post/post_index.h"

#include "core/str.h"
#include "store/index/search_index.h"

/* --- search_id ----------------------------------------------------------------- */

QUERY(last_search_id,
	"SELECT search_id FROM post WHERE search_id >= :first AND search_id < :end ORDER BY search_id DESC LIMIT 1");

/* The number after the last used one in [first, first + room); NOT_FOUND when the last one is used. */
static enum status
number_after_last(struct db *db, int64_t first, int64_t room, int64_t *ret_id)
{
	int64_t last;
	enum status status = query_integer(db, last_search_id, &last, BIND(INT("first", first), INT("end", first + room)));

	if (status == NOT_FOUND)
		last = first - 1;
	else
		TRY(status);
	if (last + 1 == first + room)
		return NOT_FOUND;
	*ret_id = last + 1;
	return OK;
}

/*
 * An import may give the same time to more posts than a second has numbers for. They use the numbers of the following
 * seconds and minutes.
 */
enum status
post_index_free_id(struct db *db, int64_t published, int64_t *ret_id)
{
	int64_t first = published * SEARCH_ID_STEP, room = SEARCH_ID_STEP;
	enum status status;

	while ((status = number_after_last(db, first, room, ret_id)) == NOT_FOUND && room < SEARCH_ID_MAX)
		room *= SEARCH_ID_STEP;
	return status == NOT_FOUND ? CONFLICT : status;
}

/* --- rows ----------------------------------------------------------------------- */

/* search_index_hand_over() needs the author first, search_index_put() the access last. */
const char *
post_facets(struct arena *arena, const struct post *post)
{
	struct str facets = str_init(arena);

	str_printf(&facets, "a%lld", (long long)post->author_id);
	for (size_t i = 0; i < post->tag_count; i++)
		str_printf(&facets, " t%lld", (long long)post->tags[i].id);
	str_printf(&facets, " l%s p%lld x%s", post->lang, (long long)post->id, post->access);
	return facets.bytes;
}

/* The summary and the names of the tags, so that a search for a tag's name finds its posts. */
static const char *
summary_and_tags(struct arena *arena, const struct post *post)
{
	struct str text = str_init(arena);

	str_add(&text, post_summary(post));
	for (size_t i = 0; i < post->tag_count; i++)
		str_printf(&text, "%s%s", i == 0 ? "\n" : " · ", post->tags[i].name);
	return text.bytes;
}

enum status
post_index_put(struct db *db, struct arena *arena, int64_t id)
{
	struct search_document document;
	struct post post;
	struct post_text text;

	TRY(post_by_id(db, arena, id, &post));
	TRY(post_text(db, arena, id, &text));
	document = (struct search_document){ .search_id = post.search_id, .title = post.title,
		.summary = summary_and_tags(arena, &post), .opened = text.open_plain, .closed = text.closed_plain,
		.facets = post_facets(arena, &post) };
	if (!str_equal(post.state, "published"))
		return search_index_put_draft(db, arena, &document);
	TRY(search_index_remove_draft(db, post.search_id));
	return search_index_put(db, arena, &document);
}

enum status
post_index_remove(struct db *db, int64_t search_id)
{
	TRY(search_index_remove_draft(db, search_id));
	return search_index_remove(db, search_id);
}
