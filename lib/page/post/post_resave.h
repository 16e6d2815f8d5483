/* A post as it is stored, to be saved again with other files beside its text: cover, recording, transcript. */
#ifndef PAGE_POST_RESAVE_H
#define PAGE_POST_RESAVE_H

#include "core/conf.h"
#include "store/media/media.h"
#include "store/post/post.h"

/*
 * Fills a save with all that the post is now; whoever calls changes what is to be another, and then calls post_render_prepare(). Reads only.
 */
enum status post_resave_begin(struct db *db, struct arena *arena, const struct post *post, const char *markdown, struct post_save *ret_save);

/* "audio", "video" or "article", by the type of its recording (NULL: none); a page stays one. */
const char *post_resave_kind(const struct post *post, const char *type);

#endif
