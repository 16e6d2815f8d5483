#include "task/archive/backup.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "core/token.h"
#include "store/db/db_backup.h"
#include "store/media/media_visibility.h"

enum { FILE_MODE = 0600, CHUNK_BYTES = 256 * 1024, LEFT_SECONDS = 60 };

/* The first entry: what to do, for someone who has nothing but this file. */
static const char restore_text[] =
	"A backup of a renown site. To restore it:\n"
	"\n"
	"1. Stop the programs that serve the site.\n"
	"2. Make a new, empty folder and unpack this file there: tar xf FILE -C FOLDER\n"
	"3. Look through renown.conf: paths and base_url must fit the machine.\n"
	"4. Give the folder to the user that runs the programs: chown -R USER:GROUP FOLDER\n"
	"5. renown --site FOLDER migrate, then renown --site FOLDER doctor\n"
	"6. Start the programs for that folder.\n"
	"\n"
	"renown.db is a SQLite 3 file; media/ holds each picture and recording under its BLAKE2b-256 digest.\n"
	"Never unpack over a folder that is in use.\n";

struct writing {
	const struct conf *conf;
	struct db *db;
	struct arena *arena;  /* as long as the backup */
	struct arena *memory; /* for one file */
	int64_t now;
	struct archive *archive;
	unsigned char *chunk;
	struct backup_report *report;
};

/* Notes why the backup fails; the first reason counts. */
static enum status
failed(struct writing *backup, const char *what, const char *why)
{
	if (backup->report->reason == NULL)
		backup->report->reason = arena_printf(backup->arena, "%s: %s.", what, why);
	return FAULT;
}

static enum status
not_written(struct writing *backup)
{
	return failed(backup, "The backup cannot be written", archive_error_string(backup->archive));
}

/* The same for a status of the store, which says why. */
static enum status
failed_status(struct writing *backup, enum status status, const char *doing)
{
	if (status != OK)
		backup->report->doing = doing;
	return status;
}

/* Reports a file that is missing or damaged; the backup goes on. */
__attribute__((format(printf, 2, 3))) static void
problem(struct writing *backup, const char *format, ...)
{
	struct backup_report *report = backup->report;
	va_list arguments;

	report->problems++;
	if (report->problem == NULL)
		return;
	va_start(arguments, format);
	report->problem(report->context, arena_vprintf(backup->memory, format, arguments));
	va_end(arguments);
}

/* --- entries ------------------------------------------------------------------------ */

static enum status
write_header(struct writing *backup, const char *name, int64_t bytes, int64_t modified, mode_t mode)
{
	struct archive_entry *entry = archive_entry_new();
	int code;

	archive_entry_set_pathname(entry, name);
	archive_entry_set_size(entry, bytes);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, mode);
	archive_entry_set_mtime(entry, (time_t)modified, 0);
	code = archive_write_header(backup->archive, entry);
	archive_entry_free(entry);
	return code == ARCHIVE_OK ? OK : not_written(backup);
}

static enum status
write_bytes(struct writing *backup, const void *bytes, size_t length)
{
	return archive_write_data(backup->archive, bytes, length) == (la_ssize_t)length ? OK : not_written(backup);
}

static enum status
write_text(struct writing *backup, const char *name, const char *text)
{
	TRY(write_header(backup, name, (int64_t)strlen(text), backup->now, 0644));
	return write_bytes(backup, text, strlen(text));
}

/*
 * Copies an open file of that many bytes; zeros stand in when it ends early, since its header has been written.
 * *ret_digest is that of the bytes that were copied.
 */
static enum status
write_contents(struct writing *backup, int file, int64_t bytes, const char **ret_digest)
{
	struct digest *digest = digest_new(backup->memory);
	enum status status = OK;

	while (status == OK && bytes > 0) {
		size_t wanted = bytes < CHUNK_BYTES ? (size_t)bytes : CHUNK_BYTES;
		ssize_t got = read(file, backup->chunk, wanted);
		if (got <= 0) {
			memset(backup->chunk, 0, wanted);
			got = (ssize_t)wanted;
		}
		digest_add(digest, backup->chunk, (size_t)got);
		status = write_bytes(backup, backup->chunk, (size_t)got);
		bytes -= got;
	}
	*ret_digest = digest_end(backup->memory, digest);
	return status;
}

static enum status
write_file(struct writing *backup, const char *name, const char *path, mode_t mode, const char **ret_digest)
{
	int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	enum status status;
	struct stat found;

	*ret_digest = "";
	if (file < 0 || fstat(file, &found) != 0 || !S_ISREG(found.st_mode)) {
		if (file >= 0)
			(void)close(file);
		problem(backup, "%s cannot be read and is not in the backup: %s.", path, strerror(errno));
		return OK;
	}
	status = write_header(backup, name, (int64_t)found.st_size, (int64_t)found.st_mtime, mode);
	if (status == OK)
		status = write_contents(backup, file, (int64_t)found.st_size, ret_digest);
	(void)close(file);
	backup->report->files++;
	return status;
}

/* --- the parts ------------------------------------------------------------------------ */

/* The smaller sizes of a picture lie beside it. */
struct sizes {
	struct writing *backup;
	struct arena *arena;
	const char *path; /* of the picture */
};

static enum status
write_size(void *context, const char *path)
{
	const struct sizes *sizes = context;
	const char *place = str_starts(sizes->path, MEDIA_PRIVATE) ? MEDIA_PRIVATE : "", *digest;
	const char *from = arena_printf(sizes->arena, "%s/%s%s", sizes->backup->conf->media, place, path);

	return write_file(sizes->backup, arena_printf(sizes->arena, "media/%s%s", place, path), from, 0644, &digest);
}

