#include "core/gzip.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

#include <zlib.h>

/* GZIP_FORMAT is a flag of deflateInit2() for the header and trailer of gzip. The memory level is zlib's default. */
enum { WINDOW_BITS = 15, GZIP_FORMAT = 16, MEMORY_LEVEL = 8 };

struct memory {
	void *(*allocate)(size_t size);
};

static voidpf
zlib_allocate(voidpf opaque, uInt count, uInt size)
{
	const struct memory *memory = opaque;

	return memory->allocate((size_t)count * size); /* both are small numbers of zlib itself */
}

static void
zlib_free(voidpf opaque, voidpf address)
{
	(void)opaque;
	free(address);
}

bool
gzip_compress(struct arena *arena, const char *bytes, size_t length, int level, void *(*allocate)(size_t size), const char **ret_bytes,
	size_t *ret_length)
{
	struct memory memory = { allocate };
	z_stream stream = { .zalloc = zlib_allocate, .zfree = zlib_free, .opaque = &memory };
	char *out;
	int result;

	if (length < 2 || length > UINT_MAX)
		return false;
	out = allocate(length);
	if (out == NULL)
		return false;
	arena_cleanup(arena, free, out);
	if (deflateInit2(&stream, level, Z_DEFLATED, WINDOW_BITS + GZIP_FORMAT, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	stream.next_in = (z_const Bytef *)(uintptr_t)bytes;
	stream.avail_in = (uInt)length;
	stream.next_out = (Bytef *)out;
	stream.avail_out = (uInt)length - 1; /* a result that is not shorter does not fit */
	result = deflate(&stream, Z_FINISH);
	(void)deflateEnd(&stream);
	if (result != Z_STREAM_END)
		return false;
	*ret_bytes = out;
	*ret_length = stream.total_out;
	return true;
}
