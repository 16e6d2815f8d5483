/* Images in a text: the files that it refers to, and their smaller sizes. */
#ifndef PAGE_POST_IMAGE_H
#define PAGE_POST_IMAGE_H

#include "page/doc/fragment.h"
#include "store/post/post.h"

/*
 * Replaces the links in save->links whose addresses begin with "/media/". There is then one link for each file of this
 * site whose address ("/media/ab/abc….webp", as copied from the media library) is in the text. Other links stay.
 * Addresses of unknown files are ignored.
 */
enum status image_links(struct db *db, struct arena *arena, struct post_save *save);

/*
 * The srcset of an image below /media/: "/base/media/ab/abc…-480.webp 480w, …, /base/media/ab/abc….webp 2000w". width
 * is the image's own width in pixels, widths those of its smaller sizes ("480 960"). NULL when there are none.
 */
const char *image_srcset(struct arena *arena, const char *base_path, const char *path, const char *widths, int64_t width);

/* The width of an image in the text of the default theme. Browsers need it before they have the stylesheet. */
#define IMAGE_SIZES "(min-width: 48rem) 44rem, 100vw"

/* Adds srcset and sizes to every image in a fragment whose file has smaller sizes. */
void image_sizes(struct arena *arena, const struct fragment *frag, const char *base_path, const struct post_link *links, size_t link_count);

#endif
