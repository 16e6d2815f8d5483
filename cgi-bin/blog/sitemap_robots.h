/* robots.txt, sitemaps, and the site's metadata for pages. */
#ifndef CGI_BIN_BLOG_SITEMAP_ROBOTS_H
#define CGI_BIN_BLOG_SITEMAP_ROBOTS_H

#include "blog_handlers.h"
#include "http/serve.h"
#include "page/feed/metadata.h"

/* The site's metadata, for page/feed/metadata.h. */
struct metadata_site sitemap_site(const struct request *req);

#endif
