#include "store/db/content_version.h"

static const struct column columns[] = {
	COLUMN_INT(struct content_version, counter),
	COLUMN_INT(struct content_version, changed),
	COLUMN_INT(struct content_version, comments),
	COLUMN_INT(struct content_version, comments_changed),
	COLUMN_INT(struct content_version, steps),
	COLUMN_INT(struct content_version, steps_changed),
	COLUMN_INT(struct content_version, newest),
	{ 0 },
};
static const struct row change_row = { sizeof(struct content_version), columns };

QUERY(read_change,
	"SELECT counter, changed, comments, comments_changed, steps, steps_changed, coalesce((SELECT max(due.published) FROM (SELECT (SELECT published FROM post"
	" WHERE state = 'published' AND kind <> 'page' AND published <= :now"
	" ORDER BY published DESC, id DESC LIMIT 1) AS published"
	" UNION ALL SELECT max(published) FROM post"
	" WHERE state = 'published' AND kind = 'page' AND published <= :now) AS due), 0) AS newest"
	" FROM content_version WHERE id = 1");

enum status
content_version_read(struct db *db, int64_t now, struct content_version *ret_change)
{
	/* The row has only numbers, so no arena is needed. */
	return query_one(db, NULL, read_change, &change_row, ret_change, BIND(INT("now", now)));
}
