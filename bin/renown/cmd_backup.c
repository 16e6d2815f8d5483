/* renown backup: the whole site as one tar file that can be restored without this program. */
#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup.h"
#include "caller.h"
#include "command.h"
#include "core/clock.h"
#include "core/str.h"
#include "core/token.h"
#include "progress.h"
#include "store/db/db_backup.h"
#include "store/job/backup_job.h"
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
	struct context *context;
	struct archive *archive;
	struct arena *arena;
	struct progress progress;
	unsigned char *chunk;
	int64_t files, problems;
};

/* --- entries ------------------------------------------------------------------------ */

static int
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
	if (code != ARCHIVE_OK)
		return fail("The backup cannot be written: %s.", archive_error_string(backup->archive));
	return DONE;
}

static int
write_bytes(struct writing *backup, const void *bytes, size_t length)
{
	if (archive_write_data(backup->archive, bytes, length) != (la_ssize_t)length)
		return fail("The backup cannot be written: %s.", archive_error_string(backup->archive));
	return DONE;
}

static int
write_text(struct writing *backup, const char *name, const char *text)
{
	int result = write_header(backup, name, (int64_t)strlen(text), backup->context->now, 0644);

	return result == DONE ? write_bytes(backup, text, strlen(text)) : result;
}

/*
 * Copies an open file of that many bytes; zeros stand in when it ends early, since its header has been written.
 * *ret_digest is that of the bytes that were copied.
 */
static int
write_contents(struct writing *backup, int file, int64_t bytes, const char **ret_digest)
{
	struct digest *digest = digest_new(backup->arena);
	int result = DONE;

	while (result == DONE && bytes > 0) {
		size_t wanted = bytes < CHUNK_BYTES ? (size_t)bytes : CHUNK_BYTES;
		ssize_t got = read(file, backup->chunk, wanted);
		if (got <= 0) {
			memset(backup->chunk, 0, wanted);
			got = (ssize_t)wanted;
		}
		digest_add(digest, backup->chunk, (size_t)got);
		result = write_bytes(backup, backup->chunk, (size_t)got);
		bytes -= got;
	}
	*ret_digest = digest_end(backup->arena, digest);
	return result;
}

static int
write_file(struct writing *backup, const char *name, const char *path, mode_t mode, const char **ret_digest)
{
	int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), result;
	struct stat found;

	*ret_digest = "";
	if (file < 0 || fstat(file, &found) != 0 || !S_ISREG(found.st_mode)) {
		if (file >= 0)
			(void)close(file);
		backup->problems++;
		progress_pause(&backup->progress);
		(void)fail("%s cannot be read and is not in the backup: %s.", path, strerror(errno));
		return DONE;
	}
	result = write_header(backup, name, (int64_t)found.st_size, (int64_t)found.st_mtime, mode);
	if (result == DONE)
		result = write_contents(backup, file, (int64_t)found.st_size, ret_digest);
	(void)close(file);
	backup->files++;
	return result;
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
	const char *from = arena_printf(sizes->arena, "%s/%s%s", sizes->backup->context->conf.media, place, path);

	return write_file(sizes->backup, arena_printf(sizes->arena, "media/%s%s", place, path), from, 0644, &digest) == DONE ? OK : FAULT;
}

/* Media files never change and no row names one before it is there: those of the copied store are complete. */
static enum status
write_media(void *context, struct arena *arena, void *row)
{
	struct writing *backup = context;
	const struct media *media = row;
	const char *folder = backup->context->conf.media, *path = media_visibility_path(arena, folder, media), *digest;

	arena_reset(backup->arena);
	if (write_file(backup, arena_printf(arena, "media/%s", path),
		arena_printf(arena, "%s/%s", folder, path), 0644, &digest) != DONE)
		return FAULT;
	if (*digest != '\0' && !str_equal(digest, media->digest)) {
		backup->problems++;
		progress_pause(&backup->progress);
		(void)fail("%s is not what it was when it was stored; restore it from an older backup.", path);
	}
	progress_step(&backup->progress, 1);
	return media_each_size(arena, media, write_size, &(struct sizes){ backup, arena, path });
}

/* Copies the store, then everything into the archive. */
static int
write_parts(struct writing *backup, const char *store_copy)
{
	struct context *context = backup->context;
	const char *digest, *problem = "";
	struct db *copy;
	enum status status = db_backup_write(context->db, context->arena, store_copy);
	int result;

	if (status != OK)
		return fail_status(status, "Copying the store");
	result = write_text(backup, "RESTORE", restore_text);
	if (result == DONE)
		result = write_file(backup, "renown.conf", arena_printf(context->arena, "%s/renown.conf", context->folder),
			FILE_MODE, &digest);
	if (result == DONE)
		result = write_file(backup, "renown.db", store_copy, FILE_MODE, &digest);
	if (result != DONE)
		return result;
	/* The list of files comes from the copy, so that it is that of the same moment. */
	status = db_open(store_copy, DB_TOOL, &copy, &problem);
	if (status != OK)
		return fail("%s: %s.", store_copy, problem);
	status = media_each(copy, write_media, backup);
	db_close(copy);
	return status == OK ? DONE : fail_status(status, "Copying the media");
}

