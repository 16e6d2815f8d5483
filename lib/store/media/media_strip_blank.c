#include "store/media/media_strip_blank.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/str.h"

enum { CHUNK_BYTES = 64 * 1024, COVER_MAX = 16 * 1024 * 1024 };

enum status
blank_read(const struct strip_file *strip_file, int64_t at, unsigned char *bytes, size_t length, struct span *ret_span)
{
	size_t got;

	TRY(file_read_at(strip_file->file, strip_file->path, bytes, length, at, &got));
	*ret_span = (struct span){ bytes, got };
	return OK;
}

enum status
blank_put(const struct strip_file *strip_file, int64_t at, const void *bytes, size_t length)
{
	const unsigned char *from = bytes;

	if (at < 0 || at > strip_file->bytes || (int64_t)length > strip_file->bytes - at)
		return INVALID;
	while (length > 0) {
		ssize_t put = pwrite(strip_file->file, from, length, (off_t)at);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return file_failed("write", strip_file->path);
		from += put;
		at += put;
		length -= (size_t)put;
	}
	return OK;
}

enum status
blank_zero(const struct strip_file *strip_file, int64_t at, int64_t length)
{
	static const unsigned char nothing[CHUNK_BYTES];

	if (at < 0 || length < 0 || at > strip_file->bytes || length > strip_file->bytes - at)
		return INVALID;
	for (int64_t end = at + length; at < end; at += CHUNK_BYTES)
		TRY(blank_put(strip_file, at, nothing, (size_t)(end - at < CHUNK_BYTES ? end - at : CHUNK_BYTES)));
	return OK;
}

/* --- covers ------------------------------------------------------------------------- */

/* Runs media_strip() into a memory file and reads the result. */
static bool
clean_cover(int file, const unsigned char *bytes, size_t length, struct arena *arena, const unsigned char **ret_bytes, size_t *ret_length)
{
	const struct incoming incoming = { .path = (char[]){ "" }, .file = file };
	unsigned char *clean;
	struct media media;
	off_t size;
	size_t got;

	if (media_probe(bytes, length, &media) != OK || !media_is_cleaned_by_copy(media.type) ||
		media_strip(bytes, length, media.type, &incoming) != OK)
		return false;
	size = lseek(file, 0, SEEK_END);
	if (size <= 0 || (size_t)size > length)
		return false;
	clean = arena_alloc(arena, (size_t)size);
	if (file_read_at(file, "cover", clean, (size_t)size, 0, &got) != OK || got != (size_t)size)
		return false;
	*ret_bytes = clean;
	*ret_length = got;
	return true;
}

bool
blank_cover_bytes(struct arena *arena, const unsigned char *bytes, size_t length, const unsigned char **ret_bytes, size_t *ret_length)
{
	int file = length == 0 || length > COVER_MAX ? -1 : memfd_create("cover", MFD_CLOEXEC);
	bool clean = file >= 0 && clean_cover(file, bytes, length, arena, ret_bytes, ret_length);

	if (file >= 0)
		(void)close(file);
	return clean;
}

enum status
blank_cover(const struct strip_file *strip_file, int64_t at, int64_t length, bool *ret_kept)
{
	struct arena *arena;
	const unsigned char *clean;
	unsigned char *bytes;
	enum status status;
	struct span span;
	size_t size;

	*ret_kept = false;
	if (length <= 0 || length > COVER_MAX)
		return OK;
	arena = arena_new();
	bytes = arena_alloc(arena, (size_t)length);
	status = blank_read(strip_file, at, bytes, (size_t)length, &span);
	if (status == OK && blank_cover_bytes(arena, span.bytes, span.length, &clean, &size)) {
		status = blank_put(strip_file, at, clean, size);
		if (status == OK)
			status = blank_zero(strip_file, at + (int64_t)size, length - (int64_t)size);
		*ret_kept = status == OK;
	}
	arena_free(arena);
	return status;
}

/* --- comments ------------------------------------------------------------------------- */

/* "CHAPTER001=00:00:00.000" and "CHAPTER001NAME=…" (the chapter extension in Xiph's wiki). */
static bool
is_chapter(const char *text, size_t length)
{
	size_t at = sizeof("CHAPTER") - 1;

	if (length <= at || strncasecmp(text, "CHAPTER", at) != 0 || !isdigit((unsigned char)text[at]))
		return false;
	while (at < length && isdigit((unsigned char)text[at]))
		at++;
	if (length - at >= 4 && strncasecmp(text + at, "NAME", 4) == 0)
		at += 4;
	return at < length && text[at] == '=';
}

static bool
keeps_comment(const char *text, size_t length)
{
	static const char *const kept[] = { "TITLE=", "ARTIST=", "ALBUM=", "DATE=", NULL };

	for (size_t i = 0; kept[i] != NULL; i++)
		if (length >= strlen(kept[i]) && strncasecmp(text, kept[i], strlen(kept[i])) == 0)
			return true;
	return is_chapter(text, length);
}

bool
blank_comments(unsigned char *bytes, size_t length)
{
	const struct span span = { bytes, length };
	size_t at = 4 + (size_t)little32(&span, 0);
	uint32_t count;

	if (length < 8 || at > length - 4)
		return false;
	count = little32(&span, at);
	at += 4;
	for (uint32_t i = 0; i < count; i++) {
		size_t size = little32(&span, at);
		if (at > length - 4 || size > length - 4 - at)
			return false;
		at += 4;
		if (!keeps_comment((const char *)bytes + at, size)) {
			memset(bytes + at, ' ', size);
			if (size >= 2)
				memcpy(bytes + at, "_=", 2); /* a comment needs a name */
		}
		at += size;
	}
	/* A Vorbis packet ends with one set bit; Opus allows anything there (RFC 7845, 5.2). */
	if (at < length)
		memset(bytes + at + 1, 0, length - at - 1);
	if (at < length)
		bytes[at] &= 1;
	return true;
}

/* --- all containers --------------------------------------------------------------------- */

enum status
media_strip_in_place(const char *path, const char *type)
{
	static const struct { const char *type; enum status (*blank)(struct strip_file *strip_file); } kinds[] = {
		{ "video/mp4", blank_mp4 }, { "audio/mp4", blank_mp4 }, { "image/avif", blank_mp4 }, { "audio/mpeg", blank_mp3 },
		{ "audio/flac", blank_flac }, { "audio/ogg", blank_ogg }, { "audio/wav", blank_wav }, { "video/webm", blank_webm },
	};
	struct strip_file strip_file = { .path = path };
	enum status (*blank)(struct strip_file *strip_file) = NULL;
	enum status status;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_equal(type, kinds[i].type))
			blank = kinds[i].blank;
	if (blank == NULL)
		return OK;
	strip_file.file = open(path, O_RDWR | O_CLOEXEC);
	strip_file.bytes = strip_file.file < 0 ? -1 : lseek(strip_file.file, 0, SEEK_END);
	strip_file.arena = arena_new();
	status = strip_file.bytes < 0 ? file_failed("open", path) : blank(&strip_file);
	arena_free(strip_file.arena);
	if (strip_file.file >= 0)
		(void)close(strip_file.file);
	return status;
}
