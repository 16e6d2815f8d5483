#include "store/search/search.h"

#include <string.h>

#include "core/str.h"
#include "store/post/post_columns.h"
#include "store/search/search_snippet.h"
#include "store/search/search_query.h"
#include "store/search/search_tokenizer.h"

/* A time so late that its place in the index would not fit. */
static const int64_t latest = INT64_MAX / SEARCH_ID_STEP - 1;

/* --- finding ------------------------------------------------------------------ */

struct found {
	int64_t search_id;
};
static const struct column found_columns[] = {
	COLUMN_INT(struct found, search_id),
	{ 0 },
};
static const struct row found_row = { sizeof(struct found), found_columns };

/* Every count ends at one more than may be ranked; a public number never costs more than that. */
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
 * Adds a match to the hits unless the gate forbids it. The expression holds the viewer's rights already;
 * the gate decides all the same, and where it lets the open part pass only, the match must be in there.
 */
static enum status
add_hit(struct db *db, struct arena *arena, const struct viewer *viewer, const struct search_query *words,
	struct search_snippets *excerpts, int64_t search_id, struct search_result *result)
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
	TRY(search_snippet_of_post(excerpts, &hit->post, view == VIEW_FULL, &hit->excerpt));
	result->count++;
	return OK;
}

static enum status
find_page(struct db *db, struct arena *arena, const struct search_query *words, int64_t due, size_t page,
	struct search_result *result, struct found **ret_found, size_t *ret_count)
{
	/* Before it is multiplied: the number comes from the address. */
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
	struct search_snippets *excerpts = NULL;
	struct found *found = NULL;
	size_t count = 0;

	TRY(search_query_read(db, arena, viewer, text, lang, &words));
	result.has_words = words.phrases > 0 || words.filters > 0;
	result.hits = arena_array(arena, SEARCH_PAGE, sizeof(*result.hits));
	if (result.has_words && !words.nothing && viewer->now > 0 && viewer->now <= latest)
		TRY(find_page(db, arena, &words, (viewer->now + 1) * SEARCH_ID_STEP, page, &result, &found, &count));
	if (count > 0)
		TRY(search_snippets_new(db, arena, &words, &excerpts));
	for (size_t i = 0; i < count && i < SEARCH_PAGE; i++)
		TRY(add_hit(db, arena, viewer, &words, excerpts, found[i].search_id, &result));
	result.has_more = count > SEARCH_PAGE && (page + 1) * SEARCH_PAGE < SEARCH_RANKED;
	*ret_result = result;
	return OK;
}

/* --- the index ---------------------------------------------------------------- */

const char *
search_facets(struct arena *arena, const struct post *post)
{
	struct str facets = str_init(arena);

	str_printf(&facets, "a%lld", (long long)post->author_id);
	for (size_t i = 0; i < post->tag_count; i++)
		str_printf(&facets, " t%lld", (long long)post->tags[i].id);
	str_printf(&facets, " l%s p%lld x%s", post->lang, (long long)post->id, post->access);
	return facets.bytes;
}

QUERY(remove_row, "DELETE FROM post_search WHERE rowid = :search_id");

enum status
search_remove(struct db *db, int64_t search_id)
{
	return query_run(db, remove_row, BIND(INT("search_id", search_id)));
}

QUERY(add_row,
	"INSERT INTO post_search (rowid, title, summary, opened, closed, facets)"
	" VALUES (:search_id, :title, :summary, :public, :closed, :facets)");

enum status
search_put(struct db *db, struct arena *arena, const struct search_document *document)
{
	const char *opened = document->opened, *closed = document->closed;

	/* What is behind a cut in a public post is open to everyone. */
	if (str_ends(document->facets, " xpublic") && *closed != '\0') {
		opened = arena_printf(arena, "%s\n%s", opened, closed);
		closed = "";
	}
	TRY(search_remove(db, document->search_id));
	return query_run(db, add_row, BIND(INT("search_id", document->search_id),
		TEXT("title", search_token_text(arena, document->title)),
		TEXT("summary", search_token_text(arena, document->summary)), TEXT("public", search_token_text(arena, opened)),
		TEXT("closed", search_token_text(arena, closed)), TEXT("facets", document->facets)));
}

/* The author is the first of the facets. */
QUERY_WITH(QUERY_SCANS, hand_over,
	"UPDATE post_search SET facets = :author || substr(facets, instr(facets, ' '))"
	" WHERE rowid IN (SELECT search_id FROM post WHERE author_id = :from)");

enum status
search_hand_over(struct db *db, struct arena *arena, int64_t from, int64_t to)
{
	return query_run(db, hand_over, BIND(INT("from", from), TEXT("author", arena_printf(arena, "a%lld", (long long)to))));
}
