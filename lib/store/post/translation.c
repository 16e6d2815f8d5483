#include "store/post/translation.h"

#include <string.h>

#include "core/field.h"
#include "core/str.h"
#include "core/text.h"
#include "store/post/post_columns.h"

#define EDITABLE "(p.author_id = :user OR :all = 1)"
#define USER(user) INT("user", (user)->id), INT("all", user_may(user, RIGHT_EDIT))

QUERY(other,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.work_id = :work AND p.lang <> :lang AND p.id <> :id"
	" AND p.trashed = 0 AND " EDITABLE " ORDER BY p.lang LIMIT 1");

enum status
translation_other(struct db *db, struct arena *arena, const struct user *user, const struct post *post,
	struct post *ret_other)
{
	return post_one(db, arena, other, ret_other,
		BIND(INT("work", post->work_id), TEXT("lang", post->lang), INT("id", post->id), USER(user)));
}

QUERY(editable_by_slug,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.slug = :slug AND p.trashed = 0 AND " EDITABLE);
QUERY(editable_by_old_slug,
	"SELECT" POST_COLUMNS " FROM post_slug AS s JOIN post AS p ON p.id = s.post_id" POST_JOINS
	" WHERE s.slug = :slug AND p.trashed = 0 AND " EDITABLE);
QUERY(editable_by_title,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE p.title = :title AND p.trashed = 0 AND " EDITABLE
	" ORDER BY p.id LIMIT 1");

/* The last part of an address, decoded. */
static const char *
last_part(struct arena *arena, const char *address)
{
	char *path = arena_bytes(arena, address, strcspn(address, "?#")), *slash;
	size_t length = strlen(path);

	while (length > 0 && path[length - 1] == '/')
		path[--length] = '\0';
	(void)field_decode(path, &length, false);
	path[length] = '\0';
	path = text_clean(arena, path, length, TEXT_LINE);
	slash = strrchr(path, '/');
	return slash == NULL ? path : slash + 1;
}

enum status
translation_find(struct db *db, struct arena *arena, const struct user *user, const char *text, struct post *ret_post)
{
	const char *given = str_trim(arena, text), *slug = last_part(arena, given);
	enum status status;

	status = post_one(db, arena, editable_by_slug, ret_post, BIND(TEXT("slug", slug), USER(user)));
	if (status == NOT_FOUND)
		status = post_one(db, arena, editable_by_old_slug, ret_post, BIND(TEXT("slug", slug), USER(user)));
	if (status == NOT_FOUND)
		status = post_one(db, arena, editable_by_title, ret_post, BIND(TEXT("title", given), USER(user)));
	return status;
}

QUERY(holder, "SELECT id FROM post WHERE work_id = :work AND lang = :lang AND id <> :id AND trashed = 0 LIMIT 1");

enum status
translation_free(struct db *db, int64_t work_id, const char *lang, int64_t id)
{
	int64_t found;
	enum status status = query_integer(db, holder, &found, BIND(INT("work", work_id), TEXT("lang", lang), INT("id", id)));

	return status == NOT_FOUND ? OK : status == OK ? CONFLICT : status;
}

QUERY(first_other, "SELECT id FROM post WHERE work_id = :work AND id <> :id ORDER BY lang LIMIT 1");
QUERY(regroup, "UPDATE post SET work_id = :new WHERE work_id = :work AND id <> :id");

enum status
translation_regroup(struct db *db, const struct post *post)
{
	int64_t first;
	enum status status;

	if (post->work_id != post->id)
		return OK;
	status = query_integer(db, first_other, &first, BIND(INT("work", post->work_id), INT("id", post->id)));
	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	return query_run(db, regroup, BIND(INT("new", first), INT("work", post->work_id), INT("id", post->id)));
}
