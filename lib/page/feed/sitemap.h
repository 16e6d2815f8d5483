/* Sitemaps and their index (the sitemaps.org protocol 0.9) as trees. */
#ifndef PAGE_FEED_SITEMAP_H
#define PAGE_FEED_SITEMAP_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/status.h"

/*
 * One tree of 50,000 addresses would take 58 MB: a part holds at most this many posts,
 * by ranges of their ids.
 */
enum { SITEMAP_PART = 1000 };

struct sitemap;

/* An empty list of addresses, or an empty index of such lists; freed with the arena. */
struct sitemap *sitemap_new(struct arena *arena);
struct sitemap *sitemap_index_new(struct arena *arena);

/* Adds an absolute, encoded address; changed is its last change, or 0 for unknown. */
void sitemap_add(struct sitemap *sitemap, const char *url, int64_t changed);

/* UTF-8 XML with its declaration, in the arena. */
enum status sitemap_write(struct sitemap *sitemap, char **ret_bytes, size_t *ret_length);

#endif
