/* Bounds-checked reading of numbers from bytes, for the files that parse media. */
#ifndef STORE_MEDIA_BYTE_READER_H
#define STORE_MEDIA_BYTE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes with their length. Not owned. */
struct span {
	const unsigned char *bytes;
	size_t length;
};

/* The byte at that offset; 0 after the end. So are the numbers below, which are big-endian or little-endian. */
static inline unsigned
byte_at(const struct span *span, size_t at)
{
	return at < span->length ? span->bytes[at] : 0;
}

static inline unsigned
big16(const struct span *span, size_t at)
{
	return byte_at(span, at) << 8 | byte_at(span, at + 1);
}

static inline uint32_t
big32(const struct span *span, size_t at)
{
	return (uint32_t)big16(span, at) << 16 | big16(span, at + 2);
}

static inline unsigned
little16(const struct span *span, size_t at)
{
	return byte_at(span, at) | byte_at(span, at + 1) << 8;
}

static inline uint32_t
little32(const struct span *span, size_t at)
{
	return little16(span, at) | (uint32_t)little16(span, at + 2) << 16;
}

/* Whether these bytes are at that offset. */
static inline bool
bytes_are(const struct span *span, size_t at, const char *bytes, size_t length)
{
	return at <= span->length && span->length - at >= length && memcmp(span->bytes + at, bytes, length) == 0;
}
/* The same for a string literal, which may contain NULs. */
#define HAS(span, at, text) bytes_are((span), (at), (text), sizeof(text) - 1)

/* The Exif orientation (1 to 8) in a JPEG's APP1 segment; 1 when there is none. In media_probe.c. */
unsigned media_exif_orientation(const struct span *segment);

/*
 * The length in bytes of the MPEG layer III frame at that offset (ISO 11172-3, section 2.4.1.3, and 13818-3); 0 when
 * there is none. In media_probe.c.
 */
size_t media_mp3_frame(const struct span *span, size_t at);

#endif
