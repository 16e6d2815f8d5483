#include "store/maintenance/integrity.h"

/* An owner runs these by hand and is told their cost before. */
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

enum status
integrity_check(struct db *db, const char *renderer, struct integrity *ret_inspection)
{
	struct integrity found;

	TRY(query_integer(db, count_posts, &found.posts, BIND()));
	TRY(query_integer(db, count_published, &found.published, BIND()));
	TRY(query_integer(db, count_indexed, &found.indexed, BIND()));
	TRY(query_integer(db, count_textless, &found.textless, BIND()));
	TRY(query_integer(db, count_stale, &found.stale, BIND(TEXT("renderer", renderer))));
	TRY(query_integer(db, count_miscounted, &found.miscounted, BIND()));
	*ret_inspection = found;
	return OK;
}

/*
 * By time, not by number: after the clock was set back, later rows have earlier times. For the audit log, the last
 * line is a good approximation.
 */
QUERY(newest_change, "SELECT changed FROM content_version WHERE id = 1");
QUERY(newest_version, "SELECT created FROM revision WHERE created > 0 ORDER BY created DESC LIMIT 1");
QUERY(newest_session, "SELECT created FROM session WHERE created > 0 ORDER BY created DESC LIMIT 1");
QUERY(newest_line, "SELECT time FROM audit WHERE id > 0 ORDER BY id DESC LIMIT 1");

enum status
integrity_newest(struct db *db, int64_t *ret_time)
{
	const struct query *const places[] = { newest_change, newest_version, newest_session, newest_line };
	int64_t newest = 0, time;

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		enum status status = query_integer(db, places[i], &time, BIND());
		if (status == OK && time > newest)
			newest = time;
		if (status != NOT_FOUND)
			TRY(status);
	}
	*ret_time = newest;
	return OK;
}

QUERY(own_owner,
	"SELECT id FROM site_user WHERE role = 'owner' AND sample = 0 AND disabled = 0 ORDER BY id LIMIT 1");

enum status
integrity_real_owner(struct db *db, int64_t *ret_user_id)
{
	return query_integer(db, own_owner, ret_user_id, BIND());
}
