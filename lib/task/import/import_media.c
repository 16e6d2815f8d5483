/* Stores the images and recordings to which texts refer. */
#include "task/import/import_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "core/token.h"
#include "page/lang/lang.h"
#include "store/media/media_library.h"
#include "store/media/media_file.h"

enum status
import_media_probe(struct arena *arena, int file, struct media *ret_media)
{
	enum { CHUNK = 64 * 1024 };
	unsigned char *bytes = arena_alloc(arena, CHUNK);
	struct digest *digest = digest_new(arena);
	ssize_t got = read(file, bytes, CHUNK);
	enum status status = got < 0 ? NOT_FOUND : media_probe(bytes, (size_t)got, ret_media);

	for (; status == OK && got > 0; got = read(file, bytes, CHUNK))
		digest_add(digest, bytes, (size_t)got);
	if (status == OK) {
		ret_media->digest = digest_end(arena, digest);
		ret_media->name = "";
	}
	return status;
}

/* Stores a file of an upload, within the quota and with the same checks as an upload to the media library. */
static enum status
take_media(struct import *import, struct arena *arena, const char *full, struct media *ret_media)
{
	const char *name = strrchr(full, '/') + 1, *link = arena_printf(arena, "%s/.taken", import->options.folder);
	struct stat found;
	int64_t room;

	TRY(media_library_room(import->db, import->options.target->quota, &room));
	if (lstat(full, &found) != 0)
		return NOT_FOUND;
	if (found.st_size > room - import->media_bytes)
		return FULL;
	/*
	 * media_store_upload() moves its file, so it gets a link. An import that is interrupted and runs again then still
	 * finds the file.
	 */
	(void)unlink(link);
	if (linkat(AT_FDCWD, full, AT_FDCWD, link, 0) != 0)
		return FAULT;
	TRY(media_store_upload(arena, import->conf->media, link, name, ret_media));
	(void)unlink(link);
	import->media_bytes += ret_media->bytes;
	return OK;
}

static enum status
store_file(struct import *import, struct arena *arena, const char *path, struct media *ret_media)
{
	enum status status;
	int file;

	if (import->options.target != NULL)
		return take_media(import, arena, arena_printf(arena, "%s/%s", import->options.folder, path), ret_media);
	file = import_open(import, path, IMPORT_OPEN_FILE);
	if (file < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == ELOOP || errno == ENAMETOOLONG ? NOT_FOUND : file_failed("open", path);
	status = import->options.dry_run ? import_media_probe(arena, file, ret_media)
		: media_store_open(arena, import->conf->media, file, path, ret_media);
	(void)close(file);
	return status;
}

/* Stores a file once per run, even if several texts use it. */
static enum status
store_media(struct import *import, struct arena *arena, const char *path, struct media **ret_media)
{
	struct media *media = map_get(import->media, path), stored = { 0 };

	if (media == NULL) {
		TRY(store_file(import, arena, path, &stored));
		media = arena_new_of(import->arena, struct media);
		*media = stored;
		media->digest = arena_dup(import->arena, stored.digest);
		media->suffix = arena_dup(import->arena, stored.suffix);
		media->type = arena_dup(import->arena, stored.type);
		media->name = arena_dup(import->arena, stored.name);
		media->alt = media->widths = "";
		(void)map_put(import->media, arena_dup(import->arena, path), media);
	}
	*ret_media = media;
	return OK;
}

enum status
import_media(struct import *import, const struct import_file *file, struct arena *arena, const char *address, int line,
	const char *missing, struct media **ret_media)
{
	const char *path = import_address_is_local(address) ? import_address_path(arena, address) : NULL;
	const char *found = path == NULL ? NULL : import_address_other(import, file, arena, path);
	bool target = import->options.target != NULL;
	enum status status;

	*ret_media = NULL;
	if (found == NULL) {
		conversion_warnings_add(import->warnings, missing, file->path, line, address);
		return OK;
	}
	(void)map_put(import->named, found, (void *)(uintptr_t)found);
	status = store_media(import, arena, found, ret_media);
	if (status == INVALID || status == NOT_FOUND) {
		conversion_warnings_add(import->warnings, N_("unsupported file type, not imported"), file->path, line, address);
		return OK;
	}
	if (status == TOO_LARGE) {
		conversion_warnings_add(import->warnings, target ? N_("file too large: an image can have up to 64 MiB and 100 million pixels")
			: "file of more than 512 MiB", file->path, line, address);
		return OK;
	}
	if (status == FULL && target) {
		conversion_warnings_add(import->warnings, N_("no storage space left for this file; ask the site owner"), file->path, line, address);
		return OK;
	}
	return status;
}
