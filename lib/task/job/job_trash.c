/* Permanently deletes posts that have been in the trash for 30 days. */
#include "task/job/job.h"

#include "store/post/trash.h"

enum { POSTS_AT_ONCE = 20 };

enum status
job_trash(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	struct post *posts;
	size_t count;

	(void)conf;
	TRY(trash_due(db, arena, now - TRASH_SECONDS, POSTS_AT_ONCE, &posts, &count));
	if (count == 0)
		return OK;
	TRY(db_begin_private(db)); /* posts in the trash are not on any page */
	for (size_t i = 0; i < count; i++) {
		enum status status = trash_delete(db, arena, posts[i].id);
		/* The post was restored or deleted at the same moment. */
		if (status != NOT_FOUND)
			TRY(status);
	}
	return db_commit(db);
}