/* Media files never change and no row names one before it is there: those of the copied store are complete. */
static enum status
write_media(void *context, struct arena *arena, void *row)
{
	struct writing *backup = context;
	const struct media *media = row;
	const char *folder = backup->conf->media, *path = media_visibility_path(arena, folder, media), *digest;

	arena_reset(backup->memory);
	TRY(write_file(backup, arena_printf(arena, "media/%s", path), arena_printf(arena, "%s/%s", folder, path), 0644, &digest));
	if (*digest != '\0' && !str_equal(digest, media->digest))
		problem(backup, "%s is not what it was when it was stored; restore it from an older backup.", path);
	if (backup->report->copied != NULL)
		backup->report->copied(backup->report->context);
	return media_each_size(arena, media, write_size, &(struct sizes){ backup, arena, path });
}

/* Copies the store, then everything into the archive. */
static enum status
write_parts(struct writing *backup, const char *store_copy)
{
	const char *digest, *reason = "";
	struct db *copy;
	enum status status;

	TRY(failed_status(backup, db_backup_write(backup->db, backup->arena, store_copy), "Copying the store"));
	TRY(write_text(backup, "RESTORE", restore_text));
	TRY(write_file(backup, "renown.conf", arena_printf(backup->arena, "%s/renown.conf", backup->conf->folder), FILE_MODE, &digest));
	TRY(write_file(backup, "renown.db", store_copy, FILE_MODE, &digest));
	/* The list of files comes from the copy, so that it is that of the same moment. */
	status = db_open(store_copy, DB_TOOL, &copy, &reason);
	if (status != OK)
		return failed(backup, store_copy, reason);
	status = media_each(copy, write_media, backup);
	db_close(copy);
	return failed_status(backup, status, "Copying the media");
}

static enum status
write_archive(struct writing *backup, int fd, const char *store_copy)
{
	enum status status;

	backup->archive = archive_write_new();
	if (backup->archive == NULL || archive_write_set_format_pax_restricted(backup->archive) != ARCHIVE_OK ||
		archive_write_set_bytes_in_last_block(backup->archive, 1) != ARCHIVE_OK ||
		archive_write_open_fd(backup->archive, fd) != ARCHIVE_OK) {
		(void)archive_write_free(backup->archive);
		backup->report->reason = "The backup cannot be begun.";
		return FAULT;
	}
	status = write_parts(backup, store_copy);
	if (archive_write_close(backup->archive) != ARCHIVE_OK && status == OK)
		status = not_written(backup);
	(void)archive_write_free(backup->archive);
	if (status == OK && fsync(fd) != 0)
		status = failed(backup, "The backup cannot be written", strerror(errno));
	return status;
}

/* --- the copy of the store ----------------------------------------------------------------- */

/*
 * The store is copied into a folder of its own in the site's folder: SQLite makes files beside its file, and where the backup goes
 * the site's user may have no rights, or others may make names (/tmp). Whoever makes a backup holds the folder's lock, so
 * that what a killed process has left is known and removed by the next one.
 */
#define COPY_PREFIX ".backup-"

static void
remove_copy(struct arena *arena, const char *folder)
{
	DIR *all = opendir(folder);
	const struct dirent *found;

	while (all != NULL && (found = readdir(all)) != NULL)
		(void)unlink(arena_printf(arena, "%s/%s", folder, found->d_name));
	if (all != NULL)
		(void)closedir(all);
	(void)rmdir(folder);
}

/* The descriptor that holds the lock; -1: another process holds it, or there is no such folder. */
static int
lock_folder(const char *folder)
{
	int lock = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0) {
		(void)close(lock);
		return -1;
	}
	return lock;
}

static void
remove_left_copies(struct arena *arena, const char *site, int64_t now)
{
	DIR *all = opendir(site);
	const struct dirent *found;
	struct stat about;

	while (all != NULL && (found = readdir(all)) != NULL) {
		const char *folder = arena_printf(arena, "%s/%s", site, found->d_name);
		int lock = str_starts(found->d_name, COPY_PREFIX) ? lock_folder(folder) : -1;
		if (lock < 0)
			continue;
		/* A young one may have been made just now, and is about to be locked. */
		if (fstat(lock, &about) == 0 && (int64_t)about.st_mtime + LEFT_SECONDS < now)
			remove_copy(arena, folder);
		(void)close(lock);
	}
	if (all != NULL)
		(void)closedir(all);
}

enum status
backup_write(struct db *db, struct arena *arena, const struct conf *conf, int fd, int64_t now, struct backup_report *report)
{
	struct writing backup = { .conf = conf, .db = db, .arena = arena, .memory = arena_new(), .now = now, .report = report };
	char *folder = arena_printf(arena, "%s/" COPY_PREFIX "XXXXXX", conf->folder);
	enum status status;
	int lock;

	remove_left_copies(arena, conf->folder, now);
	if (mkdtemp(folder) == NULL) {
		status = failed(&backup, arena_printf(arena, "The store cannot be copied into the folder %s", conf->folder), strerror(errno));
		arena_free(backup.memory);
		return status;
	}
	lock = lock_folder(folder);
	backup.chunk = arena_alloc(arena, CHUNK_BYTES);
	status = write_archive(&backup, fd, arena_printf(arena, "%s/renown.db", folder));
	remove_copy(arena, folder);
	if (lock >= 0)
		(void)close(lock);
	arena_free(backup.memory);
	return status;
}
