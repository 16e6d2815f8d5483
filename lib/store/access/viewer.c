#include "store/access/viewer.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "core/token.h"
#include "store/audit/audit.h"
#include "store/post/post.h"
#include "store/auth/session.h"

enum { GRANTS_SHOWN = 1000 };

/* --- access check ----------------------------------------------------------- */

static bool
has_tag(const struct post *post, int64_t tag_id)
{
	for (size_t i = 0; i < post->tag_count; i++)
		if (post->tags[i].id == tag_id)
			return true;
	return false;
}

/*
 * viewer_of_user() loads only grants that hold now. They are checked again because a caller may fill a viewer itself.
 */
static bool
grant_holds(const struct grant *grant, int64_t user_id, int64_t now)
{
	return grant->user_id == user_id && grant->starts <= now && (grant->ends == 0 || grant->ends > now);
}

static bool
grant_covers(const struct grant *grant, const struct post *post)
{
	if (str_equal(grant->scope, "everything"))
		return true;
	if (str_equal(grant->scope, "tag"))
		return grant->tag_id != 0 && has_tag(post, grant->tag_id);
	if (str_equal(grant->scope, "post"))
		return grant->post_id != 0 && grant->post_id == post->id;
	return false;
}

static bool
has_right(const struct viewer *viewer, const struct user *user, const struct post *post)
{
	for (size_t i = 0; i < viewer->grant_count; i++)
		if (grant_holds(&viewer->grants[i], user->id, viewer->now) && grant_covers(&viewer->grants[i], post))
			return true;
	return false;
}

enum view
viewer_may(const struct viewer *viewer, const struct post *post)
{
	const struct user *user = viewer->user;

	/* A zeroed viewer sees nothing, whatever else is wrong. Posts in the trash are never shown by this check. */
	if (viewer->now <= 0 || post->trashed != 0)
		return VIEW_NONE;
	if (user != NULL && (user->id == 0 || user->disabled))
		user = NULL;
	if (user != NULL && (user->id == post->author_id || user_may(user, RIGHT_EDIT)))
		return VIEW_FULL;
	if (!str_equal(post->state, "published") || post->published > viewer->now)
		return VIEW_NONE;
	if (str_equal(post->access, "public"))
		return VIEW_FULL;
	if (str_equal(post->access, "members"))
		return user != NULL ? VIEW_FULL : VIEW_OPEN;
	if (str_equal(post->access, "paid"))
		return user != NULL && has_right(viewer, user, post) ? VIEW_FULL : VIEW_OPEN;
	return VIEW_NONE;
}

/* --- viewers ---------------------------------------------------------------- */

static const struct column grant_columns[] = {
	COLUMN_INT(struct grant, id),
	COLUMN_INT(struct grant, user_id),
	COLUMN_TEXT(struct grant, scope),
	COLUMN_INT(struct grant, tag_id),
	COLUMN_INT(struct grant, post_id),
	COLUMN_INT(struct grant, starts),
	COLUMN_INT(struct grant, ends),
	COLUMN_TEXT(struct grant, source),
	COLUMN_TEXT(struct grant, what),
	{ 0 },
};
static const struct row grant_row = { sizeof(struct grant), grant_columns };

QUERY(owns, "SELECT EXISTS (SELECT 1 FROM post WHERE author_id = :user)");

QUERY(held,
	"SELECT id, user_id, scope, tag_id, post_id, starts, ends, source, '' AS what FROM grant_right"
	" WHERE user_id = :user AND starts <= :now AND (ends IS NULL OR ends > :now) ORDER BY id");

/* Whether the role has any right beyond reading. */
static bool
has_role_rights(const struct user *user)
{
	return user_may(user, RIGHT_WRITE) || user_may(user, RIGHT_EDIT) || user_may(user, RIGHT_MODERATE) || user_may(user, RIGHT_RUN);
}

enum status
viewer_of_user(struct db *db, struct arena *arena, const struct user *user, int64_t now,
	struct viewer *ret_viewer)
{
	struct viewer viewer = { .now = now };
	struct grant *grants;
	struct user *copy;
	int64_t owner = 1;

	if (user->disabled) {
		*ret_viewer = viewer;
		return OK;
	}
	TRY(query_list(db, arena, held, &grant_row, &grants, &viewer.grant_count,
		BIND(INT("user", user->id), INT("now", now))));
	/* The class of everybody else contains the id anyway. */
	if (!has_role_rights(user))
		TRY(query_integer(db, owns, &owner, BIND(INT("user", user->id))));
	viewer.owns_no_post = owner == 0;
	copy = arena_new_of(arena, struct user);
	*copy = *user;
	viewer.user = copy;
	viewer.grants = grants;
	*ret_viewer = viewer;
	return OK;
}

enum status
viewer_by_token(struct db *db, struct arena *arena, const char *token, int64_t now,
	struct viewer *ret_viewer)
{
	struct user user;
	enum status status = str_empty(token) ? NOT_FOUND : session_user(db, arena, token, now, &user);

