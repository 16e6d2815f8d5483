/*
 * FLAC (RFC 9639, section 8): a sequence of metadata blocks before the audio data. Blocks that are not kept become
 * padding.
 */
#include "store/media/media_strip_blank.h"

enum { HEAD = 4, LAST = 0x80, STREAM_INFO = 0, PADDING = 1, SEEK_TABLE = 3, COMMENTS = 4, CUE_SHEET = 5, PICTURE = 6, BLOCKS_MAX = 1000 };

bool
blank_flac_picture(struct arena *arena, unsigned char *bytes, size_t length)
{
	const struct span span = { bytes, length };
	size_t mime = big32(&span, 4), words = 8 + mime, size, clean_size, at;
	const unsigned char *clean;

	if (length < 32 || mime > length - 32)
		return false;
	size = big32(&span, words);
	if (size > length - 32 - mime)
		return false;
	memset(bytes + words + 4, ' ', size);
	at = words + 4 + size + 20; /* after width, height, depth, colours and the length of the image */
	if (at > length || big32(&span, at - 4) > length - at ||
		!blank_cover_bytes(arena, bytes + at, big32(&span, at - 4), &clean, &clean_size))
		return false;
	memcpy(bytes + at, clean, clean_size);
	memset(bytes + at + clean_size, 0, length - at - clean_size);
	return true;
}

/* Cleans a block of comments or a picture block. *ret_kept false: the block must be removed. */
static enum status
clean_block(const struct strip_file *strip_file, unsigned type, int64_t at, size_t length, bool *ret_kept)
{
	struct arena *arena = arena_new();
	unsigned char *bytes = arena_alloc(arena, length + 1);
	struct span span;
	enum status status = blank_read(strip_file, at, bytes, length, &span);

	*ret_kept = status == OK && span.length == length &&
		(type == COMMENTS ? blank_comments(bytes, length) : blank_flac_picture(arena, bytes, length));
	if (*ret_kept)
		status = blank_put(strip_file, at, bytes, length);
	arena_free(arena);
	return status;
}

enum status
blank_flac(struct strip_file *strip_file)
{
	int64_t at = 4;

	for (int i = 0; i < BLOCKS_MAX; i++) {
		unsigned char head[HEAD];
		struct span span;
		unsigned type;
		size_t length;
		bool last, kept;
		TRY(blank_read(strip_file, at, head, HEAD, &span));
		type = byte_at(&span, 0) & 0x7F;
		last = (byte_at(&span, 0) & LAST) != 0;
		length = big32(&span, 0) & 0xFFFFFF;
		if (span.length < HEAD || (int64_t)length > strip_file->bytes - at - HEAD)
			return INVALID;
		kept = type == STREAM_INFO || type == SEEK_TABLE || type == CUE_SHEET;
		if (type == COMMENTS || type == PICTURE)
			TRY(clean_block(strip_file, type, at + HEAD, length, &kept));
		if (!kept) {
			head[0] = (unsigned char)((last ? LAST : 0) | PADDING);
			TRY(blank_put(strip_file, at, head, 1));
			TRY(blank_zero(strip_file, at + HEAD, (int64_t)length));
		}
		at += HEAD + (int64_t)length;
		if (last)
			return blank_tail(strip_file);
	}
	return INVALID;
}
