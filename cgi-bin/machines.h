/* What machines read: OpenGraph, JSON-LD, robots.txt, sitemaps. */
#ifndef BLOG_MACHINES_H
#define BLOG_MACHINES_H

#include "http/serve.h"
#include "store/post.h"

/* Description, canonical address, OpenGraph (ogp.me) and JSON-LD (schema.org) for each sort of page. */
void machines_post(struct request *req, const struct post *post);
void machines_list(struct request *req, const char *title);
void machines_front(struct request *req);

enum status show_robots(struct request *req);
enum status show_sitemap_index(struct request *req);
enum status show_sitemap(struct request *req);

#endif
