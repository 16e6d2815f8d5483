#include "store/inspect.h"

/* An owner asks for these by hand; what they cost is said before they run. */
QUERY_WITH(QUERY_SCANS, count_posts, "SELECT count(*) FROM post");
QUERY_WITH(QUERY_SCANS, count_published, "SELECT count(*) FROM post WHERE state = 'published'");
QUERY_WITH(QUERY_SCANS, count_indexed, "SELECT count(*) FROM post_search_docsize");
QUERY_WITH(QUERY_SCANS, count_textless,
	"SELECT count(*) FROM post AS p WHERE NOT EXISTS (SELECT 1 FROM post_text WHERE post_id = p.id)");
QUERY_WITH(QUERY_SCANS, count_stale, "SELECT count(*) FROM post_text WHERE renderer <> :renderer");
QUERY_WITH(QUERY_SCANS, count_miscounted,
	"SELECT count(*) FROM (SELECT tag_id, lang, sum(counted) AS counted, sum(listed) AS listed FROM"
	" (SELECT tag_id, lang, posts AS counted, 0 AS listed FROM tag_count UNION ALL"
	"  SELECT tag_id, lang, 0, listed FROM post_tag) AS parts GROUP BY tag_id, lang) AS sums WHERE counted <> listed");
QUERY_WITH(QUERY_SCANS, count_late, "SELECT count(*) FROM change WHERE changed > :now");

enum status
inspect_store(struct db *db, const char *renderer, int64_t now, struct inspection *ret_inspection)
{
	struct inspection found;

	TRY(query_integer(db, count_posts, &found.posts, BIND()));
	TRY(query_integer(db, count_published, &found.published, BIND()));
	TRY(query_integer(db, count_indexed, &found.indexed, BIND()));
	TRY(query_integer(db, count_textless, &found.textless, BIND()));
	TRY(query_integer(db, count_stale, &found.stale, BIND(TEXT("renderer", renderer))));
	TRY(query_integer(db, count_miscounted, &found.miscounted, BIND()));
	TRY(query_integer(db, count_late, &found.late, BIND(INT("now", now))));
	*ret_inspection = found;
	return OK;
}

QUERY(own_owner,
	"SELECT id FROM user WHERE role = 'owner' AND sample = 0 AND disabled = 0 ORDER BY id LIMIT 1");

enum status
inspect_own_owner(struct db *db, int64_t *ret_user_id)
{
	return query_integer(db, own_owner, ret_user_id, BIND());
}
