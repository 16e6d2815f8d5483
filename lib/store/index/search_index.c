/* Writes the full-text indexes: post_search for published posts, draft_search for all others. */
#include "store/index/search_index.h"

#include "core/str.h"
#include "store/index/search_tokenizer.h"

/* --- published posts --------------------------------------------------------- */

QUERY(remove_row, "DELETE FROM post_search WHERE rowid = :search_id");

enum status
search_index_remove(struct db *db, int64_t search_id)
{
	return query_run(db, remove_row, BIND(INT("search_id", search_id)));
}

QUERY(add_row,
	"INSERT INTO post_search (rowid, title, summary, opened, closed, facets)"
	" VALUES (:search_id, :title, :summary, :public, :closed, :facets)");

enum status
search_index_put(struct db *db, struct arena *arena, const struct search_document *document)
{
	const char *opened = document->opened, *closed = document->closed;

	/* In a public post everyone may also read what is behind the cut. */
	if (str_ends(document->facets, " xpublic") && *closed != '\0') {
		opened = arena_printf(arena, "%s\n%s", opened, closed);
		closed = "";
	}
	TRY(search_index_remove(db, document->search_id));
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
search_index_hand_over(struct db *db, struct arena *arena, int64_t from, int64_t to)
{
	return query_run(db, hand_over, BIND(INT("from", from), TEXT("author", arena_printf(arena, "a%lld", (long long)to))));
}

/* --- all other posts ---------------------------------------------------------- */

QUERY(remove_draft, "DELETE FROM draft_search WHERE rowid = :search_id");

enum status
search_index_remove_draft(struct db *db, int64_t search_id)
{
	return query_run(db, remove_draft, BIND(INT("search_id", search_id)));
}

QUERY(add_draft,
	"INSERT INTO draft_search (rowid, title, summary, words, facets) VALUES (:search_id, :title, :summary, :words, :facets)");

enum status
search_index_put_draft(struct db *db, struct arena *arena, const struct search_document *document)
{
	const char *words = *document->closed == '\0' ? document->opened : arena_printf(arena, "%s\n%s", document->opened, document->closed);

	TRY(search_index_remove_draft(db, document->search_id));
	return query_run(db, add_draft, BIND(INT("search_id", document->search_id),
		TEXT("title", search_token_text(arena, document->title)),
		TEXT("summary", search_token_text(arena, document->summary)), TEXT("words", search_token_text(arena, words)),
		TEXT("facets", document->facets)));
}