	if (status == NOT_FOUND) {
		*ret_viewer = (struct viewer){ .now = now };
		return OK;
	}
	TRY(status);
	return viewer_of_user(db, arena, &user, now, ret_viewer);
}

/* --- classes of viewers with equal rights -------------------------------------- */

/* What a grant opens: "e" everything, "t12" a tag, "p34" a post. */
static const char *
scope_text(struct arena *arena, const struct grant *grant)
{
	if (str_equal(grant->scope, "everything"))
		return "e";
	if (str_equal(grant->scope, "tag"))
		return arena_printf(arena, "t%lld", (long long)grant->tag_id);
	return arena_printf(arena, "p%lld", (long long)grant->post_id);
}

static int
compare_scopes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Adds the scopes of the grants that hold, each once. Which grant opens a scope, and until when, changes no page. */
static void
add_scopes(struct arena *arena, struct str *text, const struct viewer *viewer)
{
	const char **scopes = arena_array(arena, viewer->grant_count + 1, sizeof(*scopes));
	size_t count = 0;

	for (size_t i = 0; i < viewer->grant_count; i++)
		if (grant_holds(&viewer->grants[i], viewer->user->id, viewer->now))
			scopes[count++] = scope_text(arena, &viewer->grants[i]);
	if (count > 1)
		qsort(scopes, count, sizeof(*scopes), compare_scopes);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || !str_equal(scopes[i], scopes[i - 1]))
			str_printf(text, " %s", scopes[i]);
}

const char *
viewer_class(struct arena *arena, const struct viewer *viewer)
{
	struct str text;

	if (viewer->user == NULL)
		return "";
	text = str_init(arena);
	str_printf(&text, "%s %d", viewer->user->role, viewer->user->disabled != 0);
	if (!viewer->owns_no_post || has_role_rights(viewer->user))
		str_printf(&text, " u%lld", (long long)viewer->user->id);
	add_scopes(arena, &text, viewer);
	return digest_text(arena, text.bytes);
}

/* --- grants ----------------------------------------------------------------- */

/* REFERENCE stores an end of 0 (no end) as NULL. */
QUERY(add,
	"INSERT INTO grant_right (user_id, scope, tag_id, post_id, starts, ends, source, created, sample)"
	" VALUES (:user, :scope, :tag, :post, :starts, :ends, :source, :created, :sample) RETURNING id");

enum status
grant_add(struct db *db, const struct grant *grant, bool sample, int64_t *ret_id)
{
	bool tag = str_equal(grant->scope, "tag"), post = str_equal(grant->scope, "post");

	if (!tag && !post && !str_equal(grant->scope, "everything"))
		return INVALID;
	if ((tag && grant->tag_id == 0) || (post && grant->post_id == 0)
		|| (grant->ends != 0 && grant->ends <= grant->starts))
		return INVALID;
	TRY(query_insert(db, add, ret_id, BIND(INT("user", grant->user_id), TEXT("scope", grant->scope),
		REFERENCE("tag", tag ? grant->tag_id : 0), REFERENCE("post", post ? grant->post_id : 0),
		INT("starts", grant->starts), REFERENCE("ends", grant->ends),
		TEXT("source", grant->source == NULL ? "" : grant->source), INT("created", clock_now()),
		INT("sample", sample))));
	return audit_add_user(db, AUDIT_ACCESS_GRANTED, grant->user_id, NULL, grant->scope);
}

/* A grant that has already ended keeps its end. */
QUERY(end,
	"UPDATE grant_right SET ends = CASE WHEN ends < :when THEN ends ELSE :when END WHERE id = :id");

QUERY(holder, "SELECT user_id FROM grant_right WHERE id = :id");

enum status
grant_end(struct db *db, int64_t id, int64_t when)
{
	int64_t user_id;

	TRY(query_run(db, end, BIND(INT("id", id), INT("when", when))));
	if (db_changed_rows(db) == 0)
		return NOT_FOUND;
	TRY(query_integer(db, holder, &user_id, BIND(INT("id", id))));
	return audit_add_user(db, AUDIT_ACCESS_ENDED, user_id, NULL, NULL);
}

QUERY(of_user,
	"SELECT g.id, g.user_id, g.scope, g.tag_id, g.post_id, g.starts, g.ends, g.source,"
	" coalesce(t.name, p.title, '') AS what FROM grant_right AS g LEFT JOIN tag AS t ON t.id = g.tag_id"
	" LEFT JOIN post AS p ON p.id = g.post_id WHERE g.user_id = :user ORDER BY g.id DESC LIMIT :most");

enum status
grant_list(struct db *db, struct arena *arena, int64_t user_id, struct grant **ret_grants, size_t *ret_count)
{
	return query_list(db, arena, of_user, &grant_row, ret_grants, ret_count,
		BIND(INT("user", user_id), INT("most", GRANTS_SHOWN)));
}
