/*
 * Comments on a page. The frame of a comment (who, when, text) is the same for all readers. The theme renders it once per worker, comment
 * and version, and it is cached with the entries of lists (page/theme/fragment_cache.h).
 */
#ifndef HTTP_COMMENT_ENTRIES_H
#define HTTP_COMMENT_ENTRIES_H

#include "http/request.h"
#include "store/comment/comment.h"
#include "store/post/post.h"

/*
 * Adds the comments to parent, a part of req->page, each as a <comment> inside the one that it is nested in. They are in reading order: a thread
 * is its first comment and then its replies by path. When the first comment is missing or a page begins in the middle, a reply is
 * nested in the nearest one before it that has a lower depth. elements, if not NULL, gets the element of each comment.
 *
 * The caller has checked that the viewer may read them. A comment that is not in the state "shown" becomes a placeholder, of
 * which nothing but its place is shown.
 */
enum status comment_entries_add(struct request *req, xmlNodePtr parent, const struct post *post, const struct comment *comments,
	size_t count, xmlNodePtr *elements);

/* The name shown for a comment's author, in the current language: "Deleted user" after the account was deleted. */
const char *comment_entries_name(const struct comment *comment);

#endif
