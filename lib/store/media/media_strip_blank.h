/*
 * Recordings that are cleaned in place: what a camera or recorder wrote beside sound and film is overwritten where it lies, so that no offset
 * in the file changes and it can still be played while it is loaded. Private to media_strip_blank.c and the files for each container.
 *
 * Each container has a list of what is kept: what is needed to play it, and the title, artist, album, year, cover and
 * chapters. All else is overwritten, so that a note that nobody has heard of yet is no leak.
 */
#ifndef STORE_MEDIA_STRIP_BLANK_H
#define STORE_MEDIA_STRIP_BLANK_H

#include "core/arena.h"
#include "store/media/byte_reader.h"
#include "store/media/media_file.h"

struct blanking {
	struct arena *arena; /* for what is read; as long as the work on this file */
	int file;            /* open for reading and writing, ours alone */
	const char *path;
	int64_t bytes;       /* that it has; stays the same */
};

/* As many bytes from that place as there are, at most length: a span of them. */
enum status blank_read(const struct blanking *blanking, int64_t at, unsigned char *bytes, size_t length, struct span *ret_span);

/* Writes over what stands there. INVALID when that is not all within the file. */
enum status blank_put(const struct blanking *blanking, int64_t at, const void *bytes, size_t length);
enum status blank_zero(const struct blanking *blanking, int64_t at, int64_t length);

/*
 * A cover without what its camera wrote (media_strip()), no longer than it was. False when it is no picture of a kind that we can clean, or larger
 * than any cover.
 */
bool blank_cover_bytes(struct arena *arena, const unsigned char *bytes, size_t length, const unsigned char **ret_bytes, size_t *ret_length);

/* The same for one that lies in the file: zeros follow behind its end. *ret_kept false: it is still as it was, and must go. */
enum status blank_cover(const struct blanking *blanking, int64_t at, int64_t length, bool *ret_kept);

/*
 * The comments of Vorbis, Opus, Theora and FLAC (Vorbis I specification, section 5), in memory: those that are not kept become spaces. False when
 * they are damaged.
 */
bool blank_comments(unsigned char *bytes, size_t length);

/* Tags behind the end of the sound: ID3v1, APE, Lyrics3, an ID3v2 that was appended. */
enum status blank_tail(const struct blanking *blanking);

/* One for each container. INVALID when the file is damaged in a way that would hide something. */
enum status blank_mp4(struct blanking *blanking); /* MP4, M4A, AVIF */
enum status blank_mp3(struct blanking *blanking);
enum status blank_flac(struct blanking *blanking);
enum status blank_ogg(struct blanking *blanking);
enum status blank_wav(struct blanking *blanking);
enum status blank_webm(struct blanking *blanking);

/* A FLAC picture block in memory (RFC 9639, 8.8): its description goes, its picture is cleaned. False when it must go. */
bool blank_flac_picture(struct arena *arena, unsigned char *bytes, size_t length);

#endif
