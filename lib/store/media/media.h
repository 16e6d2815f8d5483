/*
 * Image, audio, video and document files. The bytes are in conf.media under their digest, "ab/abcdef….webp". A file
 * is written and synced before a row refers to it. Strings and arrays are in the arena; times are Unix seconds.
 */
#ifndef STORE_MEDIA_H
#define STORE_MEDIA_H

#include <stdbool.h>

#include "store/db/db.h"

struct media {
	int64_t id;
	const char *digest, *suffix, *type, *name;
	int64_t bytes, width, height, created;
	int64_t duration;     /* seconds of audio or video, see media_duration.h; 0: unknown */
	const char *alt;      /* alt text, or "" */
	int64_t public;       /* 1: the file is public, see media_visibility.h */
	int64_t variants_made;
	const char *widths;   /* widths in pixels of its smaller sizes, separated by spaces, or "" */
	int64_t replaced_by;  /* id of the file that replaced it, or 0 */
};

/* The row type of table media. MEDIA_COLUMNS is to be followed by FROM … media AS m. */
extern const struct row media_row;
#define MEDIA_COLUMNS " m.id, m.digest, m.suffix, m.type, m.bytes, m.width, m.height, m.duration, m.name, m.created," \
	" m.alt, m.public, m.variants_made, m.widths, coalesce(m.replaced_by, 0) AS replaced_by"

/* The subfolder of the media folder for files that are not public. */
#define MEDIA_PRIVATE "closed/"

/* The largest file of an import or upload, and the largest image of an upload, in bytes and pixels. */
enum {
	MEDIA_MAX_BYTES = 512 * 1024 * 1024,
	MEDIA_MAX_PICTURE_BYTES = 64 * 1024 * 1024,
	MEDIA_MAX_PIXELS = 100 * 1000 * 1000,
};

/*
 * Determines type, suffix and, for images, width and height from the first bytes of a file, by a closed table: JPEG,
 * PNG, GIF, WebP, AVIF, MP3, M4A, Ogg, FLAC, WAV, MP4, WebM, PDF, WebVTT. INVALID for everything else, such as SVG
 * and HTML, and for an image of more than 20,000 pixels a side. bytes may be only the beginning of the file; 64 KiB
 * are enough, except for a JPEG with long metadata, for which width is then 0.
 */
enum status media_probe(const unsigned char *bytes, size_t length, struct media *ret_media);

/*
 * Copies a file into the media folder (temporary name, fsync, rename; the folder is synced too) and sets all members
 * but id and created. Adds no row. The name must have the suffix of a type in the table, though perhaps of another
 * one. NOT_FOUND; INVALID: not in the table; TOO_LARGE; FULL; READ_ONLY; FAULT.
 */
enum status media_store_file(struct arena *arena, const char *folder, const char *path,
	struct media *ret_media);

/* The same for an open file, which stays open. name is used for messages and for its suffix. Never NOT_FOUND. */
enum status media_store_open(struct arena *arena, const char *folder, int file, const char *name, struct media *ret_media);

/*
 * The same for an uploaded file: path is a temporary file of ours, name its name on the user's device. Images lose
 * everything but the image, recordings their metadata (media_file.h). The file is private until a post shows it.
 * INVALID; TOO_LARGE also for an image of too many bytes or pixels.
 */
enum status media_store_upload(struct arena *arena, const char *folder, const char *path, const char *name,
	struct media *ret_media);

/* Whether it is audio or video. `renown work` measures its duration. */
bool media_is_recording(const struct media *media);

/* Finds the row of a stored file or adds it, inside a write transaction. Sets media->id. */
enum status media_find_or_add(struct db *db, struct media *media, bool sample);

/* Read one row; NOT_FOUND when there is none. */
enum status media_by_id(struct db *db, struct arena *arena, int64_t id, struct media *ret_media);
enum status media_by_digest(struct db *db, struct arena *arena, const char *digest, struct media *ret_media);

/* Calls each() for every row that was not replaced, by id. For doctor and backup. */
enum status media_each(struct db *db, enum status (*each)(void *context, struct arena *arena, void *media), void *context);

/* The path "ab/abcdef….webp", both below the media folder and below /media/. */
const char *media_path(struct arena *arena, const struct media *media);

/* The same for a smaller size: "ab/abcdef…-480.webp". */
const char *media_variant_path(struct arena *arena, const char *digest, long width);

#endif
