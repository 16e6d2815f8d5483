/*
 * Metadata of a page for other programs: OpenGraph (ogp.me) and JSON-LD (schema.org, with Google's markup for
 * paywalls). It contains only what everybody may know.
 */
#ifndef PAGE_FEED_METADATA_H
#define PAGE_FEED_METADATA_H

#include "page/doc/doc.h"
#include "store/post/post.h"

/* A site's data for the previews of shared links. */
struct metadata_site {
	const char *name, *description, *author;
	const char *image, *image_alt; /* local address of the preview image, and its alt text; or "" */
};

/* The home page: a WebSite and its author. */
void metadata_home(struct page *page, const struct metadata_site *site);

/* A list of posts. */
void metadata_list(struct page *page, const struct metadata_site *site, const char *title);

/*
 * A post or static page. Also sets the page's title and canonical URL. The description is made from the open part of
 * the post.
 */
void metadata_post(struct page *page, const struct metadata_site *site, const struct post *post);

#endif
