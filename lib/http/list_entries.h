/* Lists of posts on a page. */
#ifndef HTTP_LIST_ENTRIES_H
#define HTTP_LIST_ENTRIES_H

#include "http/request.h"
#include "store/post/post.h"

/*
 * Adds those posts that the reader may see to parent, a part of req->page. Each becomes an <entry>, rendered by
 * the theme's template for page documents with the name "entries", or a <post> when the theme has no such
 * template. The page must depend on DEPENDS_STEPS (request_depends()), because an entry shows the rounded number of comments.
 */
enum status list_entries_add(struct request *req, xmlNodePtr parent, const struct post *posts, size_t count);

#endif
