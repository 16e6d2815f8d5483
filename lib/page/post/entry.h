/* A post in the page document, as lists and pages show it; and where it lives. */
#ifndef PAGE_POST_ENTRY_H
#define PAGE_POST_ENTRY_H

#include "page/doc/doc.h"
#include "store/post/post.h"
#include "store/access/viewer.h"

/*
 * The local address of a post, encoded: "/blog/SLUG", "/page/SLUG", or "/about" for the page
 * of that slug and "/zh/about" for "about-zh".
 */
const char *entry_path(struct arena *arena, const struct post *post);

/* A whole local path, encoded segment by segment; its slashes stay. */
const char *page_encode_path(struct arena *arena, const char *path);

/*
 * Adds <post> with title, summary, author, tags and cover: only what every viewer may know of a post
 * that viewer_may() does not hide. prefix goes before the addresses of tags and authors.
 */
xmlNodePtr entry_add(struct page *page, xmlNodePtr parent, const struct post *post,
	const struct viewer *viewer, const char *prefix);

/* Adds an entry for each post that this viewer may know of. */
void entry_add_all(struct page *page, xmlNodePtr parent, const struct post *posts, size_t count,
	const struct viewer *viewer, const char *prefix);

/* The word for a kind or an access, in the page's language; "" for articles and what is public. */
const char *entry_kind_text(const char *kind);
const char *entry_access_text(const char *access);

#endif
