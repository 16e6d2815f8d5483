/* What machines read: robots.txt and sitemaps; and the words that pages say of themselves. */
#ifndef BLOG_MACHINES_H
#define BLOG_MACHINES_H

#include "http/serve.h"
#include "page/linked.h"

/* The site's own words, for page/linked.h. */
struct linked_site machines_site(const struct request *req);

/* colours.c: a stylesheet of the owner's two colours. */
enum status show_colours(struct request *req);

enum status show_robots(struct request *req);
enum status show_sitemap_index(struct request *req);
enum status show_sitemap(struct request *req);

#endif
