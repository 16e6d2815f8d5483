/*
 * Cleaning recordings in place: metadata of a camera or recorder is overwritten where it is. So no offset in the file
 * changes, and the file can still be played while it is loading. Private to media_strip_blank.c and the files for
 * each container.
 *
 * Each container has a list of what is kept: what is needed to play it, and the title, artist, album, year, cover and
 * chapters. Everything else is overwritten, so that metadata of a kind unknown to us cannot leak.
 */
#ifndef STORE_MEDIA_STRIP_BLANK_H
#define STORE_MEDIA_STRIP_BLANK_H

#include "core/arena.h"
#include "store/media/byte_reader.h"
#include "store/media/media_file.h"

struct strip_file {
	struct arena *arena; /* for data that is read; freed when the file is done */
	int file;            /* open for reading and writing; nobody else uses the file */
	const char *path;
	int64_t bytes;       /* its length, which does not change */
};

/* Reads at most length bytes at an offset into bytes, fewer at the end of the file. *ret_span is what was read. */
enum status blank_read(const struct strip_file *strip_file, int64_t at, unsigned char *bytes, size_t length, struct span *ret_span);

/* Overwrite bytes at an offset, with given bytes or with zeros. INVALID when the range is not within the file. */
enum status blank_put(const struct strip_file *strip_file, int64_t at, const void *bytes, size_t length);
enum status blank_zero(const struct strip_file *strip_file, int64_t at, int64_t length);

/*
 * Cleans a cover image with media_strip(); the result is in the arena and no longer than before. False when it is not
 * an image of a type that can be cleaned, or larger than 16 MiB.
 */
bool blank_cover_bytes(struct arena *arena, const unsigned char *bytes, size_t length, const unsigned char **ret_bytes, size_t *ret_length);

/* The same for a cover in the file; it is followed by zeros. *ret_kept false: it is unchanged and must be removed. */
enum status blank_cover(const struct strip_file *strip_file, int64_t at, int64_t length, bool *ret_kept);

/*
 * Cleans the comments of Vorbis, Opus, Theora and FLAC (Vorbis I specification, section 5) in memory. Comments that
 * are not kept become spaces. False when they are damaged.
 */
bool blank_comments(unsigned char *bytes, size_t length);

/*
 * Removes the tags after the end of the audio data: ID3v1 (which keeps its title, artist, album and year), APE,
 * Lyrics3, and an appended ID3v2.
 */
enum status blank_tail(const struct strip_file *strip_file);

/* One function for each container. INVALID when the file is damaged so that something could stay hidden. */
enum status blank_mp4(struct strip_file *strip_file); /* MP4, M4A, AVIF */
enum status blank_mp3(struct strip_file *strip_file);
enum status blank_flac(struct strip_file *strip_file);
enum status blank_ogg(struct strip_file *strip_file);
enum status blank_wav(struct strip_file *strip_file);
enum status blank_webm(struct strip_file *strip_file);

/*
 * Cleans a FLAC picture block in memory (RFC 9639, 8.8): removes its description and cleans its image. False when the
 * block must be removed.
 */
bool blank_flac_picture(struct arena *arena, unsigned char *bytes, size_t length);

#endif
