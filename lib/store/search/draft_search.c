#include "store/search/draft_search.h"

#include "core/str.h"
#include "core/text.h"
#include "store/index/search_index.h"
#include "store/index/search_tokenizer.h"
#include "store/post/post_columns.h"
#include "store/search/search.h"

enum { WORDS_MAX = 24, CHARACTERS_MAX = 256 };

/* The conditions that the index cannot check. They use the post's own state. */
#define FITS " WHERE (:state = '' AND p.trashed = 0 OR :state = 'trash' AND p.trashed > 0 OR p.state = :state AND p.trashed = 0)" \
	" AND (:kind = '' OR p.kind = :kind) AND (:all = 1 OR p.author_id = :user)"
#define LATEST " ORDER BY f.rowid DESC LIMIT :limit"

QUERY_WITH(QUERY_SCANS, in_others,
	"SELECT" POST_COLUMNS " FROM draft_search AS f " HINT("CROSS") " JOIN post AS p ON p.search_id = f.rowid" POST_JOINS FITS
	" AND draft_search MATCH :match AND f.rowid < :before" LATEST);
QUERY_WITH(QUERY_SCANS, in_published,
	"SELECT" POST_COLUMNS " FROM post_search AS f " HINT("CROSS") " JOIN post AS p ON p.search_id = f.rowid" POST_JOINS FITS
	" AND post_search MATCH :match AND f.rowid >= :from AND f.rowid < :before" LATEST);

/* The FTS5 expression: all words in the given columns, and the facets of author and language. */
static const char *
expression(struct arena *arena, const struct user *user, const struct post_author_filter *filter, const char *words,
	const char *columns)
{
	const char *rest = text_cut(arena, text_collapse(arena, words), CHARACTERS_MAX);
	struct str match = str_init(arena), word = str_init(arena);
	size_t count = 0;

	while (count < WORDS_MAX && *rest != '\0') {
		const char *blank = rest;
		char *phrase;
		while (*blank != '\0' && *blank != ' ')
			blank++;
		phrase = search_token_query(arena, arena_bytes(arena, rest, (size_t)(blank - rest)));
		if (phrase != NULL) {
			str_printf(&word, "%s%s", count == 0 ? "" : " ", phrase);
			count++;
		}
		rest = *blank == '\0' ? blank : blank + 1;
	}
	if (count == 0)
		return NULL;
	str_printf(&match, "(%s : (%s))", columns, word.bytes);
	if (!user_may(user, RIGHT_EDIT))
		str_printf(&match, " AND (facets : \"a%lld\")", (long long)user->id);
	if (!str_empty(filter->lang))
		str_printf(&match, " AND (facets : \"l%s\")", filter->lang);
	return match.bytes;
}

/* Merges two lists that are each sorted latest first. */
static void
join(struct arena *arena, const struct post *one, size_t one_count, const struct post *two, size_t two_count,
	struct post **ret_posts, size_t *ret_count)
{
	struct post *posts = arena_array(arena, POST_AUTHOR_PAGE + 1, sizeof(*posts));
	size_t count = 0, a = 0, b = 0;

	while (count < POST_AUTHOR_PAGE + 1 && (a < one_count || b < two_count))
		posts[count++] = b == two_count || (a < one_count && one[a].search_id > two[b].search_id) ? one[a++] : two[b++];
	*ret_posts = posts;
	*ret_count = count;
}

enum status
draft_search(struct db *db, struct arena *arena, const struct user *user, const struct post_author_filter *filter,
	const char *words, struct post **ret_posts, size_t *ret_count)
{
	const char *state = filter->state, *others, *published;
	bool due = str_equal(state, "published"), waits = str_equal(state, "scheduled"), all = str_empty(state);
	int64_t now_id = (filter->now + 1) * SEARCH_ID_STEP, before = filter->before == 0 ? INT64_MAX : filter->before;
	struct post *some = NULL, *more = NULL;
	size_t some_count = 0, more_count = 0;

	others = expression(arena, user, filter, words, "{title summary words}");
	published = expression(arena, user, filter, words, "{title summary opened closed}");
	if (others == NULL || !user_may(user, RIGHT_WRITE)) {
		*ret_posts = NULL;
		*ret_count = 0;
		return OK;
	}
	if (due && before > now_id)
		before = now_id;
	if (all || due || waits)
		TRY(post_many(db, arena, in_published, &some, &some_count, BIND(TEXT("match", published), TEXT("state", ""),
			TEXT("kind", filter->kind), INT("user", user->id), INT("all", user_may(user, RIGHT_EDIT)), INT("from", waits ? now_id : INT64_MIN), INT("before", before),
			INT("limit", POST_AUTHOR_PAGE + 1))));
	if (!due && !waits)
		TRY(post_many(db, arena, in_others, &more, &more_count, BIND(TEXT("match", others), TEXT("state", state),
			TEXT("kind", filter->kind), INT("user", user->id), INT("all", user_may(user, RIGHT_EDIT)), INT("before", before), INT("limit", POST_AUTHOR_PAGE + 1))));
	join(arena, some, some_count, more, more_count, ret_posts, ret_count);
	return OK;
}
