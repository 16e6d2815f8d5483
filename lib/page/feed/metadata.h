/*
 * What a page tells machines about itself: OpenGraph (ogp.me) and JSON-LD
 * (schema.org, with Google's markup for paywalls). Only what everyone may know.
 */
#ifndef PAGE_FEED_METADATA_H
#define PAGE_FEED_METADATA_H

#include "page/doc/doc.h"
#include "store/post/post.h"

/* A page of a site, for people who share it. */
struct metadata_site {
	const char *name, *description, *author;
	const char *picture, *picture_alt; /* local address of what stands beside a link to it, and what that shows; or "" */
};

/* The front page: a WebSite and its author. */
void metadata_front(struct page *page, const struct metadata_site *site);

/* A list of posts. */
void metadata_list(struct page *page, const struct metadata_site *site, const char *title);

/* A post or static page: sets title and canonical address as well. The summary is made from the open part. */
void metadata_post(struct page *page, const struct metadata_site *site, const struct post *post);

#endif
