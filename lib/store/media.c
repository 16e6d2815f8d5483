#include "store/media.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "core/text.h"
#include "core/token.h"

enum { HEAD_BYTES = 1024 * 1024, CHUNK_BYTES = 256 * 1024, NAME_MOST = 200 };

/* --- reading the file --------------------------------------------------------- */

/* Names under which such files travel: what is called .html is not let in, whatever its first bytes say. */
static bool
has_known_suffix(const char *path)
{
	static const char *const suffixes[] = { "jpg", "jpeg", "jpe", "jfif", "png", "apng", "gif", "webp", "avif",
		"mp3", "m4a", "m4b", "ogg", "oga", "opus", "flac", "wav", "mp4", "m4v", "webm", "weba", "pdf" };
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot != NULL && i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (strcasecmp(dot + 1, suffixes[i]) == 0)
			return true;
	return false;
}

/* The status for errno after a call about a file of ours; logged. */
static enum status
failed(const char *doing, const char *path)
{
	int number = errno;

	log_line(LOG_ERROR, "media", "%s %s: %s", doing, path, strerror(number));
	if (number == ENOSPC || number == EDQUOT || number == EFBIG)
		return FULL;
	return number == EROFS ? READ_ONLY : FAULT;
}

static void
close_file(void *object)
{
	(void)close(*(int *)object);
}

/* Opens a regular file to read; the arena closes it. A pipe or device must not hold us. */
static enum status
open_source(struct arena *arena, const char *path, int *ret_file, int64_t *ret_bytes)
{
	int *file = arena_new_of(arena, int);
	struct stat found;

	*file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (*file < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == ELOOP || errno == ENAMETOOLONG ? NOT_FOUND
			: failed("open", path);
	arena_cleanup(arena, close_file, file);
	if (fstat(*file, &found) != 0)
		return failed("stat", path);
	if (!S_ISREG(found.st_mode) || found.st_size == 0)
		return INVALID;
	if (found.st_size > MEDIA_MOST_BYTES)
		return TOO_LARGE;
	*ret_file = *file;
	*ret_bytes = found.st_size;
	return OK;
}

/* As many bytes from that place as there are, at most length. */
static enum status
read_at(int file, const char *path, unsigned char *bytes, size_t length, int64_t at, size_t *ret_read)
{
	size_t done = 0;

	while (done < length) {
		ssize_t got = pread(file, bytes + done, length - done, at + (off_t)done);
		if (got == 0)
			break;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return failed("read", path);
		done += (size_t)got;
	}
	*ret_read = done;
	return OK;
}

/* --- writing the copy ----------------------------------------------------------- */

/* The copy on its way: removed again by the arena unless it got its name. */
struct incoming {
	char *path; /* "" once renamed */
	int file;
};

static void
drop_incoming(void *object)
{
	struct incoming *incoming = object;

	(void)close(incoming->file);
	if (*incoming->path != '\0')
		(void)unlink(incoming->path);
}

static enum status
write_all(const struct incoming *incoming, const unsigned char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t put = write(incoming->file, bytes, length);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return failed("write", incoming->path);
		bytes += put;
		length -= (size_t)put;
	}
	return OK;
}

/* Reads all of a file for its digest; writes it to incoming as well unless that is NULL. */
static enum status
pass(struct arena *arena, int file, const char *path, const struct incoming *incoming,
	const char **ret_digest, int64_t *ret_bytes)
{
	struct digest *digest = digest_new(arena);
	unsigned char *chunk = arena_alloc(arena, CHUNK_BYTES);
	int64_t at = 0;
	size_t got;

	do {
		TRY(read_at(file, path, chunk, CHUNK_BYTES, at, &got));
		digest_add(digest, chunk, got);
		at += (int64_t)got;
		if (at > MEDIA_MOST_BYTES)
			return TOO_LARGE; /* it grew meanwhile */
		if (incoming != NULL)
			TRY(write_all(incoming, chunk, got));
	} while (got == CHUNK_BYTES);
	*ret_digest = digest_end(arena, digest);
	*ret_bytes = at;
	return OK;
}

/* Makes what a folder lists, or what a file holds, outlast a power cut. */
static enum status
sync_path(const char *path, int flags)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | flags), code;

	if (file < 0)
		return failed("open", path);
	code = fsync(file);
	(void)close(file);
	return code == 0 ? OK : failed("sync", path);
}

/* The folder "ab" of a digest below the media folder. */
static enum status
need_folder(struct arena *arena, const char *folder, const char *digest, const char **ret_path)
{
	char *path = arena_printf(arena, "%s/%.2s", folder, digest);

	if (mkdir(path, 0755) == 0) {
		/* The web server is another user, whatever the umask says. */
		if (chmod(path, 0755) != 0)
			return failed("chmod", path);
		TRY(sync_path(folder, O_DIRECTORY));
	} else if (errno != EEXIST) {
		return failed("mkdir", path);
	}
	*ret_path = path;
	return OK;
}

/* True when the file is there already, of that length, and certainly on the disk. */
static enum status
is_stored(const char *path, int64_t bytes, bool *ret_stored)
{
	struct stat found;

	*ret_stored = false;
	if (stat(path, &found) != 0 || !S_ISREG(found.st_mode) || found.st_size != bytes)
		return OK;
	TRY(sync_path(path, 0));
	*ret_stored = true;
	return OK;
}

