/* Removes the sample content: all of it, and nothing else. */
#include "store/post/post.h"

#include "store/audit/audit.h"
#include "store/post/post_index.h"

struct sample_post {
	int64_t id, search_id;
	const char *lang;
};

static const struct column sample_columns[] = {
	COLUMN_INT(struct sample_post, id),
	COLUMN_INT(struct sample_post, search_id),
	COLUMN_TEXT(struct sample_post, lang),
	{ 0 },
};
static const struct row sample_row = { sizeof(struct sample_post), sample_columns };

/* These run once, by hand, over a few rows. An index for them would slow down every save. */
QUERY_WITH(QUERY_SCANS, sample_posts, "SELECT id, search_id, lang FROM post WHERE sample = 1 ORDER BY id");
QUERY(count_less,
	"UPDATE tag_count SET posts = posts - 1 WHERE lang = :lang"
	" AND tag_id IN (SELECT tag_id FROM post_tag WHERE post_id = :id AND listed = 1)");
QUERY(remove_post, "DELETE FROM post WHERE id = :id");
QUERY_WITH(QUERY_SCANS, remove_comments, "DELETE FROM comment WHERE sample = 1");
QUERY_WITH(QUERY_SCANS, remove_grants, "DELETE FROM grant_right WHERE sample = 1");
/* What the owner's own content uses stays, and is no longer sample content. */
QUERY_WITH(QUERY_SCANS, remove_tags,
	"DELETE FROM tag WHERE sample = 1 AND NOT EXISTS (SELECT 1 FROM post_tag WHERE tag_id = tag.id)"
	" AND NOT EXISTS (SELECT 1 FROM grant_right WHERE tag_id = tag.id)");
QUERY_WITH(QUERY_SCANS, remove_media,
	"DELETE FROM media WHERE sample = 1 AND NOT EXISTS (SELECT 1 FROM post_link WHERE media_id = media.id)"
	" AND NOT EXISTS (SELECT 1 FROM post WHERE cover_id = media.id)"
	" AND NOT EXISTS (SELECT 1 FROM post WHERE enclosure_id = media.id)"
	" AND NOT EXISTS (SELECT 1 FROM experiment_variant WHERE cover_id = media.id)"
	" AND NOT EXISTS (SELECT 1 FROM recording WHERE transcript_id = media.id)"
	" AND NOT EXISTS (SELECT 1 FROM media_owner WHERE media_id = media.id)"
	" AND NOT EXISTS (SELECT 1 FROM media AS old WHERE old.replaced_by = media.id)");
QUERY_WITH(QUERY_SCANS, remove_users,
	"DELETE FROM site_user WHERE sample = 1 AND NOT EXISTS (SELECT 1 FROM post WHERE author_id = site_user.id)"
	" AND NOT EXISTS (SELECT 1 FROM comment WHERE user_id = site_user.id)"
	" AND NOT EXISTS (SELECT 1 FROM grant_right WHERE user_id = site_user.id)");
QUERY_WITH(QUERY_SCANS, keep_tags, "UPDATE tag SET sample = 0 WHERE sample = 1");
QUERY_WITH(QUERY_SCANS, keep_media, "UPDATE media SET sample = 0 WHERE sample = 1");
QUERY_WITH(QUERY_SCANS, keep_users, "UPDATE site_user SET sample = 0 WHERE sample = 1");

enum status
post_remove_sample(struct db *db, struct arena *arena, int64_t *ret_count)
{
	const struct query *const last[] = { remove_comments, remove_grants, remove_tags, remove_media,
		remove_users, keep_tags, keep_media, keep_users };
	struct sample_post *posts;
	size_t count;

	TRY(query_list(db, arena, sample_posts, &sample_row, &posts, &count, BIND()));
	for (size_t i = 0; i < count; i++) {
		TRY(query_run(db, count_less, BIND(INT("id", posts[i].id), TEXT("lang", posts[i].lang))));
		TRY(post_index_remove(db, posts[i].search_id));
		TRY(query_run(db, remove_post, BIND(INT("id", posts[i].id))));
	}
	for (size_t i = 0; i < sizeof(last) / sizeof(*last); i++)
		TRY(query_run(db, last[i], BIND()));
	*ret_count = (int64_t)count;
	return audit_add(db, AUDIT_SAMPLE, arena_printf(arena, "%zu", count), NULL, NULL);
}
