/*
 * Media files with restricted access, and chapters and transcripts of recordings. Part of the
 * program blog.
 */
#ifndef CGI_BIN_BLOG_RECORDING_H
#define CGI_BIN_BLOG_RECORDING_H

#include "http/serve.h"
#include "store/media/media.h"
#include "store/post/post.h"

/*
 * GET /media/:folder/:file, for files that the web server does not find in the public media
 * folder.
 */
enum status show_media(struct request *req);

/* GET /blog/:slug/chapters.json, for podcast apps. */
enum status show_chapters(struct request *req);

/*
 * Adds the recording of a post that this viewer may read in full, with chapters and
 * transcript.
 */
enum status recording_add(struct request *req, xmlNodePtr entry, const struct post *post);

#endif
