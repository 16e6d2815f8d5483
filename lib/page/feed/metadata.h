/*
 * Metadata of a page for other programs: OpenGraph (ogp.me) and JSON-LD (schema.org, with Google's markup for
 * paywalls). It contains only what everybody may know, and
 * comments for those who may read them.
 */
#ifndef PAGE_FEED_METADATA_H
#define PAGE_FEED_METADATA_H

#include "page/doc/doc.h"
#include "store/comment/comment.h"
#include "store/post/post.h"

/* A site's data for the previews of shared links. */
struct metadata_site {
	const char *name, *description, *author;
	const char *image, *image_alt; /* local address of the preview image, and its alt text; or "" */
};

/* The comments on a page, in reading order, and how many the post has. Only those that every reader of the page may read. */
struct metadata_comments {
	const struct comment *comments;
	size_t count;
	int64_t total;
};

/* The home page: a WebSite and its author. */
void metadata_home(struct page *page, const struct metadata_site *site);

/* A list of posts. */
void metadata_list(struct page *page, const struct metadata_site *site, const char *title);

/*
 * A post or static page. Also sets the page's title and canonical URL. The description is made from the open part of
 * the post. comments: NULL for none.
 */
void metadata_post(struct page *page, const struct metadata_site *site, const struct post *post, const struct metadata_comments *comments);

#endif
