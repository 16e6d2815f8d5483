/* The type of a file from any bytes, and the removal of metadata: no read beyond the end, no endless loop, no impossible value. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/str.h"
#include "store/media/media_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* The result is no longer than the input, except for the orientation of an image, and has the same type. */
static void
strip(const uint8_t *bytes, size_t length)
{
	int file = memfd_create("fuzz", MFD_CLOEXEC);
	struct incoming incoming = { .path = (char[]){ "" }, .file = file };
	struct media media;

	if (media_probe(bytes, length, &media) == OK && media_is_cleaned_by_copy(media.type) && media_strip(bytes, length, media.type, &incoming) == OK && lseek(file, 0, SEEK_CUR) > (off_t)length + 36)
		abort();
	(void)close(file);
}

/* All bytes of a file, which the caller frees. */
static unsigned char *
all_of(int file, size_t length)
{
	unsigned char *bytes = malloc(length + 1);

	if (bytes == NULL || pread(file, bytes, length, 0) != (ssize_t)length)
		abort();
	return bytes;
}

/* In place, for any bytes: the length stays the same, and a second run changes nothing. */
static void
strip_in_place(const uint8_t *bytes, size_t length, const char *type)
{
	int file = memfd_create("recording", MFD_CLOEXEC);
	unsigned char *once, *twice;
	enum status status;
	char path[32];

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	if (file < 0 || write(file, bytes, length) != (ssize_t)length)
		abort();
	status = media_strip_in_place(path, type);
	if (status == FAULT || lseek(file, 0, SEEK_END) != (off_t)length)
		abort();
	if (status == OK) {
		once = all_of(file, length);
		if (media_strip_in_place(path, type) != OK)
			abort();
		twice = all_of(file, length);
		if (memcmp(once, twice, length) != 0)
			abort();
		free(once);
		free(twice);
	}
	(void)close(file);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const char *const types[] = { "video/mp4", "image/avif", "audio/mpeg", "audio/flac", "audio/ogg", "audio/wav", "video/webm" };
	struct media media;

	if (media_probe(bytes, length, &media) == OK) {
		if (*media.type == '\0' || *media.suffix == '\0')
			abort();
		if (media.width < 0 || media.width > 20000 || media.height < 0 || media.height > 20000)
			abort();
	}
	strip(bytes, length);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		strip_in_place(bytes, length, types[i]);
	return 0;
}
