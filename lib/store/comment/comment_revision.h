/* Earlier texts of comments that were edited. Moderators see them for 30 days; nobody else does. */
#ifndef STORE_COMMENT_REVISION_H
#define STORE_COMMENT_REVISION_H

#include "store/comment/comment.h"

enum { COMMENT_REVISION_KEPT = 30 * 24 * 3600, COMMENT_REVISIONS_SHOWN = 20 };

struct comment_revision {
	int64_t id;
	int64_t version;  /* of the comment while it had this text */
	const char *text; /* as typed */
	int64_t replaced; /* when it was replaced, in Unix seconds */
};

/* Saves the text that a comment has now, before another replaces it, inside a write transaction. */
enum status comment_revision_add(struct db *db, const struct comment *comment, int64_t now);

/* Lists a comment's earlier texts, newest first, at most COMMENT_REVISIONS_SHOWN. In the arena. */
enum status comment_revision_list(struct db *db, struct arena *arena, int64_t comment_id, struct comment_revision **ret_revisions, size_t *ret_count);

/* Whether comment_revision_sweep() would remove anything. Reads only. */
enum status comment_revision_is_due(struct db *db, int64_t now, bool *ret_due);
/* Removes what is older than COMMENT_REVISION_KEPT, at most 100 rows, inside a write transaction. */
enum status comment_revision_sweep(struct db *db, int64_t now);

#endif
