/* Prepares a stored post to be saved again with other files: cover, recording or transcript. */
#ifndef PAGE_POST_RESAVE_H
#define PAGE_POST_RESAVE_H

#include "core/conf.h"
#include "store/media/media.h"
#include "store/post/post.h"

/*
 * Fills *ret_save with the post as it is stored. The caller changes what it wants and then calls post_render_prepare().
 * Only reads from the database.
 */
enum status post_resave_begin(struct db *db, struct arena *arena, const struct post *post, const char *markdown, struct post_save *ret_save);

/* The kind for a recording of this media type (NULL: none): "audio", "video" or "article". A page stays a page. */
const char *post_resave_kind(const struct post *post, const char *type);

#endif