static enum status
copy(struct arena *arena, const char *folder, int file, const char *path, struct media *media)
{
	struct incoming *incoming = arena_new_of(arena, struct incoming);
	const char *subfolder = NULL, *target;

	incoming->path = arena_printf(arena, "%s/incoming-XXXXXX", folder);
	incoming->file = mkostemp(incoming->path, O_CLOEXEC);
	if (incoming->file < 0)
		return failed("create", incoming->path);
	arena_cleanup(arena, drop_incoming, incoming);
	TRY(pass(arena, file, path, incoming, &media->digest, &media->bytes));
	if (fchmod(incoming->file, 0644) != 0 || fsync(incoming->file) != 0)
		return failed("sync", incoming->path);
	TRY(need_folder(arena, folder, media->digest, &subfolder));
	target = arena_printf(arena, "%s/%s", folder, media_path(arena, media));
	if (rename(incoming->path, target) != 0)
		return failed("rename", target);
	incoming->path[0] = '\0';
	return sync_path(subfolder, O_DIRECTORY);
}

static const char *
base_name(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;

	return text_shorten(arena, text_clean(arena, name, strlen(name), TEXT_LINE), NAME_MOST);
}

/* In an arena of its own: whatever happens, its end closes the files and removes a copy without a name. */
static enum status
store_file(struct arena *work, const char *folder, const char *path, struct media *media)
{
	unsigned char *head = arena_alloc(work, HEAD_BYTES);
	const char *target;
	size_t length;
	int64_t bytes = 0;
	int file = -1;
	bool stored;

	if (!has_known_suffix(path))
		return access(path, F_OK) == 0 ? INVALID : NOT_FOUND;
	TRY(open_source(work, path, &file, &bytes));
	TRY(read_at(file, path, head, HEAD_BYTES, 0, &length));
	TRY(media_probe(head, length, media));
	media->bytes = bytes;
	media_measure(file, media);
	TRY(pass(work, file, path, NULL, &media->digest, &media->bytes));
	target = arena_printf(work, "%s/%s", folder, media_path(work, media));
	TRY(is_stored(target, media->bytes, &stored));
	return stored ? OK : copy(work, folder, file, path, media);
}

enum status
media_store_file(struct arena *arena, const char *folder, const char *path, struct media *ret_media)
{
	struct arena *work = arena_new();
	struct media media = { 0 };
	enum status status = store_file(work, folder, path, &media);

	if (status == OK) {
		media.digest = arena_dup(arena, media.digest);
		media.name = base_name(arena, path);
		*ret_media = media;
	}
	arena_free(work);
	return status;
}

/* --- rows --------------------------------------------------------------------- */

static const struct column media_columns[] = {
	COLUMN_INT(struct media, id),
	COLUMN_TEXT(struct media, digest),
	COLUMN_TEXT(struct media, suffix),
	COLUMN_TEXT(struct media, type),
	COLUMN_TEXT(struct media, name),
	COLUMN_INT(struct media, bytes),
	COLUMN_INT(struct media, width),
	COLUMN_INT(struct media, height),
	COLUMN_INT(struct media, duration),
	COLUMN_INT(struct media, created),
	{ 0 },
};
static const struct row media_row = { sizeof(struct media), media_columns };

#define MEDIA_COLUMNS " id, digest, suffix, type, name, bytes, width, height, duration, created"

QUERY(id_by_digest, "SELECT id FROM media WHERE digest = :digest");
QUERY(add,
	"INSERT INTO media (digest, suffix, type, bytes, width, height, duration, name, created, sample)"
	" VALUES (:digest, :suffix, :type, :bytes, :width, :height, :duration, :name, :created, :sample)");

enum status
media_need(struct db *db, struct media *media, bool sample)
{
	enum status status = query_integer(db, id_by_digest, &media->id, BIND(TEXT("digest", media->digest)));

	if (status != NOT_FOUND)
		return status;
	return query_insert(db, add, &media->id, BIND(TEXT("digest", media->digest), TEXT("suffix", media->suffix),
		TEXT("type", media->type), INT("bytes", media->bytes), INT("width", media->width),
		INT("height", media->height), INT("duration", media->duration), TEXT("name", media->name),
		INT("created", media->created != 0 ? media->created : clock_now()), INT("sample", sample)));
}

QUERY(by_id, "SELECT" MEDIA_COLUMNS " FROM media WHERE id = :id");

enum status
media_by_id(struct db *db, struct arena *arena, int64_t id, struct media *ret_media)
{
	return query_one(db, arena, by_id, &media_row, ret_media, BIND(INT("id", id)));
}

QUERY(by_digest, "SELECT" MEDIA_COLUMNS " FROM media WHERE digest = :digest");

enum status
media_by_digest(struct db *db, struct arena *arena, const char *digest, struct media *ret_media)
{
	return query_one(db, arena, by_digest, &media_row, ret_media, BIND(TEXT("digest", digest)));
}

QUERY_WITH(QUERY_SCANS, all, "SELECT" MEDIA_COLUMNS " FROM media ORDER BY id");

enum status
media_each(struct db *db, enum status (*each)(void *context, struct arena *arena, void *media), void *context)
{
	return query_each(db, all, &media_row, each, context, BIND());
}

const char *
media_path(struct arena *arena, const struct media *media)
{
	return arena_printf(arena, "%.2s/%s.%s", media->digest, media->digest, media->suffix);
}
