#include "store/post/post_author.h"

#include "core/str.h"
#include "store/post/post_columns.h"

/*
 * Each list is one range of one index, read from its end, or from its beginning for scheduled posts. The indexes
 * contain language and kind, so a filter reads no rows that it leaves out.
 */
#define FROM_POST "SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE "
#define FILTERED " AND (:lang = '' OR p.lang = :lang) AND (:kind = '' OR p.kind = :kind)"
#define NEWEST FILTERED " AND p.id < :before ORDER BY p.id DESC LIMIT :limit"
#define SOONEST FILTERED " AND (p.published, p.id) > (:key, :before) ORDER BY p.published, p.id LIMIT :limit"
#define LATEST FILTERED " AND (p.trashed, p.id) < (:key, :before) ORDER BY p.trashed DESC, p.id DESC LIMIT :limit"
#define OF_AUTHOR " AND p.author_id = :user"

/* Nearly all posts are published and not in the trash, so an index on that would not help. */
QUERY(author_all, FROM_POST HINT("+") "p.trashed = 0" NEWEST);
QUERY(author_drafts, FROM_POST "p.state = 'draft'" NEWEST);
QUERY(author_published, FROM_POST HINT("+") "p.state = 'published' AND " HINT("+") "p.published <= :now" NEWEST);
QUERY(author_unpublished, FROM_POST "p.state = 'unpublished' AND p.trashed = 0" NEWEST);
QUERY(author_own, FROM_POST HINT("+") "p.trashed = 0" OF_AUTHOR NEWEST);
QUERY(author_own_drafts, FROM_POST "p.state = 'draft'" OF_AUTHOR NEWEST);
QUERY(author_own_published, FROM_POST "p.state = 'published' AND " HINT("+") "p.published <= :now" OF_AUTHOR NEWEST);
QUERY(author_own_unpublished, FROM_POST "p.state = 'unpublished' AND " HINT("+") "p.trashed = 0" OF_AUTHOR NEWEST);
/* Few posts are scheduled at a time, so the author is compared in the index. */
QUERY(author_scheduled, FROM_POST "p.state = 'published' AND (:user = 0 OR p.author_id = :user)" SOONEST);
QUERY(author_trash, FROM_POST "p.trashed > 0" LATEST);
QUERY(author_own_trash, FROM_POST "p.trashed > 0" OF_AUTHOR LATEST);

/* The states whose lists continue by id alone. */
static const struct {
	const char *state;
	struct query *const *all, *const *own;
} by_id[] = {
	{ "", &author_all, &author_own },
	{ "draft", &author_drafts, &author_own_drafts },
	{ "unpublished", &author_unpublished, &author_own_unpublished },
};

int64_t
post_author_key(const char *state, const struct post *post)
{
	return str_equal(state, "scheduled") ? post->published : str_equal(state, "trash") ? post->trashed : 0;
}

enum status
post_author_list(struct db *db, struct arena *arena, const struct user *user, const struct post_author_filter *filter,
	struct post **ret_posts, size_t *ret_count)
{
	bool all = user_may(user, RIGHT_EDIT), first = filter->before == 0;
	int64_t before = first ? INT64_MAX : filter->before;

#define FILTER TEXT("lang", filter->lang), TEXT("kind", filter->kind), INT("limit", POST_AUTHOR_PAGE + 1)
#define USER INT("user", user->id)
	if (str_equal(filter->state, "scheduled"))
		return post_many(db, arena, author_scheduled, ret_posts, ret_count, BIND(FILTER, INT("user", all ? 0 : user->id),
			INT("key", first ? filter->now : filter->key), INT("before", before)));
	if (str_equal(filter->state, "trash") && all)
		return post_many(db, arena, author_trash, ret_posts, ret_count,
			BIND(FILTER, INT("key", first ? INT64_MAX : filter->key), INT("before", before)));
	if (str_equal(filter->state, "trash"))
		return post_many(db, arena, author_own_trash, ret_posts, ret_count,
			BIND(FILTER, USER, INT("key", first ? INT64_MAX : filter->key), INT("before", before)));
	if (str_equal(filter->state, "published") && all)
		return post_many(db, arena, author_published, ret_posts, ret_count, BIND(FILTER, INT("before", before), INT("now", filter->now)));
	if (str_equal(filter->state, "published"))
		return post_many(db, arena, author_own_published, ret_posts, ret_count,
			BIND(FILTER, USER, INT("before", before), INT("now", filter->now)));
	for (size_t i = 0; i < sizeof(by_id) / sizeof(*by_id); i++) {
		if (!str_equal(by_id[i].state, filter->state))
			continue;
		return all ? post_many(db, arena, *by_id[i].all, ret_posts, ret_count, BIND(FILTER, INT("before", before)))
			: post_many(db, arena, *by_id[i].own, ret_posts, ret_count, BIND(FILTER, USER, INT("before", before)));
	}
#undef FILTER
#undef USER
	return INVALID;
}

QUERY(draft_search_by_id,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.id = :id AND (p.author_id = :user OR :all = 1)");

enum status
post_author_load(struct db *db, struct arena *arena, const struct user *user, int64_t id, struct post *ret_post,
	const char **ret_markdown)
{
	struct post_text text;
	struct post post;

	if (!user_may(user, RIGHT_WRITE))
		return NOT_FOUND;
	TRY(post_one(db, arena, draft_search_by_id, &post,
		BIND(INT("id", id), INT("user", user->id), INT("all", user_may(user, RIGHT_EDIT)))));
	TRY(post_text(db, arena, id, &text));
	*ret_post = post;
	*ret_markdown = text.markdown;
	return OK;
}

/* --- revisions ------------------------------------------------------------------- */

static const struct column revision_columns[] = {
	COLUMN_INT(struct revision, number),
	COLUMN_INT(struct revision, created),
	COLUMN_TEXT(struct revision, reason),
	COLUMN_TEXT(struct revision, user_name),
	COLUMN_TEXT(struct revision, title),
	COLUMN_TEXT(struct revision, summary),
	COLUMN_TEXT(struct revision, markdown),
	{ 0 },
};
static const struct row revision_row = { sizeof(struct revision), revision_columns };

#define FROM_REVISION " FROM revision AS r LEFT JOIN site_user AS u ON u.id = r.user_id WHERE r.post_id = :post"

QUERY(revisions,
	"SELECT r.number, r.created, r.reason, u.name AS user_name, r.title" FROM_REVISION
	" ORDER BY r.number DESC LIMIT 500");

enum status
revision_list(struct db *db, struct arena *arena, int64_t post_id, struct revision **ret_revisions, size_t *ret_count)
{
	return query_list(db, arena, revisions, &revision_row, ret_revisions, ret_count, BIND(INT("post", post_id)));
}

QUERY(revision_numbered,
	"SELECT r.number, r.created, r.reason, u.name AS user_name, r.title, r.summary, r.markdown" FROM_REVISION
	" AND r.number = :number");

enum status
revision_by_number(struct db *db, struct arena *arena, int64_t post_id, int64_t number, struct revision *ret_revision)
{
	return query_one(db, arena, revision_numbered, &revision_row, ret_revision,
		BIND(INT("post", post_id), INT("number", number)));
}
