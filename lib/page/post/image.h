/* Pictures in texts: which files a text names, and their smaller sizes. */
#ifndef PAGE_POST_IMAGE_H
#define PAGE_POST_IMAGE_H

#include "page/doc/fragment.h"
#include "store/post/post.h"

/*
 * Links for all files of this site that a text names by their address ("/media/ab/abc….webp"), as the library gives it to be copied:
 * in place of those of that kind that save->links has. Other links stay.
 */
enum status image_links(struct db *db, struct arena *arena, struct post_save *save);

/*
 * "/base/media/ab/abc…-480.webp 480w, …, /base/media/ab/abc….webp 2000w" for a picture below /media/ of that width, whose smaller
 * sizes have these widths ("480 960"); NULL when there are none.
 */
const char *image_srcset(struct arena *arena, const char *base_path, const char *path, const char *widths, int64_t width);

/* How wide the default theme shows a picture in a text: so that browsers choose before they know the stylesheet. */
#define PICTURE_SIZES "(min-width: 48rem) 44rem, 100vw"

/* Gives every picture of a fragment whose file has smaller sizes srcset and sizes. */
void image_sizes(struct arena *arena, const struct fragment *frag, const char *base_path, const struct post_link *links, size_t link_count);

#endif
