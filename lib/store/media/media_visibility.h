/*
 * The folder in which a media file is.
 *
 * Public files are in the media folder, where the web server serves them without asking. All others are in
 * MEDIA_PRIVATE below it. The web server sends those only when a program tells it to, after media_access_may()
 * (store/media/media_access.h). A public file in the private folder is only slow; a private file in the public folder
 * is a leak. So files are moved into the private folder before the commit, and out of it after the commit.
 * media_visibility_repair() corrects what a crash leaves behind.
 */
#ifndef STORE_MEDIA_VISIBILITY_H
#define STORE_MEDIA_VISIBILITY_H

#include "store/media/media.h"

/* The current path of a file below the media folder, in the arena: "closed/ab/abc….webp" or "ab/abc….webp". */
const char *media_visibility_path(struct arena *arena, const char *folder, const struct media *media);

/* Calls each() for the path of each smaller size of an image, in the form of media_variant_path(). */
enum status media_each_size(struct arena *arena, const struct media *media, enum status (*each)(void *context, const char *path),
	void *context);

/*
 * For db_open_site() and db_use_media(). Every change of a post calls it for the post's files
 * (store/post/post_media.h), inside the write transaction. A file that is no longer public is moved to the private
 * folder now, before the commit. A file that became public is moved after the commit, in a transaction of its own; if
 * that fails, it is logged and the file stays private. The connection must have a media folder.
 */
enum status media_visibility_settle(struct db *db, struct arena *arena, int64_t media_id);

/* The same for an image that a setting of the site begins or ceases to use. path: from media_path(). */
enum status media_visibility_site(struct db *db, struct arena *arena, const char *path);

/*
 * Moves files to where they belong at this time, each in a transaction of its own. Makes files public that are now
 * due. thorough: also checks all public files, which takes time in proportion to their number, and makes those
 * private that should be. *ret_moved: how many were moved.
 */
enum status media_visibility_repair(struct db *db, const char *folder, int64_t now, bool thorough, int64_t *ret_moved);

/* Counts the public files that should be private at this time. Reads all. */
enum status media_visibility_count_wrong(struct db *db, int64_t now, int64_t *ret_count);

/* Removes the bytes of a file and of its sizes from both folders. Missing files are ignored. */
void media_remove_file(struct arena *arena, const char *folder, const struct media *media);

#endif
