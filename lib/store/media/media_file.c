#include "store/media/media_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/log.h"
#include "core/token.h"

enum { CHUNK_BYTES = 256 * 1024 };

enum status
file_failed(const char *doing, const char *path)
{
	int number = errno;

	log_line(LOG_ERROR, "media", "%s %s: %s", doing, path, strerror(number));
	return status_of_errno(number);
}

static void
close_file(void *object)
{
	(void)close(*(int *)object);
}

enum status
file_check(int file, const char *path, int64_t *ret_bytes)
{
	struct stat found;

	if (fstat(file, &found) != 0)
		return file_failed("stat", path);
	if (!S_ISREG(found.st_mode) || found.st_size == 0)
		return INVALID;
	if (found.st_size > MEDIA_MAX_BYTES)
		return TOO_LARGE;
	*ret_bytes = found.st_size;
	return OK;
}

/* O_NONBLOCK: opening a pipe or device must not block. */
enum status
file_open(struct arena *arena, const char *path, int *ret_file, int64_t *ret_bytes)
{
	int *file = arena_new_of(arena, int);

	*file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (*file < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == ELOOP || errno == ENAMETOOLONG ? NOT_FOUND
			: file_failed("open", path);
	arena_cleanup(arena, close_file, file);
	TRY(file_check(*file, path, ret_bytes));
	*ret_file = *file;
	return OK;
}

enum status
file_read_at(int file, const char *path, unsigned char *bytes, size_t length, int64_t at, size_t *ret_read)
{
	size_t done = 0;

	while (done < length) {
		ssize_t got = pread(file, bytes + done, length - done, at + (off_t)done);
		if (got == 0)
			break;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return file_failed("read", path);
		done += (size_t)got;
	}
	*ret_read = done;
	return OK;
}

/* --- writing the copy ----------------------------------------------------------- */

static void
drop_incoming(void *object)
{
	struct incoming *incoming = object;

	(void)close(incoming->file);
	if (*incoming->path != '\0')
		(void)unlink(incoming->path);
}

enum status
file_write(const struct incoming *incoming, const void *data, size_t length)
{
	const unsigned char *bytes = data;

	while (length > 0) {
		ssize_t put = write(incoming->file, bytes, length);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return file_failed("write", incoming->path);
		bytes += put;
		length -= (size_t)put;
	}
	return OK;
}

enum status
file_pass(struct arena *arena, int file, const char *path, const struct incoming *incoming,
	const char **ret_digest, int64_t *ret_bytes)
{
	struct digest *digest = digest_new(arena);
	unsigned char *chunk = arena_alloc(arena, CHUNK_BYTES);
	int64_t at = 0;
	size_t got;

	do {
		TRY(file_read_at(file, path, chunk, CHUNK_BYTES, at, &got));
		digest_add(digest, chunk, got);
		at += (int64_t)got;
		if (at > MEDIA_MAX_BYTES)
			return TOO_LARGE; /* it grew in the meantime */
		if (incoming != NULL)
			TRY(file_write(incoming, chunk, got));
	} while (got == CHUNK_BYTES);
	*ret_digest = digest_end(arena, digest);
	*ret_bytes = at;
	return OK;
}

enum status
file_sync(const char *path, int flags)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | flags), code;

	if (file < 0)
		return file_failed("open", path);
	code = fsync(file);
	(void)close(file);
	return code == 0 ? OK : file_failed("sync", path);
}

enum status
file_need_folder(struct arena *arena, const char *folder, const char *place, const char *digest, const char **ret_path)
{
	const char *parts[] = { arena_printf(arena, "%s/%s", folder, place), arena_printf(arena, "%s/%s%.2s", folder, place, digest) };

	for (size_t i = *place == '\0' ? 1 : 0; i < 2; i++) {
		if (mkdir(parts[i], 0755) == 0) {
			/* The web server is another user, so the mode must not depend on the umask. */
			if (chmod(parts[i], 0755) != 0)
				return file_failed("chmod", parts[i]);
			TRY(file_sync(i == 0 ? folder : parts[0], O_DIRECTORY));
		} else if (errno != EEXIST) {
			return file_failed("mkdir", parts[i]);
		}
	}
	*ret_path = parts[1];
	return OK;
}

static enum status
is_there(const char *path, int64_t bytes, bool *ret_stored)
{
	struct stat found;

	if (stat(path, &found) != 0 || !S_ISREG(found.st_mode) || found.st_size != bytes)
		return OK;
	TRY(file_sync(path, 0));
	*ret_stored = true;
	return OK;
}

enum status
file_is_stored(struct arena *arena, const char *folder, const struct media *media, bool *ret_stored)
{
	bool stored = false;

	TRY(is_there(arena_printf(arena, "%s/%s", folder, media_path(arena, media)), media->bytes, &stored));
	if (!stored)
		TRY(is_there(arena_printf(arena, "%s/" MEDIA_PRIVATE "%s", folder, media_path(arena, media)), media->bytes, &stored));
	*ret_stored = stored;
	return OK;
}

enum status
file_begin(struct arena *arena, const char *folder, struct incoming **ret_incoming)
{
	struct incoming *incoming = arena_new_of(arena, struct incoming);

	incoming->path = arena_printf(arena, "%s/incoming-XXXXXX", folder);
	incoming->file = mkostemp(incoming->path, O_CLOEXEC);
	if (incoming->file < 0)
		return file_failed("create", incoming->path);
	arena_cleanup(arena, drop_incoming, incoming);
	*ret_incoming = incoming;
	return OK;
}

enum status
file_name(struct arena *arena, const char *folder, const char *place, const struct media *media, struct incoming *incoming)
{
	const char *subfolder = NULL, *target = arena_printf(arena, "%s/%s%s", folder, place, media_path(arena, media));

	if (fchmod(incoming->file, 0644) != 0 || fsync(incoming->file) != 0)
		return file_failed("sync", incoming->path);
	TRY(file_need_folder(arena, folder, place, media->digest, &subfolder));
	if (rename(incoming->path, target) != 0)
		return file_failed("rename", target);
	incoming->path[0] = '\0';
	return file_sync(subfolder, O_DIRECTORY);
}
