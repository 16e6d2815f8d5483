/* The backup that somebody asked for on /admin/backups. */
#include "backup.h"
#include "caller.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/log.h"
#include "core/str.h"
#include "core/token.h"
#include "store/job/backup_job.h"
#include "store/setting/setting.h"

/* The web server reads these files as a member of the site's group. */
enum { FOLDER_MODE = 0750, READABLE = 0640 };

/* In a transaction of its own. */
static enum status
keep(struct db *db, const struct backup *backup, const char *name, int64_t bytes, int64_t now, const char *problem)
{
	enum status status = db_begin_private(db);

	if (status == OK)
		status = problem == NULL ? backup_job_made(db, backup->id, name, bytes, now) : backup_job_failed(db, backup->id, problem);
	if (status == OK)
		status = db_commit(db);
	db_end(db);
	return status;
}

/* What is too many goes: first from the store, so that nobody is offered a file that is gone. */
static enum status
remove_old(struct db *db, struct arena *arena, const struct conf *conf)
{
	struct setting_values *values;
	struct backup *old;
	long long most = 1;
	size_t count;

	TRY(setting_read(db, arena, &values));
	(void)str_to_integer(setting_value(values, "backups_kept", ""), &most);
	TRY(backup_job_list(db, arena, most, &old, &count));
	for (size_t i = 0; i < count; i++) {
		enum status status = db_begin_private(db);
		if (status == OK)
			status = backup_job_forget(db, old[i].id);
		if (status == OK)
			status = db_commit(db);
		db_end(db);
		TRY(status);
		(void)unlink(arena_printf(arena, "%s/" BACKUP_FOLDER "/%s", conf->folder, old[i].name));
	}
	return OK;
}

/* What was being written when the process was killed: one process at a time makes backups there. */
static void
remove_unfinished(struct arena *arena, const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *found;

	while (folder != NULL && (found = readdir(folder)) != NULL)
		if (strstr(found->d_name, ".unfinished-") != NULL)
			(void)unlink(arena_printf(arena, "%s/%s", path, found->d_name));
	if (folder != NULL)
		(void)closedir(folder);
}

/* False, and said why, when it could not be written. */
static bool
write_and_keep(struct context *context, const char *path, int64_t *ret_files, int64_t *ret_problems, struct stat *ret_found)
{
	int file = -1, number = 0;
	bool written = caller_new_file(context->arena, path, &context->caller) == DONE;

	if (written)
		file = caller_file(context->caller);
	written = written && backup_write(context, file, ret_files, ret_problems) == DONE;
	if (written && (fchmod(file, READABLE) != 0 || fstat(file, ret_found) != 0))
		number = errno;
	if (written && number == 0)
		number = caller_keep(context->caller);
	caller_end(context->caller);
	if (number != 0)
		(void)fail("%s cannot be written: %s.", path, strerror(number));
	return written && number == 0;
}

/* NULL, or why it could not be written. */
static const char *
write_file(struct db *db, struct arena *arena, const struct conf *conf, int64_t now, const char *path, int64_t *ret_bytes)
{
	struct context context = { .arena = arena, .folder = conf->folder, .conf = *conf, .db = db, .now = now };
	int64_t files, problems;
	struct stat found;

	if (mkdir(arena_printf(arena, "%s/" BACKUP_FOLDER, conf->folder), FOLDER_MODE) != 0 && errno != EEXIST)
		return "the folder \"backup\" cannot be made in the site's folder";
	remove_unfinished(arena, arena_printf(arena, "%s/" BACKUP_FOLDER, conf->folder));
	if (!write_and_keep(&context, path, &files, &problems, &found))
		return "it could not be written; the reason stands in the log of the background";
	if (problems > 0)
		log_line(LOG_WARNING, "backup", "%lld files are not whole in it: run renown doctor", (long long)problems);
	*ret_bytes = (int64_t)found.st_size;
	return NULL;
}

enum status
job_backup(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	struct backup backup;
	enum status status = backup_job_waiting(db, arena, &backup);
	const char *name, *path, *problem;
	int64_t bytes = 0;

	if (status != OK)
		return status == NOT_FOUND ? OK : status;
	/* A name that nobody can guess, besides all that guards it. */
	name = arena_printf(arena, "%s.tar", token_new(arena));
	path = arena_printf(arena, "%s/" BACKUP_FOLDER "/%s", conf->folder, name);
	problem = write_file(db, arena, conf, now, path, &bytes);
	status = keep(db, &backup, name, bytes, now, problem);
	if (status != OK || problem != NULL)
		(void)unlink(path);
	TRY(status);
	return remove_old(db, arena, conf);
}
