/* How posts are read from the database; shared by the files that select posts. */
#ifndef STORE_POST_COLUMNS_H
#define STORE_POST_COLUMNS_H

#include "store/post/post.h"

/*
 * The columns of a struct post, to be followed by FROM post AS p and POST_JOINS. The tags are stored by post_save()
 * as lines of "id TAB slug TAB name", in the author's order. Selecting them here took a quarter of the time of a
 * page.
 */
#define POST_COLUMNS \
	" p.id, p.slug, p.kind, p.state, p.access, p.title, p.summary, p.generated_summary, p.lang, p.work_id, p.author_id," \
	" a.slug AS author_slug, a.name AS author_name," \
	" coalesce(p.cover_id, 0) AS cover_id, p.cover_alt," \
	" coalesce(substr(c.digest, 1, 2) || '/' || c.digest || '.' || c.suffix, '') AS cover_path," \
	" coalesce(c.width, 0) AS cover_width, coalesce(c.height, 0) AS cover_height, coalesce(c.widths, '') AS cover_widths," \
	" coalesce(p.enclosure_id, 0) AS enclosure_id," \
	" p.featured, p.published, p.updated, p.created, p.reading_minutes, p.search_id, p.revision," \
	" p.comment_access, p.comment_step, p.canonical_url, p.trashed, p.tag_text"
#define POST_JOINS \
	" JOIN site_user AS a ON a.id = p.author_id LEFT JOIN media AS c ON c.id = p.cover_id"

/* The condition of every public list: that of the partial indexes, and that the post is due. */
#define POST_LISTED " p.state = 'published' AND p.kind <> 'page' AND p.published <= :now"

extern const struct row post_row;

/* Sets tags and tag_count from tag_text. Must be called for every post that is read. */
void post_split_tags(struct arena *arena, struct post *post);

/* The same as query_one() and query_list() for posts, with their tags. */
enum status post_one(struct db *db, struct arena *arena, const struct query *query,
	struct post *ret_post, const struct value *values);
enum status post_many(struct db *db, struct arena *arena, const struct query *query,
	struct post **ret_posts, size_t *ret_count, const struct value *values);

#endif
