/* robots.txt, sitemaps, and the site's metadata for pages. */
#ifndef CGI_BIN_BLOG_SITEMAP_ROBOTS_H
#define CGI_BIN_BLOG_SITEMAP_ROBOTS_H

#include "http/serve.h"
#include "page/feed/metadata.h"

/* The site's metadata, for page/feed/metadata.h. */
struct metadata_site sitemap_site(const struct request *req);

/* colour_css.c: a stylesheet with the owner's two colours */
enum status show_colour_css(struct request *req);

enum status show_robots(struct request *req);
enum status show_sitemap_index(struct request *req);
enum status show_sitemap(struct request *req);

#endif
