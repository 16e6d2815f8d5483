/* Sitemaps and sitemap indexes (the sitemaps.org protocol 0.9), built as XML trees. */
#ifndef PAGE_FEED_SITEMAP_XML_H
#define PAGE_FEED_SITEMAP_XML_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/status.h"

/*
 * A part holds at most this many posts, selected by ranges of their ids. One tree of
 * 50,000 URLs would take 58 MB of memory.
 */
enum { SITEMAP_PART = 1000 };

struct sitemap;

/* An empty sitemap, or an empty index of sitemaps. It is freed with the arena. */
struct sitemap *sitemap_new(struct arena *arena);
struct sitemap *sitemap_index_new(struct arena *arena);

/*
 * Adds an absolute, percent-encoded URL. changed is the time of its last change in Unix
 * seconds, 0 for unknown.
 */
void sitemap_add(struct sitemap *sitemap, const char *url, int64_t changed);

/*
 * Writes UTF-8 XML with its declaration, in the sitemap's arena. FAULT when libxml2
 * returns nothing.
 */
enum status sitemap_write(struct sitemap *sitemap, char **ret_bytes, size_t *ret_length);

#endif
