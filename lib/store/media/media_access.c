#include "store/media/media_access.h"

#include <stdint.h>

#include "store/post/post_columns.h"

enum { POSTS_AT_ONCE = 100 };

QUERY(showing,
	"SELECT" POST_COLUMNS " FROM media_use AS u JOIN post AS p ON p.id = u.post_id" POST_JOINS
	" WHERE u.media_id = :media AND u.teaser = :teaser AND u.post_id < :before ORDER BY u.post_id DESC LIMIT :limit");
/* There are only dozens of settings, however large the site is. */
QUERY_WITH(QUERY_SORTS, named_by_setting, "SELECT count(*) FROM setting WHERE instr(value, :digest) > 0");
QUERY(owned, "SELECT count(*) FROM media_owner WHERE user_id = :user AND media_id = :media");

/* Whether any post shows the file to this viewer. */
static enum status
shown_to(struct db *db, struct arena *arena, const struct viewer *viewer, const struct media *media, bool teaser, bool *ret_may)
{
	int64_t before = INT64_MAX;
	struct post *posts;
	size_t count;

	do {
		TRY(post_many(db, arena, showing, &posts, &count, BIND(INT("media", media->id), INT("teaser", teaser), INT("before", before),
			INT("limit", POSTS_AT_ONCE))));
		for (size_t i = 0; i < count; i++) {
			enum view view = viewer_may(viewer, &posts[i]);
			before = posts[i].id;
			if (view == VIEW_FULL || (view == VIEW_OPEN && teaser)) {
				*ret_may = true;
				return OK;
			}
		}
	} while (count == POSTS_AT_ONCE);
	return OK;
}

static enum status
named_by_site(struct db *db, const struct media *media, bool *ret_may)
{
	int64_t count;

	TRY(query_integer(db, named_by_setting, &count, BIND(TEXT("digest", media->digest))));
	*ret_may = count > 0;
	return OK;
}

enum status
media_access_may(struct db *db, struct arena *arena, const struct viewer *viewer, const struct media *media, bool *ret_may)
{
	int64_t count = 0;
	bool may = user_may(viewer->user, RIGHT_EDIT);

	if (!may && user_may(viewer->user, RIGHT_WRITE))
		TRY(query_integer(db, owned, &count, BIND(INT("user", viewer->user->id), INT("media", media->id))));
	may = may || count > 0;
	if (!may)
		TRY(named_by_site(db, media, &may));
	if (!may)
		TRY(shown_to(db, arena, viewer, media, true, &may));
	if (!may)
		TRY(shown_to(db, arena, viewer, media, false, &may));
	*ret_may = may;
	return OK;
}

enum status
media_access_is_public(struct db *db, struct arena *arena, const struct media *media, int64_t now, bool *ret_open)
{
	struct viewer visitor = { .now = now };

	return media_access_may(db, arena, &visitor, media, ret_open);
}
