/*
 * Copying files into the media folder, declared in media.h: detecting their type, finding files that are already
 * stored, cleaning uploads.
 */
#include "store/media/media.h"

#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/str.h"
#include "core/text.h"
#include "store/media/media_file.h"

enum { HEAD_BYTES = 1024 * 1024, NAME_LENGTH_MAX = 200 };

/* The accepted suffixes. A name such as .html is rejected, whatever the first bytes are. */
static bool
has_known_suffix(const char *path)
{
	static const char *const suffixes[] = { "jpg", "jpeg", "jpe", "jfif", "png", "apng", "gif", "webp", "avif",
		"vtt", "mp3", "m4a", "m4b", "ogg", "oga", "opus", "flac", "wav", "mp4", "m4v", "webm", "weba", "pdf" };
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot != NULL && i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (strcasecmp(dot + 1, suffixes[i]) == 0)
			return true;
	return false;
}

static const char *
base_name(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;

	return text_shorten(arena, text_clean(arena, name, strlen(name), TEXT_LINE), NAME_LENGTH_MAX);
}

/* Copies a file into the given place. */
static enum status
copy(struct arena *work, const char *folder, const char *place, int file, const char *path, struct media *media)
{
	struct incoming *incoming;

	TRY(file_begin(work, folder, &incoming));
	TRY(file_pass(work, file, path, incoming, &media->digest, &media->bytes));
	return file_name(work, folder, place, media, incoming);
}

static enum status
look_inside(struct arena *work, int file, const char *path, int64_t bytes, struct media *media)
{
	unsigned char *head = arena_alloc(work, HEAD_BYTES);
	size_t length;

	TRY(file_read_at(file, path, head, HEAD_BYTES, 0, &length));
	TRY(media_probe(head, length, media));
	media->bytes = bytes;
	return OK;
}

/* Opens a file and determines its type. */
static enum status
look_at(struct arena *work, const char *path, int *ret_file, struct media *media)
{
	int64_t bytes = 0;

	TRY(file_open(work, path, ret_file, &bytes));
	return look_inside(work, *ret_file, path, bytes, media);
}

static enum status
store_seen(struct arena *work, const char *folder, int file, const char *path, struct media *media)
{
	bool stored;

	TRY(file_pass(work, file, path, NULL, &media->digest, &media->bytes));
	TRY(file_is_stored(work, folder, media, &stored));
	return stored ? OK : copy(work, folder, "", file, path, media);
}

/* Uses its own arena. Freeing it closes the files and removes a copy that has no name yet. */
static enum status
store_file(struct arena *work, const char *folder, const char *path, struct media *media)
{
	int file = -1;

	if (!has_known_suffix(path))
		return access(path, F_OK) == 0 ? INVALID : NOT_FOUND;
	TRY(look_at(work, path, &file, media));
	return store_seen(work, folder, file, path, media);
}

static enum status
store_open(struct arena *work, const char *folder, int file, const char *name, struct media *media)
{
	int64_t bytes;

	if (!has_known_suffix(name))
		return INVALID;
	TRY(file_check(file, name, &bytes));
	TRY(look_inside(work, file, name, bytes, media));
	return store_seen(work, folder, file, name, media);
}

static enum status
finished(struct arena *arena, const struct media *media, const char *name, struct media *ret_media)
{
	*ret_media = *media;
	ret_media->digest = arena_dup(arena, media->digest);
	ret_media->name = base_name(arena, name);
	ret_media->alt = ret_media->widths = "";
	return OK;
}

enum status
media_store_file(struct arena *arena, const char *folder, const char *path, struct media *ret_media)
{
	struct arena *work = arena_new();
	struct media media = { 0 };
	enum status status = store_file(work, folder, path, &media);

	if (status == OK)
		status = finished(arena, &media, path, ret_media);
	arena_free(work);
	return status;
}

enum status
media_store_open(struct arena *arena, const char *folder, int file, const char *name, struct media *ret_media)
{
	struct arena *work = arena_new();
	struct media media = { 0 };
	enum status status = store_open(work, folder, file, name, &media);

	if (status == OK)
		status = finished(arena, &media, name, ret_media);
	arena_free(work);
	return status;
}

/* --- uploaded files ---------------------------------------------------------------- */

/*
 * Copies an image without metadata such as place and time. Nobody else can shorten the file while it is mapped,
 * because it is ours.
 */
static enum status
strip(struct arena *work, const char *folder, int file, struct media *media)
{
	struct incoming *incoming;
	enum status status;
	void *bytes;
	bool stored;

	if (media->bytes > MEDIA_MAX_PICTURE_BYTES || media->width * media->height > MEDIA_MAX_PIXELS)
		return TOO_LARGE;
	TRY(file_begin(work, folder, &incoming));
	bytes = mmap(NULL, (size_t)media->bytes, PROT_READ, MAP_PRIVATE, file, 0);
	if (bytes == MAP_FAILED)
		return file_failed("map", incoming->path);
	status = media_strip(bytes, (size_t)media->bytes, media->type, incoming);
	(void)munmap(bytes, (size_t)media->bytes);
	TRY(status);
	TRY(file_pass(work, incoming->file, incoming->path, NULL, &media->digest, &media->bytes));
	TRY(file_is_stored(work, folder, media, &stored));
	return stored ? OK : file_name(work, folder, MEDIA_PRIVATE, media, incoming);
}

static enum status
take_file(struct arena *work, const char *folder, const char *path, const char *name, struct media *media)
{
	int file = -1;
	bool stored;

	if (!has_known_suffix(name))
		return INVALID;
	TRY(look_at(work, path, &file, media));
	if (media_is_cleaned_by_copy(media->type))
		return strip(work, folder, file, media);
	TRY(media_strip_in_place(path, media->type));
	TRY(file_pass(work, file, path, NULL, &media->digest, &media->bytes));
	TRY(file_is_stored(work, folder, media, &stored));
	return stored ? OK : file_name(work, folder, MEDIA_PRIVATE, media, &(struct incoming){ arena_dup(work, path), file });
}

enum status
media_store_upload(struct arena *arena, const char *folder, const char *path, const char *name, struct media *ret_media)
{
	struct arena *work = arena_new();
	struct media media = { 0 };
	enum status status = take_file(work, folder, path, name, &media);

	if (status == OK)
		status = finished(arena, &media, name, ret_media);
	arena_free(work);
	return status;
}
