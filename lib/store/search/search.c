#include "store/search/search.h"

#include <string.h>

#include "core/str.h"
#include "store/index/search_index.h"
#include "store/post/post_columns.h"
#include "store/search/search_snippet.h"
#include "store/search/search_query.h"

/* A later time would overflow its search_id. */
static const int64_t latest = INT64_MAX / SEARCH_ID_STEP - 1;

/* --- queries ------------------------------------------------------------------ */

struct found {
	int64_t search_id;
};
static const struct column found_columns[] = {
	COLUMN_INT(struct found, search_id),
	{ 0 },
};
static const struct row found_row = { sizeof(struct found), found_columns };

/* A count stops at one more than may be ranked, so that it never costs more. */
QUERY_WITH(QUERY_SCANS, count_found,
	"SELECT count(*) FROM (SELECT rowid FROM post_search WHERE post_search MATCH :match AND rowid < :due"
	" ORDER BY rowid DESC LIMIT :most) AS few");
QUERY_WITH(QUERY_SCANS, best,
	"SELECT rowid AS search_id FROM post_search WHERE post_search MATCH :match AND rowid < :due"
	" ORDER BY bm25(post_search, 10.0, 4.0, 1.0, 1.0, 0.0), rowid DESC LIMIT :limit OFFSET :skip");
QUERY_WITH(QUERY_SCANS, newest,
	"SELECT rowid AS search_id FROM post_search WHERE post_search MATCH :match AND rowid < :due"
	" ORDER BY rowid DESC LIMIT :limit OFFSET :skip");
QUERY_WITH(QUERY_SCANS, is_match,
	"SELECT 1 FROM post_search WHERE post_search MATCH :match AND rowid = :search_id");
QUERY(by_search_id, "SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.search_id = :search_id");

/* --- searching ------------------------------------------------------------------ */

/*
 * Adds a match to the hits if viewer_may() allows it. The expression already contains the viewer's rights, but
 * viewer_may() decides. Where it allows only the open part, the match must be there.
 */
static enum status
add_hit(struct db *db, struct arena *arena, const struct viewer *viewer, const struct search_query *words,
	struct search_snippets *snippets, int64_t search_id, struct search_result *result)
{
	struct search_hit *hit = &result->hits[result->count];
	enum status status = post_one(db, arena, by_search_id, &hit->post, BIND(INT("search_id", search_id)));
	enum view view;
	int64_t one;

	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	view = viewer_may(viewer, &hit->post);
	if (view == VIEW_NONE || !str_equal(hit->post.state, "published") || hit->post.published > viewer->now)
		return OK;
	if (view != VIEW_FULL && words->match != words->open_match) {
		status = query_integer(db, is_match, &one, BIND(TEXT("match", words->open_match), INT("search_id", search_id)));
		if (status == NOT_FOUND)
			return OK;
		TRY(status);
	}
	TRY(search_snippet_of_post(snippets, &hit->post, view == VIEW_FULL, &hit->snippet));
	result->count++;
	return OK;
}

static enum status
find_page(struct db *db, struct arena *arena, const struct search_query *words, int64_t due, size_t page,
	struct search_result *result, struct found **ret_found, size_t *ret_count)
{
	/* Limited before the multiplication, because the page number comes from the URL. */
	int64_t skip = page < SEARCH_RANKED / SEARCH_PAGE ? (int64_t)page * SEARCH_PAGE : SEARCH_RANKED;

	TRY(query_integer(db, count_found, &result->total, BIND(TEXT("match", words->match), INT("due", due),
		INT("most", SEARCH_RANKED + 1))));
	result->ranked = result->total <= SEARCH_RANKED;
	*ret_count = 0;
	if (skip >= result->total || skip >= SEARCH_RANKED)
		return OK;
	return query_list(db, arena, result->ranked ? best : newest, &found_row, ret_found, ret_count,
		BIND(TEXT("match", words->match), INT("due", due), INT("skip", skip), INT("limit", SEARCH_PAGE + 1)));
}

enum status
search_posts(struct db *db, struct arena *arena, const struct viewer *viewer, const char *text,
	const char *lang, size_t page, struct search_result *ret_result)
{
	struct search_result result = { .ranked = true };
	struct search_query words;
	struct search_snippets *snippets = NULL;
	struct found *found = NULL;
	size_t count = 0;

	TRY(search_query_read(db, arena, viewer, text, lang, &words));
	result.has_terms = words.phrases > 0 || words.filters > 0;
	result.hits = arena_array(arena, SEARCH_PAGE, sizeof(*result.hits));
	if (result.has_terms && !words.nothing && viewer->now > 0 && viewer->now <= latest)
		TRY(find_page(db, arena, &words, (viewer->now + 1) * SEARCH_ID_STEP, page, &result, &found, &count));
	if (count > 0)
		TRY(search_snippets_new(db, arena, &words, &snippets));
	for (size_t i = 0; i < count && i < SEARCH_PAGE; i++)
		TRY(add_hit(db, arena, viewer, &words, snippets, found[i].search_id, &result));
	result.has_more = count > SEARCH_PAGE && (page + 1) * SEARCH_PAGE < SEARCH_RANKED;
	*ret_result = result;
	return OK;
}
