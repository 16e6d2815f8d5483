/* The <post> element of lists and pages, and the local address of a post. */
#ifndef PAGE_POST_ENTRY_H
#define PAGE_POST_ENTRY_H

#include "page/doc/doc.h"
#include "store/post/post.h"
#include "store/access/viewer.h"

/*
 * The local, percent-encoded address of a post: "/blog/SLUG", "/page/SLUG", "/about" for the page
 * "about", or "/zh/about" for "about-zh".
 */
const char *entry_path(struct arena *arena, const struct post *post);

/* A whole local path, with each segment percent-encoded. In the arena. */
const char *page_encode_path(struct arena *arena, const char *path);

/*
 * Adds <post> with title, summary, author, tags and cover. It contains only what every viewer may
 * know about a post for which viewer_may() does not return VIEW_NONE. prefix is put before the
 * addresses of tags and authors.
 */
xmlNodePtr entry_add(struct page *page, xmlNodePtr parent, const struct post *post,
	const struct viewer *viewer, const char *prefix);

/*
 * Adds the rounded number of comments to an entry of a list: "5+ comments". readable: whether the viewer may read them. Nothing for 0.
 */
void entry_add_comments(xmlNodePtr entry, struct page *page, const struct post *post, bool readable);

/* Adds a <post> for each post that this viewer may know about. */
void entry_add_all(struct page *page, xmlNodePtr parent, const struct post *posts, size_t count,
	const struct viewer *viewer, const char *prefix);

/*
 * The name of a kind or an access level in the current language; "" for articles
 * and public posts.
 */
const char *entry_kind_text(const char *kind);
const char *entry_access_text(const char *access);

#endif
