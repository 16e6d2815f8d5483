/*
 * Where files lie.
 *
 * What a stranger may see lies in the media folder, where the web server gives it to everybody without asking. All else lies in
 * MEDIA_PRIVATE below it, where the web server sends it only when a program says so, and that program asks media_access_may()
 * (store/media/media_access.h). So a file that lies closed is never wrong, only slower; one that lies open must be for everybody. Hence the
 * order: what is to be closed is moved before the change that asks for it is kept, what is to be opened after it. Whatever a crash
 * leaves behind, media_visibility_repair() finds.
 */
#ifndef STORE_MEDIA_VISIBILITY_H
#define STORE_MEDIA_VISIBILITY_H

#include "store/media/media.h"

/* "closed/ab/abc….webp" or "ab/abc….webp", below the media folder: wherever the file is. */
const char *media_visibility_path(struct arena *arena, const char *folder, const struct media *media);

/* Calls on each of a picture's smaller sizes, by its path as media_path() gives it. */
enum status media_each_size(struct arena *arena, const struct media *media, enum status (*each)(void *context, const char *path),
	void *context);

/*
 * For db_open_site() and db_use_media(), so that everything that changes a post settles its files (store/post/post_media.h), inside
 * the write transaction: closes a file that is not public any more, now, before the commit. A file that became public is opened after
 * the commit, in a transaction of its own; when that fails, it is logged and the file stays closed. The connection has a media folder.
 */
enum status media_visibility_settle(struct db *db, struct arena *arena, int64_t media_id);

/* The same for a picture that a setting of the site names from now on, or names no more. path: as media_path() gives it. */
enum status media_visibility_site(struct db *db, struct arena *arena, const char *path);

/*
 * Puts files where they belong at this time, each in a transaction of its own: opens what has become due. thorough: also looks at all
 * that lies open, which takes as long as there are files, and closes what should not. Returns how many were moved.
 */
enum status media_visibility_repair(struct db *db, const char *folder, int64_t now, bool thorough, int64_t *ret_moved);

/* How many files lie open that should not, at this time; reads all. */
enum status media_visibility_count_wrong(struct db *db, int64_t now, int64_t *ret_count);

/* Removes the bytes of a file and of its sizes, wherever they are; what is not there is no fault. */
void media_remove_file(struct arena *arena, const char *folder, const struct media *media);

#endif
