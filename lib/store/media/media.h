/*
 * Files of pictures, audio and video. The bytes lie in conf.media under their
 * digest, "ab/abcdef….webp", written and synced before any row names them.
 */
#ifndef STORE_MEDIA_H
#define STORE_MEDIA_H

#include <stdbool.h>

#include "store/db/db.h"

struct media {
	int64_t id;
	const char *digest, *suffix, *type, *name;
	int64_t bytes, width, height, created;
	int64_t duration;     /* seconds of sound or film, see media_duration.h; 0: not known */
	const char *alt;      /* what it shows, or "" */
	int64_t public;       /* see media_visibility.h */
	int64_t variants_made;
	const char *widths;   /* of its smaller sizes, with blanks between, or "" */
	int64_t replaced_by;  /* what stands in for it, or 0 */
};

/* The row of table media as it is read. */
extern const struct row media_row;
#define MEDIA_COLUMNS " m.id, m.digest, m.suffix, m.type, m.bytes, m.width, m.height, m.duration, m.name, m.created," \
	" m.alt, m.public, m.variants_made, m.widths, coalesce(m.replaced_by, 0) AS replaced_by"

/* The folder in the media folder for files that are not for everybody. */
#define MEDIA_PRIVATE "closed/"

/* The longest file that an import or an upload brings; the longest picture, and the most pixels of one, that an upload brings. */
enum {
	MEDIA_MOST_BYTES = 512 * 1024 * 1024,
	MEDIA_MOST_PICTURE_BYTES = 64 * 1024 * 1024,
	MEDIA_MOST_PIXELS = 100 * 1000 * 1000,
};

/*
 * Decides type, suffix and, for pictures, width and height from the first bytes
 * of a file, by a closed table: JPEG, PNG, GIF, WebP, AVIF, MP3, M4A, Ogg, FLAC, WAV, MP4,
 * WebM, PDF, WebVTT. INVALID for anything else, SVG and HTML among it, and for a picture
 * of more than 20,000 pixels a side. bytes may be the beginning of the file only
 * (64 KiB are enough; JPEG metadata may ask for more: then width is 0).
 */
enum status media_probe(const unsigned char *bytes, size_t length, struct media *ret_media);

/*
 * Copies a file into the media folder (temporary name, fsync, rename; the folder is
 * synced too) and fills all but id and created. Writes no row. The name must end like that of such a file, too,
 * though perhaps of another type. NOT_FOUND, INVALID (not in the table), TOO_LARGE, FULL, READ_ONLY or FAULT.
 */
enum status media_store_file(struct arena *arena, const char *folder, const char *path,
	struct media *ret_media);

/* The same for an open file, which is named in messages and by its ending only; it stays open. NOT_FOUND is not given. */
enum status media_store_open(struct arena *arena, const char *folder, int file, const char *name, struct media *ret_media);

/*
 * The same for what was sent by somebody: a temporary file of ours that was called name where it came from. Pictures lose all that is
 * not the picture, recordings what their makers noted beside sound and film (media_file.h), and everything is closed until a post shows it. INVALID, or TOO_LARGE for a picture of too many
 * bytes or pixels.
 */
enum status media_take_file(struct arena *arena, const char *folder, const char *path, const char *name,
	struct media *ret_media);

/* Whether it is sound or film. How long that lasts is found by `renown work`. */
bool media_is_recording(const struct media *media);

/* The row for a stored file, made when there is none; in a write transaction. Sets media->id. */
enum status media_need(struct db *db, struct media *media, bool sample);

enum status media_by_id(struct db *db, struct arena *arena, int64_t id, struct media *ret_media);
enum status media_by_digest(struct db *db, struct arena *arena, const char *digest, struct media *ret_media);

/* Calls each for every row, by id; for doctor and backup. */
enum status media_each(struct db *db, enum status (*each)(void *context, struct arena *arena, void *media), void *context);

/* "ab/abcdef….webp", below the media folder and below /media/ alike. */
const char *media_path(struct arena *arena, const struct media *media);

/* The same of a smaller size: "ab/abcdef…-480.webp". */
const char *media_variant_path(struct arena *arena, const char *digest, long width);

#endif