static int
write_archive(struct writing *backup, int fd, const char *store_copy)
{
	int result;

	backup->archive = archive_write_new();
	if (backup->archive == NULL || archive_write_set_format_pax_restricted(backup->archive) != ARCHIVE_OK ||
		archive_write_set_bytes_in_last_block(backup->archive, 1) != ARCHIVE_OK ||
		archive_write_open_fd(backup->archive, fd) != ARCHIVE_OK) {
		(void)archive_write_free(backup->archive);
		return fail("The backup cannot be begun.");
	}
	result = write_parts(backup, store_copy);
	if (archive_write_close(backup->archive) != ARCHIVE_OK && result == DONE)
		result = fail("The backup cannot be written: %s.", archive_error_string(backup->archive));
	(void)archive_write_free(backup->archive);
	if (result == DONE && fsync(fd) != 0)
		result = fail("The backup cannot be written: %s.", strerror(errno));
	return result;
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

int
backup_write(struct context *context, int fd, int64_t *ret_files, int64_t *ret_problems)
{
	struct writing backup = { .context = context, .arena = arena_new() };
	char *folder = arena_printf(context->arena, "%s/" COPY_PREFIX "XXXXXX", context->folder);
	int lock, result;

	remove_left_copies(context->arena, context->folder, context->now);
	if (mkdtemp(folder) == NULL) {
		arena_free(backup.arena);
		return fail("The store cannot be copied into the folder %s: %s.", context->folder, strerror(errno));
	}
	lock = lock_folder(folder);
	backup.chunk = arena_alloc(context->arena, CHUNK_BYTES);
	progress_start(&backup.progress, "Copying files", 0);
	result = write_archive(&backup, fd, arena_printf(context->arena, "%s/renown.db", folder));
	progress_end(&backup.progress);
	remove_copy(context->arena, folder);
	if (lock >= 0)
		(void)close(lock);
	arena_free(backup.arena);
	*ret_files = backup.files;
	*ret_problems = backup.problems;
	return result;
}

/* The owner's pages say how old the last backup is. */
static enum status
note_backup(struct context *context, int fd)
{
	struct stat found;
	enum status status = fstat(fd, &found) == 0 ? db_begin_private(context->db) : NOT_FOUND;

	if (status == OK)
		status = backup_job_note(context->db, (int64_t)found.st_size, context->now);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	return status;
}

/* --- the command ----------------------------------------------------------------------------- */

static const char *
take_asked(void *state, struct arena *arena, int option, const char *argument)
{
	(void)arena;
	(void)option;
	(void)argument;
	*(bool *)state = true;
	return NULL;
}

/* The file that was named; NULL with --asked. */
static int
read_file_name(struct context *context, int argc, char **argv, const char **ret_name)
{
	static const struct option options[] = { { "asked", no_argument, NULL, 'a' }, { 0 } };
	bool asked = false;
	char **words;
	int result = read_options(context, argc, argv, options, take_asked, &asked, 0, 1, &words);

	if (result == DONE && asked == (words[0] != NULL))
		return misuse(context, "Name a file, or --asked for those that were asked for in a form.");
	if (result == DONE)
		*ret_name = words[0];
	return result;
}

int
backup_open(struct context *context, int argc, char **argv)
{
	const char *name = NULL;
	int result = read_file_name(context, argc, argv, &name);

	return result != DONE || name == NULL ? result : caller_new_file(context->arena, name, &context->caller);
}

static int
backup_command(struct context *context, int argc, char **argv)
{
	const char *name = NULL;
	int64_t files, problems;
	int number, result = read_file_name(context, argc, argv, &name);
	enum status status;

	if (result != DONE)
		return result;
	if (name == NULL) {
		status = job_backup(context->db, context->arena, &context->conf, context->now);
		return status == OK ? DONE : fail_status(status, "The backup");
	}
	result = backup_write(context, caller_file(context->caller), &files, &problems);
	if (result != DONE)
		return result;
	number = caller_keep(context->caller);
	if (number != 0)
		return fail("%s cannot be written: %s.", name, strerror(number));
	say("%s holds the site: %lld files. `tar xf` unpacks it; the file RESTORE in it says how to go on.\n", name,
		(long long)files);
	status = note_backup(context, caller_file(context->caller));
	if (status != OK)
		return fail_status(status, "Noting when the backup was made");
	return problems == 0 ? DONE : FAILED;
}

const struct command backup_commands[] = {
	{ "backup", NULL, "FILE | --asked", "Writes store, media and renown.conf into one tar file, while the site is in use.",
		backup_command, NEEDS_STORE },
	{ 0 },
};
