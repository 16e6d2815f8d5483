/*
 * Files of the media folder, for the files in this folder: each is written completely and synced, or not there at
 * all.
 */
#ifndef STORE_MEDIA_FILE_H
#define STORE_MEDIA_FILE_H

#include "store/media/media.h"

/* A file that is being written. The arena's cleanup removes it unless it was given its name. */
struct incoming {
	char *path; /* "" once it has its name */
	int file;
};

/* The status for errno after a failed call on a file of ours; logged. */
enum status file_failed(const char *doing, const char *path);

/*
 * Opens a regular file for reading that is not empty; the arena closes it. NOT_FOUND, INVALID, TOO_LARGE (more than
 * MEDIA_MAX_BYTES) or FAULT.
 */
enum status file_open(struct arena *arena, const char *path, int *ret_file, int64_t *ret_bytes);

/* Checks the same for an open file. */
enum status file_check(int file, const char *path, int64_t *ret_bytes);

/* Reads at most length bytes at an offset, fewer at the end of the file. */
enum status file_read_at(int file, const char *path, unsigned char *bytes, size_t length, int64_t at, size_t *ret_read);

/* Reads the whole file for its digest. If incoming is not NULL, also writes the bytes to it. */
enum status file_pass(struct arena *arena, int file, const char *path, const struct incoming *incoming,
	const char **ret_digest, int64_t *ret_bytes);

/*
 * Begins a new file in that folder; writes bytes; gives it its name, which makes it permanent:
 * "PLACE/ab/abcdef….webp", where place is "" or "closed/".
 */
enum status file_begin(struct arena *arena, const char *folder, struct incoming **ret_incoming);
enum status file_write(const struct incoming *incoming, const void *bytes, size_t length);
enum status file_name(struct arena *arena, const char *folder, const char *place, const struct media *media, struct incoming *incoming);

/* Syncs a folder (flags O_DIRECTORY) or a file (0), so that it survives a power failure. */
enum status file_sync(const char *path, int flags);

/* The path of the folder "PLACE/ab" for a digest below the media folder; created if it is missing. */
enum status file_need_folder(struct arena *arena, const char *folder, const char *place, const char *digest, const char **ret_path);

/* Whether the file is already in either place with that length. If so, it is synced. */
enum status file_is_stored(struct arena *arena, const char *folder, const struct media *media, bool *ret_stored);

/*
 * Copies a JPEG, PNG, GIF or WebP without what does not belong to the image: Exif with positions, XMP, IPTC,
 * comments, previews, and everything after its end. Pixels, colour profile, the orientation of a JPEG and the
 * animation of a GIF stay. INVALID when the file is not well-formed.
 */
enum status media_strip(const unsigned char *bytes, size_t length, const char *type, const struct incoming *incoming);

/* Whether files of that type are cleaned by media_strip(). */
bool media_is_cleaned_by_copy(const char *type);

/*
 * Cleans audio, video and AVIF files in place. The file must be ours, and its length does not change. What is needed
 * to play it stays, and title, artist, album, year, cover and chapters (for Ogg and WebM no cover). Everything else
 * is overwritten, above all the place of recording. Does nothing for other types. Cleaning a file again changes
 * nothing.
 *
 * INVALID: the file has more parts than any real recording, or is damaged so that something might stay hidden. A
 * track whose samples are positions, as some cameras write, stays, because it belongs to the recording itself.
 */
enum status media_strip_in_place(const char *path, const char *type);

/*
 * For media_strip_in_place(): calls blank for each range of the file that is Exif or XMP. meta: the content of a
 * "meta" box after its version and flags. A status other than OK ends it and is returned. INVALID: the place of an
 * item is not found.
 */
enum status media_strip_avif_items(const unsigned char *meta, size_t length, enum status (*blank)(void *context, int64_t at, int64_t bytes), void *context);

#endif
