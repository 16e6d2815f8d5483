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
#define LATEST FILTERED " AND (p.binned, p.id) < (:key, :before) ORDER BY p.binned DESC, p.id DESC LIMIT :limit"
#define OWN " AND p.author_id = :user"

/* Nearly all posts are published and not in the trash, so an index on that would not help. */
QUERY(desk_all, FROM_POST HINT("+") "p.binned = 0" NEWEST);
QUERY(desk_drafts, FROM_POST "p.state = 'draft'" NEWEST);
QUERY(desk_due, FROM_POST HINT("+") "p.state = 'published' AND " HINT("+") "p.published <= :now" NEWEST);
QUERY(desk_withdrawn, FROM_POST "p.state = 'withdrawn' AND p.binned = 0" NEWEST);
QUERY(desk_own, FROM_POST HINT("+") "p.binned = 0" OWN NEWEST);
QUERY(desk_own_drafts, FROM_POST "p.state = 'draft'" OWN NEWEST);
QUERY(desk_own_due, FROM_POST "p.state = 'published' AND " HINT("+") "p.published <= :now" OWN NEWEST);
QUERY(desk_own_withdrawn, FROM_POST "p.state = 'withdrawn' AND " HINT("+") "p.binned = 0" OWN NEWEST);
/* Few posts are scheduled at a time, so the author is compared in the index. */
QUERY(desk_waiting, FROM_POST "p.state = 'published' AND (:user = 0 OR p.author_id = :user)" SOONEST);
QUERY(desk_bin, FROM_POST "p.binned > 0" LATEST);
QUERY(desk_own_bin, FROM_POST "p.binned > 0" OWN LATEST);

/* The states whose lists continue by id alone. */
static const struct {
	const char *state;
	struct query *const *all, *const *own;
} by_id[] = {
	{ "", &desk_all, &desk_own },
	{ "draft", &desk_drafts, &desk_own_drafts },
	{ "withdrawn", &desk_withdrawn, &desk_own_withdrawn },
};

int64_t
desk_key(const char *state, const struct post *post)
{
	return str_equal(state, "scheduled") ? post->published : str_equal(state, "bin") ? post->binned : 0;
}

enum status
post_author_list(struct db *db, struct arena *arena, const struct user *user, const struct post_author_filter *filter,
	struct post **ret_posts, size_t *ret_count)
{
	bool all = user_may(user, RIGHT_EDIT), first = filter->before == 0;
	int64_t before = first ? INT64_MAX : filter->before;

#define FILTER TEXT("lang", filter->lang), TEXT("kind", filter->kind), INT("limit", DESK_PAGE + 1)
#define USER INT("user", user->id)
	if (str_equal(filter->state, "scheduled"))
		return post_many(db, arena, desk_waiting, ret_posts, ret_count, BIND(FILTER, INT("user", all ? 0 : user->id),
			INT("key", first ? filter->now : filter->key), INT("before", before)));
	if (str_equal(filter->state, "bin") && all)
		return post_many(db, arena, desk_bin, ret_posts, ret_count,
			BIND(FILTER, INT("key", first ? INT64_MAX : filter->key), INT("before", before)));
	if (str_equal(filter->state, "bin"))
		return post_many(db, arena, desk_own_bin, ret_posts, ret_count,
			BIND(FILTER, USER, INT("key", first ? INT64_MAX : filter->key), INT("before", before)));
	if (str_equal(filter->state, "published") && all)
		return post_many(db, arena, desk_due, ret_posts, ret_count, BIND(FILTER, INT("before", before), INT("now", filter->now)));
	if (str_equal(filter->state, "published"))
		return post_many(db, arena, desk_own_due, ret_posts, ret_count,
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

QUERY(desk_by_id,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.id = :id AND (p.author_id = :user OR :all = 1)");

enum status
post_author_load(struct db *db, struct arena *arena, const struct user *user, int64_t id, struct post *ret_post,
	const char **ret_markdown)
{
	struct post_text text;
	struct post post;

	if (!user_may(user, RIGHT_WRITE))
		return NOT_FOUND;
	TRY(post_one(db, arena, desk_by_id, &post,
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
