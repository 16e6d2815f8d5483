/* The backup that somebody asked for on /admin/backups. */
#include "task/job/job.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/log.h"
#include "core/new_file.h"
#include "core/path_owner.h"
#include "core/str.h"
#include "core/token.h"
#include "store/job/backup_job.h"
#include "store/setting/setting.h"
#include "task/archive/backup.h"

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

static void
log_problem(void *context, const char *sentence)
{
	(void)context;
	log_line(LOG_ERROR, "backup", "%s", sentence);
}

/* The folder where backups are, open; -1 when it cannot be, which is logged. */
static int
open_folder(struct arena *arena, const char *path)
{
	const char *real, *link;
	int folder, number = path_open_folder(arena, path, &folder, &real, &link);

	if (number == 0)
		return folder;
	if (number < 0)
		log_line(LOG_ERROR, "backup", "%s is a symbolic link that another user can change, so root does not follow it", link);
	else
		log_line(LOG_ERROR, "backup", "%s cannot be opened: %s", path, strerror(number));
	return -1;
}

/* False, and logged, when it could not be written. */
static bool
write_and_keep(struct db *db, struct arena *arena, const struct conf *conf, int64_t now, struct new_file *file, int64_t *ret_bytes)
{
	struct backup_report report = { .problem = log_problem };
	enum status status = backup_write(db, arena, conf, file->fd, now, &report);
	struct stat found;
	int number = 0;

	if (status != OK) {
		if (report.reason != NULL)
			log_line(LOG_ERROR, "backup", "%s", report.reason);
		else
			log_line(LOG_ERROR, "backup", "%s failed: %s", report.doing, status_name(status));
		return false;
	}
	if (fchmod(file->fd, READABLE) != 0 || fstat(file->fd, &found) != 0)
		number = errno;
	if (number == 0)
		number = new_file_keep(file);
	if (number != 0) {
		log_line(LOG_ERROR, "backup", "%s cannot be written: %s", file->name, strerror(number));
		return false;
	}
	if (report.problems > 0)
		log_line(LOG_WARNING, "backup", "%lld files are not whole in it: run renown doctor", (long long)report.problems);
	*ret_bytes = (int64_t)found.st_size;
	return true;
}

/* NULL, or why it could not be written. */
static const char *
write_file(struct db *db, struct arena *arena, const struct conf *conf, int64_t now, const char *name, int64_t *ret_bytes)
{
	const char *path = arena_printf(arena, "%s/" BACKUP_FOLDER, conf->folder);
	static const char failed[] = "it could not be written; the reason stands in the log of the background";
	struct new_file file;
	int folder, number;
	bool written;

	if (mkdir(path, FOLDER_MODE) != 0 && errno != EEXIST)
		return "the folder \"backup\" cannot be made in the site's folder";
	remove_unfinished(arena, path);
	folder = open_folder(arena, path);
	if (folder < 0)
		return failed;
	number = new_file_begin(arena, folder, name, &file);
	if (number != 0) {
		log_line(LOG_ERROR, "backup", "%s/%s cannot be written: %s", path, name, strerror(number));
		return failed;
	}
	written = write_and_keep(db, arena, conf, now, &file, ret_bytes);
	new_file_end(&file);
	return written ? NULL : failed;
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
	problem = write_file(db, arena, conf, now, name, &bytes);
	status = keep(db, &backup, name, bytes, now, problem);
	if (status != OK || problem != NULL)
		(void)unlink(path);
	TRY(status);
	return remove_old(db, arena, conf);
}
