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
 * For post_save() and its kin, in their transaction: notes which files the post shows, as it stands in the store now, and closes
 * those that are not for everybody any more. What is to be opened follows when the transaction is kept. Moves nothing on a connection
 * that knows no media folder (db_use_media()).
 */
enum status media_visibility_post(struct db *db, struct arena *arena, int64_t post_id);

/* The same for a picture that the site's own words name from now on, or name no more. path: as media_path() gives it. */
enum status media_visibility_site(struct db *db, struct arena *arena, const char *path);

/* For db_commit(): opens what waited for it, each file in a transaction of its own. What fails is logged and stays closed. */
void media_visibility_open_waiting(struct db *db, const int64_t *ids, size_t count);

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
