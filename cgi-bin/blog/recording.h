/* Files behind the gate, and what goes with recordings; of the program blog. */
#ifndef CGI_BIN_BLOG_RECORDING_H
#define CGI_BIN_BLOG_RECORDING_H

#include "http/serve.h"
#include "store/media/media.h"
#include "store/post/post.h"

/* GET /media/:folder/:file, for what does not lie where the web server finds it by itself. */
enum status show_media(struct request *req);

/* GET /blog/:slug/chapters.json, for podcast programs. */
enum status show_chapters(struct request *req);

/* The recording of a post that this reader may hear, with chapters and transcript. */
enum status recording_add(struct request *req, xmlNodePtr entry, const struct post *post);

#endif
