/* The comments below a post. */
#ifndef CGI_BIN_BLOG_COMMENTS_H
#define CGI_BIN_BLOG_COMMENTS_H

#include "http/request.h"
#include "page/feed/metadata.h"
#include "store/comment/comment_access.h"
#include "store/comment/comment_thread.h"

extern const struct field comments_fields[], thread_fields[];

/* Finds a post that this viewer may see. A former slug redirects to the page of the post. */
enum status find_post(struct request *req, const char *slug, struct post *ret_post);

/*
 * Says that the page depends on the comments of a post, if the viewer may read them. Call it before request_page(). A reader who may not read
 * them does not learn from the ETag that there is a new one.
 */
enum status comments_depend(struct request *req, const struct post *post);

/*
 * Adds the first page of comments to the post's element, if the viewer may read them. ret_shown gets the comments for the
 * metadata.
 */
enum status comments_add(struct request *req, xmlNodePtr entry, const struct post *post, struct metadata_comments *ret_shown);

#endif
