#include "store/desk.h"

#include "core/str.h"
#include "store/post_row.h"

/* Each is one range of one index, from its end. */
#define FROM_POST "SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.id < :before"
#define NEWEST " ORDER BY p.id DESC LIMIT :limit"

QUERY(desk_all, FROM_POST NEWEST);
QUERY(desk_drafts, FROM_POST " AND p.state = 'draft'" NEWEST);
QUERY(desk_withdrawn, FROM_POST " AND p.state = 'withdrawn'" NEWEST);
/* Nearly all are: nothing is gained by an index. */
QUERY(desk_published, FROM_POST " AND +p.state = 'published'" NEWEST);
QUERY(desk_own, FROM_POST " AND p.author_id = :user" NEWEST);
QUERY(desk_own_in, FROM_POST " AND p.author_id = :user AND p.state = :state" NEWEST);

static struct query *
of_all(const char *state)
{
	return str_equal(state, "draft") ? desk_drafts : str_equal(state, "withdrawn") ? desk_withdrawn :
		str_equal(state, "published") ? desk_published : desk_all;
}

enum status
desk_list(struct db *db, struct arena *arena, const struct user *user, const char *state, int64_t before_id,
	struct post **ret_posts, size_t *ret_count)
{
	int64_t before = before_id == 0 ? INT64_MAX : before_id;

	if (user_may(user, RIGHT_EDIT))
		return post_many(db, arena, of_all(state), ret_posts, ret_count,
			BIND(INT("before", before), INT("limit", DESK_PAGE + 1)));
	if (str_empty(state))
		return post_many(db, arena, desk_own, ret_posts, ret_count,
			BIND(INT("before", before), INT("limit", DESK_PAGE + 1), INT("user", user->id)));
	return post_many(db, arena, desk_own_in, ret_posts, ret_count,
		BIND(INT("before", before), INT("limit", DESK_PAGE + 1), INT("user", user->id), TEXT("state", state)));
}

QUERY(desk_by_id,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.id = :id AND (p.author_id = :user OR :all = 1)");

enum status
desk_post(struct db *db, struct arena *arena, const struct user *user, int64_t id, struct post *ret_post,
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

#define FROM_REVISION " FROM revision AS r LEFT JOIN user AS u ON u.id = r.user_id WHERE r.post_id = :post"

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
