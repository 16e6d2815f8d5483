/* Files of the media folder, for media.c and its kin: written whole and synced, or not there at all. */
#ifndef STORE_MEDIA_FILE_H
#define STORE_MEDIA_FILE_H

#include "store/media/media.h"

/* A file that is written: removed again by the arena unless it got its name. */
struct incoming {
	char *path; /* "" once it has its name */
	int file;
};

/* The status for errno after a call about a file of ours; logged. */
enum status file_failed(const char *doing, const char *path);

/* Opens a regular file that is not empty, to read; the arena closes it. NOT_FOUND, INVALID, TOO_LARGE or FAULT. */
enum status file_open(struct arena *arena, const char *path, int *ret_file, int64_t *ret_bytes);

/* The same of a file that is open already. */
enum status file_check(int file, const char *path, int64_t *ret_bytes);

/* As many bytes from that place as there are, at most length. */
enum status file_read_at(int file, const char *path, unsigned char *bytes, size_t length, int64_t at, size_t *ret_read);

/* Reads all of a file for its digest; writes it to incoming as well unless that is NULL. */
enum status file_pass(struct arena *arena, int file, const char *path, const struct incoming *incoming,
	const char **ret_digest, int64_t *ret_bytes);

/* A new file in that folder; its bytes; and its name, which makes it last: "PLACE/ab/abcdef….webp" for a place of "" or "closed/". */
enum status file_begin(struct arena *arena, const char *folder, struct incoming **ret_incoming);
enum status file_write(const struct incoming *incoming, const void *bytes, size_t length);
enum status file_name(struct arena *arena, const char *folder, const char *place, const struct media *media, struct incoming *incoming);

/* Makes what a folder lists (O_DIRECTORY), or what a file holds (0), outlast a power cut. */
enum status file_sync(const char *path, int flags);

/* The folder "PLACE/ab" of a digest below the media folder, made where it is missing. */
enum status file_need_folder(struct arena *arena, const char *folder, const char *place, const char *digest, const char **ret_path);

/* True when the file is there already, in either place, of that length, and certainly on the disk. */
enum status file_is_stored(struct arena *arena, const char *folder, const struct media *media, bool *ret_stored);

/*
 * Copies a JPEG, PNG, GIF or WebP without what does not belong to the picture: Exif with its positions, XMP, IPTC, comments, previews,
 * whatever follows its end. Pixels, colour profile, how a JPEG is turned and how a GIF moves stay. INVALID when the file is not well-formed.
 */
enum status media_strip(const unsigned char *bytes, size_t length, const char *type, const struct incoming *incoming);

/* Whether a file of that type is cleaned by media_strip(). */
bool media_is_cleaned_by_copy(const char *type);

/*
 * The same for sound, film and AVIF, in place: the file must be ours, and has as many bytes afterwards. What is needed to play it stays, and title,
 * artist, album, year, cover and chapters (of Ogg and WebM no cover). All else is overwritten, where it was made above all. Does nothing for other types. INVALID
 * when a file has more parts than any recording, or is damaged so that something might stay hidden in it. Tracks that hold positions as their
 * samples, as some cameras' do, stay: they are the recording itself. Doing it twice is doing it once.
 */
enum status media_strip_in_place(const char *path, const char *type);

/*
 * For it: what is inside a "meta" box, behind its version and flags. Calls blank for each stretch of the file that is Exif or XMP; what that
 * answers ends it.
 */
enum status media_strip_avif_items(const unsigned char *meta, size_t length, enum status (*blank)(void *context, int64_t at, int64_t bytes), void *context);

#endif
