/* What a file is, from any bytes, and a picture without what is not the picture: no read beyond the end, no endless walk, no nonsense. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/str.h"
#include "store/media_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* What comes out of it is no longer than what went in, but for how a picture is turned; and is of the same kind. */
static void
strip(const uint8_t *bytes, size_t length)
{
	int file = memfd_create("fuzz", MFD_CLOEXEC);
	struct incoming incoming = { .path = (char[]){ "" }, .file = file };
	struct media media;

	if (media_probe(bytes, length, &media) == OK && (str_equal(media.type, "image/jpeg") || str_equal(media.type, "image/png") || str_equal(media.type, "image/webp"))
		&& media_strip(bytes, length, media.type, &incoming) == OK && lseek(file, 0, SEEK_CUR) > (off_t)length + 36)
		abort();
	(void)close(file);
}

/* In place, of any bytes: they stay as many. */
static void
strip_film(const uint8_t *bytes, size_t length)
{
	int file = memfd_create("film", MFD_CLOEXEC);
	char path[32];

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	if (file < 0 || write(file, bytes, length) != (ssize_t)length)
		abort();
	if (media_film_strip(path) == FAULT || lseek(file, 0, SEEK_END) != (off_t)length)
		abort();
	(void)close(file);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct media media;

	if (media_probe(bytes, length, &media) == OK) {
		if (*media.type == '\0' || *media.suffix == '\0')
			abort();
		if (media.width < 0 || media.width > 20000 || media.height < 0 || media.height > 20000)
			abort();
	}
	strip(bytes, length);
	strip_film(bytes, length);
	return 0;
}
