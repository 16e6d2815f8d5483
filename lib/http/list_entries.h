/* Lists of posts in a page. */
#ifndef HTTP_LIST_ENTRIES_H
#define HTTP_LIST_ENTRIES_H

#include "http/request.h"
#include "store/post/post.h"

/*
 * Adds those of the posts that this reader may know of to parent, a part of req->page: as <entry>, finished by the
 * theme's template for page documents of the name "entries", or as <post> when the theme has no such template.
 */
enum status list_entries_add(struct request *req, xmlNodePtr parent, const struct post *posts, size_t count);

#endif
