/* How comments are read from the database; shared by the files that select comments. */
#ifndef STORE_COMMENT_COLUMNS_H
#define STORE_COMMENT_COLUMNS_H

#include "store/comment/comment.h"

/* The columns of a struct comment, to be followed by FROM comment without another name. */
#define COMMENT_COLUMNS \
	" comment.id, post_id, parent_id, root_id, depth, path, user_id, name," \
	" coalesce((SELECT u.role FROM site_user AS u WHERE u.id = comment.user_id AND u.disabled = 0), '') AS role, link, person, network, state, reason, reason_note, text, xhtml," \
	" lang, created, edited, version, listed, replies, helpful, not_helpful, rank, flags, learned, stamp, decided, decided_by, sample"

extern const struct row comment_row;

#endif
