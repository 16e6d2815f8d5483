/*
 * What a telephone writes into a film of where it was made: in boxes of their own (ISO 14496-12; 3GPP TS 26.244, 8.3; QuickTime's user data
 * and metadata). Their bytes are overwritten and they become free space, so that nothing else in the file moves. Pictures of the same
 * family (AVIF) say it in items, see media_item.c.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/str.h"
#include "store/media_bytes.h"
#include "store/media_file.h"

enum { MOST_BOXES = 100000, MOST_DEPTH = 4, LOOK_BYTES = 64, CHUNK_BYTES = 64 * 1024, META_MOST = 1024 * 1024 };

struct film {
	int file;
	const char *path;
	int64_t bytes;
	int boxes; /* that may still be looked at */
};

struct box {
	int64_t at, inside, end;
	char type[5];
	unsigned char look[LOOK_BYTES]; /* how what is inside begins, 0 beyond its end */
};

/* False where no whole box stands before that end: the end of user data, or of what can be read. */
static bool
read_box(const struct film *film, int64_t at, int64_t end, bool outermost, struct box *ret_box)
{
	struct box box = { .at = at, .inside = at + 8 };
	unsigned char head[16] = { 0 };
	const struct span span = { head, sizeof(head) };
	ssize_t got = end - at < 8 ? -1 : pread(film->file, head, sizeof(head), (off_t)at);
	int64_t size = big32(&span, 0);

	if (size == 0 && outermost)
		size = end - at; /* the last one may leave it open */
	if (got < 8 || size == 0)
		return false;
	if (size == 1) {
		size = (int64_t)((uint64_t)big32(&span, 8) << 32 | big32(&span, 12));
		box.inside = at + 16;
	}
	if (size < box.inside - at || size > end - at)
		return false;
	box.end = at + size;
	memcpy(box.type, head + 4, 4);
	got = box.end - box.inside < LOOK_BYTES ? (ssize_t)(box.end - box.inside) : LOOK_BYTES;
	if (pread(film->file, box.look, (size_t)got, (off_t)box.inside) != got)
		return false;
	*ret_box = box;
	return true;
}

static bool
tells_place(const struct box *box)
{
	static const unsigned char xmp[16] = { 0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8, 0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac };

	if (memcmp(box->type, "\251xyz", 4) == 0 || memcmp(box->type, "loci", 4) == 0)
		return true;
	if (memcmp(box->type, "uuid", 4) == 0)
		return memcmp(box->look, xmp, sizeof(xmp)) == 0;
	/* Apple's keys are free words; one of them is com.apple.quicktime.location.ISO6709. */
	return memcmp(box->type, "meta", 4) == 0 && memmem(box->look, LOOK_BYTES, "mdta", 4) != NULL;
}

static enum status
put(const struct film *film, const void *bytes, size_t length, int64_t at)
{
	return pwrite(film->file, bytes, length, (off_t)at) == (ssize_t)length ? OK : file_failed("write", film->path);
}

static enum status
blank_stretch(void *context, int64_t at, int64_t bytes)
{
	static const unsigned char nothing[CHUNK_BYTES];
	const struct film *film = context;

	if (bytes <= 0 || at < 0 || at > film->bytes || bytes > film->bytes - at)
		return INVALID;
	for (int64_t end = at + bytes; at < end; at += CHUNK_BYTES)
		TRY(put(film, nothing, (size_t)(end - at < CHUNK_BYTES ? end - at : CHUNK_BYTES), at));
	return OK;
}

static enum status
blank(struct film *film, const struct box *box)
{
	TRY(put(film, "free", 4, box->at + 4));
	return box->end == box->inside ? OK : blank_stretch(film, box->inside, box->end - box->inside);
}

/* The items of a picture, of which some are none. */
static enum status
blank_items(struct film *film, const struct box *box)
{
	struct arena *arena = arena_new();
	size_t length = (size_t)(box->end - box->inside), got;
	unsigned char *bytes;
	enum status status = length > META_MOST ? INVALID : OK;

	if (status == OK && length > 4) {
		bytes = arena_alloc(arena, length);
		status = file_read_at(film->file, film->path, bytes, length, box->inside, &got);
		if (status == OK && got > 4)
			status = media_items(bytes + 4, got - 4, blank_stretch, film);
	}
	arena_free(arena);
	return status;
}

static bool
holds_boxes(const struct box *box)
{
	return str_equal(box->type, "moov") || str_equal(box->type, "trak") || str_equal(box->type, "udta");
}

static enum status
walk(struct film *film, int64_t at, int64_t end, int depth)
{
	struct box box;

	for (; read_box(film, at, end, depth == 0, &box); at = box.end) {
		if (film->boxes-- == 0)
			return INVALID;
		if (tells_place(&box))
			TRY(blank(film, &box));
		else if (depth == 0 && str_equal(box.type, "meta"))
			TRY(blank_items(film, &box));
		else if (holds_boxes(&box) && depth < MOST_DEPTH)
			TRY(walk(film, box.inside, box.end, depth + 1));
	}
	return OK;
}

enum status
media_film_strip(const char *path)
{
	struct film film = { .path = path, .boxes = MOST_BOXES, .file = open(path, O_RDWR | O_CLOEXEC) };
	enum status status;

	film.bytes = film.file < 0 ? -1 : lseek(film.file, 0, SEEK_END);
	status = film.bytes < 0 ? file_failed("open", path) : walk(&film, 0, film.bytes, 0);
	if (film.file >= 0)
		(void)close(film.file);
	return status;
}
