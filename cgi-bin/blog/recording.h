/*
 * Media files with restricted access, and chapters and transcripts of recordings. Part of the
 * program blog.
 */
#ifndef CGI_BIN_BLOG_RECORDING_H
#define CGI_BIN_BLOG_RECORDING_H

#include "blog_handlers.h"
#include "http/serve.h"
#include "store/media/media.h"
#include "store/post/post.h"

/*
 * Adds the recording of a post that this viewer may read in full, with chapters and
 * transcript.
 */
enum status recording_add(struct request *req, xmlNodePtr entry, const struct post *post);

#endif
